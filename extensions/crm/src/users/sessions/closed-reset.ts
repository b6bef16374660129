import { randomUUID } from 'node:crypto';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { claimsBody } from './reset-token.ts';
import { sharedHost } from '../../guard/shared-host.ts';
import { roleOf } from '../../kernel/roles.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { HostContext, Row } from '../../platform/api/host.ts';
import { sessionRefusal } from './refuse.ts';
import { isSigned } from './signed-token.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

/**
 * Nobody resets their own password by mail (ACC-4, Q10). In a host of our own the way is closed for everybody alike: nothing is looked
 * up, so the answer and its time are the same for an unknown, a frozen and an active address (F12). In a Directus of others it stays
 * theirs; one of our people is answered there as an address that nobody has.
 */
export function registerClosedReset({ init }: Register, { database, env }: Pick<HostContext, 'database' | 'env'>): void {
  const isShared = sharedHost(database);
  const isOurs = async (email: unknown): Promise<boolean> => {
    if (typeof email !== 'string') return false;
    const user = await database('directus_users').whereRaw('LOWER(??) = ?', ['email', email.toLowerCase()]).first('role');
    return roleOf(user?.role) !== null;
  };
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
        if (await isOurs(body['email'])) request.body = { ...body, email: `${randomUUID()}@nobody.invalid` } satisfies Row;
      }),
    );
    app.post(
      '/auth/password/reset',
      handler(async (request) => {
        if (!(await isShared())) throw refusal(request);
        const { token } = bodyOf(request);
        // What a token says is believed of a signed one only: a made-up one would tell who is of the CRM.
        if (isSigned(token, env['SECRET'], new Date()) && (await isOurs(claimsBody(token)['email']))) throw refusal(request);
      }),
    );
  });
}
