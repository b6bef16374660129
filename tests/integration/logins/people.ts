import { createHmac } from 'node:crypto';
import type { RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient, type Answer, type Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { hire, type Hired } from '../freeze/credentials.ts';

export const PASSWORD = 'Long-enough-2026!';

/** Somebody new who has a password of their own already. */
export async function settled(world: World, role: RoleName, segment: string | null, more: Record<string, unknown> = {}): Promise<Hired> {
  const person = await hire(world, role, segment, more);
  // The server has not seen the person yet, so it remembers nothing else.
  await world.host.database('directus_users').where({ id: person.id }).update({ crm_must_change_password: false });
  return person;
}

export const tryLogIn = (world: World, email: string, password: string, more: object = {}): Promise<Answer<never>> =>
  world.host.anonymous.request('POST', '/auth/login', { email, password, ...more });

/** A caller with the session of a browser. */
export interface Browser {
  /** The value of the cookie: the host's token. */
  cookie(): string;
  request: Client['request'];
  refresh(): Promise<Answer<never>>;
}

const NAME = 'directus_session_token';
const cookieIn = (answer: Answer): string | null => {
  const found = answer.headers.getSetCookie().find((line) => line.startsWith(`${NAME}=`));
  return found ? found.slice(NAME.length + 1).split(';')[0]! : null;
};

export function withCookie(world: World, first: string): Browser {
  let cookie = first;
  const plain = createClient(world.host.url, null);
  const request: Browser['request'] = (method, path, body, options = {}) =>
    plain.request(method, path, body, { headers: { cookie: `${NAME}=${cookie}`, ...options.headers } });
  return {
    cookie: () => cookie,
    request,
    async refresh() {
      const answer = await request<never>('POST', '/auth/refresh', { mode: 'session' });
      cookie = cookieIn(answer) ?? cookie;
      return answer;
    },
  };
}

export async function openBrowser(world: World, email: string, password = PASSWORD): Promise<Browser> {
  const answer = await tryLogIn(world, email, password, { mode: 'session' });
  const cookie = cookieIn(answer);
  if (!cookie) throw new Error(`${answer.status} ${answer.text}`);
  return withCookie(world, cookie);
}

const read = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'));

/** The same token as if it had been given out so many minutes ago. */
export function olderToken(world: World, token: string, minutes: number): string {
  const claims = read(token);
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ ...claims, iat: Number(claims['iat']) - minutes * 60 })}`;
  return `${text}.${createHmac('sha256', world.host.env['SECRET']!).update(text).digest('base64url')}`;
}

export const sessionIn = (token: string): string => String(read(token)['session']);

/** The state of a fault or a refusal, as a page would read it. */
export const reasonIn = ({ body }: Answer) =>
  (body as { errors?: { extensions: { reason?: string; category?: string; code?: string } }[] } | undefined)?.errors?.[0]?.extensions;

export async function until(isSo: () => Promise<boolean>, ms = 15_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) if (await isSo()) return;
  throw new Error('it did not come to that');
}

/** A request from a network that nobody else comes from: tries are counted by network, and a fast machine has many in a minute. */
export function fromElsewhere(): { headers: Record<string, string> } {
  const part = (): number => 1 + Math.floor(Math.random() * 250);
  return { headers: { 'x-forwarded-for': `10.${part()}.${part()}.${part()}` } };
}
