/** The routes of ours as the server registers them: one without an attempt at foreign rows fails the suite. */
import endpoint from '../../extensions/crm/src/entries/endpoint.ts';
import type { Attempt } from './attempts/attempt.ts';

interface OurRoute {
  method: string;
  path: string;
}

/** Routes that can tell of no row, and why. */
const WITHOUT_ROWS: Readonly<Record<string, string>> = {
  'GET /crm/signed-out.js': 'a script of the log-in page, the same for everybody',
  'GET /crm/session.js': 'a script of the Studio’s page, the same for everybody',
  'GET /crm/session': 'the own session alone',
  'POST /crm/session/lock': 'the own session alone',
  'POST /crm/session/unlock': 'the own session alone',
  'POST /crm/session/password': 'the own password alone',
  'GET /crm/reset-password': 'a page without data',
  'GET /crm/reset-password.js': 'a script without data',
  'POST /crm/session/reset': 'names nobody: a link that is not good answers alike, tests/integration/logins/passwords.suite.ts',
  'POST /crm/faults/login': 'one answer for everybody, tests/integration/logins/faults.suite.ts',
  'GET /crm/first-admin': 'answers while nobody has an account yet',
  'GET /crm/first-admin.js': 'answers while nobody has an account yet',
  'POST /crm/first-admin': 'answers while nobody has an account yet',
};

/** Registering asks nothing of the world; only answering does. */
export function ourRoutes(): OurRoute[] {
  const routes: OurRoute[] = [];
  const note =
    (method: string) =>
    (path: unknown): void => {
      if (typeof path === 'string') routes.push({ method: method.toUpperCase(), path: `/crm${path}` });
    };
  const router = Object.fromEntries(['get', 'post', 'put', 'patch', 'delete', 'all', 'use'].map((method) => [method, note(method)]));
  endpoint.handler(router as never, { env: {} } as never);
  return routes;
}

const nameOf = ({ method, path }: OurRoute): string => `${method} ${path}`;

/** Whether a request of an attempt is answered by this route, and not by an earlier one. */
const answers = ({ method, path }: OurRoute, attempt: Attempt): boolean =>
  attempt.method === method &&
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/gu, '[^/]+')}$`, 'u').test(attempt.url.split('?')[0]!);

/** Routes that no attempt tries, and words about routes that are none. */
export function untried(attempts: readonly Attempt[]): string[] {
  const routes = ourRoutes();
  const tried = new Set(attempts.flatMap((attempt) => routes.find((one) => answers(one, attempt)) ?? []).map(nameOf));
  const names = routes.map(nameOf);
  return [
    ...names.filter((name) => !tried.has(name) && !(name in WITHOUT_ROWS)),
    ...Object.keys(WITHOUT_ROWS).filter((name) => !names.includes(name)),
  ];
}
