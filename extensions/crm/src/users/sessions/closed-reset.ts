import { randomUUID } from 'node:crypto';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { claimsBody } from './reset-token.ts';
import { hasUnstorableText } from '../../guard/rules/plain-values.ts';
import { sharedHost } from '../../guard/shared-host.ts';
import { ROLE_IDS } from '../../kernel/roles.ts';
import { stringsIn, withStrings } from '../../kernel/text/graphql-strings.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import { graphqlOf } from '../../platform/api/graphql-request.ts';
import type { HostContext, Row } from '../../platform/api/host.ts';
import { sessionRefusal } from './refuse.ts';
import { isSigned } from './signed-token.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

const RESET = /\bauth_password_reset\b/u;
const REQUEST = /\bauth_password_request\b/u;
/** Nobody asks for more passwords at once. */
const MOST_ADDRESSES = 50;

const nobody = (): string => `${randomUUID()}@nobody.invalid`;

/**
 * Nobody resets their own password by mail (ACC-4, Q10). In a host of our own the way is closed for everybody alike: nothing is looked
 * up, so the answer and its time are the same for an unknown, a frozen and an active address (F12). In a Directus of others it stays
 * theirs; one of our people is answered there as an address that nobody has.
 */
export function registerClosedReset({ init }: Register, { database, env }: Pick<HostContext, 'database' | 'env'>): void {
  const isShared = sharedHost(database);
  /** Which of these are addresses of people of the CRM, in small letters. */
  const oursAmong = async (emails: readonly string[]): Promise<Set<string>> => {
    // What PostgreSQL cannot store is nobody's.
    const small = [...new Set(emails.filter((email) => !hasUnstorableText(email)).map((email) => email.toLowerCase()))];
    if (!small.length) return new Set();
    const found: string[] = await database('directus_users')
      .whereIn('role', Object.values(ROLE_IDS))
      .whereRaw(`LOWER(??) in (${small.map(() => '?').join(', ')})`, ['email', ...small])
      .pluck('email');
    return new Set(found.map((email) => email.toLowerCase()));
  };
  const isOurs = async (email: unknown): Promise<boolean> => typeof email === 'string' && (await oursAmong([email])).size > 0;
  // What a token says is believed of a signed one only: a made-up one would tell who is of the CRM.
  const isTokenOfOurs = async (token: unknown): Promise<boolean> =>
    isSigned(token, env['SECRET'], new Date()) && isOurs(claimsBody(token)['email']);
  const refusal = (request: Request) => sessionRefusal('closed_reset', toLanguage(request.headers['accept-language']));
  const handler =
    (work: (request: Request) => Promise<void>): RequestHandler =>
    (request: Request, _response: Response, next: NextFunction) => {
      work(request).then(() => next(), next);
    };
  const bodyOf = (request: Request): Row => (request.body ?? {}) as Row;

  init('routes.before', ({ app }) => {
    app.post(
      '/auth/password/request',
      handler(async (request) => {
        if (!(await isShared())) throw refusal(request);
        const body = bodyOf(request);
        // The host answers, in its own time and with every check of its own, for an address that nobody has.
        if (await isOurs(body['email'])) request.body = { ...body, email: nobody() } satisfies Row;
      }),
    );
    app.post(
      '/auth/password/reset',
      handler(async (request) => {
        if (!(await isShared())) throw refusal(request);
        const { token } = bodyOf(request);
        if (await isTokenOfOurs(token)) throw refusal(request);
      }),
    );
    app.use(
      '/graphql',
      handler(async (request) => {
        const asked = graphqlOf(request);
        const [resets, requests] = [RESET.test(asked.text), REQUEST.test(asked.text)];
        if (!resets && !requests) return;
        if (!(await isShared())) throw refusal(request);
        const said = stringsIn(asked);
        if (resets) for (const token of said) if (await isTokenOfOurs(token)) throw refusal(request);
        const emails = requests ? said.filter((one) => one.includes('@')) : [];
        if (emails.length > MOST_ADDRESSES) throw refusal(request);
        const ours = await oursAmong(emails);
        if (!ours.size) return;
        const { text, variables } = withStrings(asked, (value) => (ours.has(value.toLowerCase()) ? nobody() : null));
        request.body = { ...bodyOf(request), query: text, variables } satisfies Row;
      }),
    );
  });
}
