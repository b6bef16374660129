import type { Express, NextFunction, Request, Response } from 'express';
import { withoutEscapes } from '../../kernel/text/graphql-escapes.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import { graphqlOf } from '../../platform/api/graphql-request.ts';
import type { HostContext, Row } from '../../platform/api/host.ts';
import { sessionRefusal } from './refuse.ts';
import { isOfScreen } from './session-notes.ts';

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

/** The host's keys of sessions, wherever they stand in a text. */
const KEYS = /(?<![\w-])[\w-]{64}(?![\w-])/gu;
/** Nobody renews so many at once; who sends more hides one among them. */
const MOST_KEYS = 50;
const keysIn = (text: string): string[] => [...new Set(text.match(KEYS) ?? [])];

/** What the host would renew as the token of a program; a browser's cookie it renews by the mode `session` alone. */
function plainKeys({ body, cookies }: Request, env: HostContext['env']): string[] {
  const sent = (body ?? {}) as Row;
  if (sent['mode'] === 'session') return [];
  const name = typeof env['REFRESH_TOKEN_COOKIE_NAME'] === 'string' ? env['REFRESH_TOKEN_COOKIE_NAME'] : 'directus_refresh_token';
  return keysIn(JSON.stringify([sent['refresh_token'], (cookies as Row | undefined)?.[name]]));
}

function graphqlKeys(request: Request): string[] {
  const { text, variables } = graphqlOf(request);
  return /\bauth_refresh\b/u.test(text) ? keysIn(withoutEscapes(`${text} ${JSON.stringify(variables ?? '')}`)) : [];
}

/**
 * The key inside a browser's cookie renews that browser's session and nothing else: as the token of a program it would be free of the
 * lock screen and of the time left alone (ACC-2, ACC-3).
 */
export function registerScreenRenewal({ init }: Register, { database, env }: Pick<HostContext, 'database' | 'env'>): void {
  const refuse =
    (keysOf: (request: Request) => string[]) =>
    (request: Request, _response: Response, next: NextFunction): void => {
      const keys = keysOf(request);
      const found = keys.length > MOST_KEYS ? Promise.resolve(true) : isOfScreen(database, keys);
      found
        .then((isSo) => {
          if (isSo) throw sessionRefusal('of_a_screen', toLanguage(request.headers['accept-language']));
        })
        .then(() => next(), next);
    };
  init('routes.before', ({ app }) => {
    app.post(
      '/auth/refresh',
      refuse((request) => plainKeys(request, env)),
    );
    app.use('/graphql', refuse(graphqlKeys));
  });
}
