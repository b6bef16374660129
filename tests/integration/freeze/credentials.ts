import { randomUUID } from 'node:crypto';
import { ROLE_IDS, type RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient, logIn, type Answer, type Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';

export const PASSWORD = 'Long-enough-2026!';

export interface Hired {
  id: string;
  email: string;
  /** By a static token. */
  client: Client;
}

/** Somebody new with a password and a static token: a freeze takes the token for good. */
export async function hire(world: World, role: RoleName, segment: string | null, more: Record<string, unknown> = {}): Promise<Hired> {
  const email = `${randomUUID()}@example.com`;
  const answer = await world.user({ email, password: PASSWORD, role: ROLE_IDS[role], crm_segment: segment, ...more });
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const { id } = answer.body.data;
  const token = randomUUID();
  await world.host.database('directus_users').where({ id }).update({ token });
  return { id, email, client: createClient(world.host.url, token) };
}

export const enter = (url: string, { email }: Pick<Hired, 'email'>): Promise<Client> => logIn(url, email, PASSWORD);

/** One way of somebody to the server; each is tried again and again. */
export interface Credential {
  name: string;
  /** Whether it opens anything at `url`. */
  opens(url: string): Promise<boolean>;
  /** What is answered to it, where it is one request. */
  ask?(url: string): Promise<Answer>;
}

const isIn = ({ status }: Answer) => status !== 401 && status < 500;

export async function sessionCookie(world: World, { email }: Hired): Promise<string> {
  const answer = await world.host.anonymous.request('POST', '/auth/login', { email, password: PASSWORD, mode: 'session' });
  return (answer.headers.get('set-cookie') ?? '').split(';')[0]!;
}

async function refreshToken(world: World, { email }: Hired): Promise<string> {
  const answer = await world.host.anonymous.request('POST', '/auth/login', { email, password: PASSWORD, mode: 'json' });
  return answer.body.data.refresh_token;
}

/** A share that the person made, as the host would keep it; its holder learns nothing of ours, but is not refused as nobody. */
async function shareToken(world: World, { id }: Hired, customer: string): Promise<string> {
  const share = randomUUID();
  const role = ROLE_IDS.sales_rep;
  await world.host.database('directus_shares').insert({ id: share, collection: 'crm_customers', item: customer, role, user_created: id });
  const answer = await world.host.anonymous.request('POST', '/shares/auth', { share });
  return answer.body.data.access_token;
}

/** Every kind of credential that somebody can hold at once (ACC-9, N4). */
export async function credentialsOf(world: World, person: Hired): Promise<Credential[]> {
  const { host } = world;
  const token = (await enter(host.url, person)).token!;
  const cookie = await sessionCookie(world, person);
  const refresh = await refreshToken(world, person);
  const { id: customer } = await world.create(person.client, 'crm_customers', { name: `${person.id} 的客户` });
  const share = await shareToken(world, person, customer);
  const file = randomUUID();
  await host.database('directus_files').insert({
    ...{ id: file, storage: 'local', filename_disk: `${file}.txt`, filename_download: 'a.txt', title: 'a', type: 'text/plain' },
    ...{ uploaded_by: person.id, owner: person.id, segment: (await world.row('directus_users', person.id))['crm_segment'] },
  });
  const by = (bearer: string | null, method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const ask = (url: string) => createClient(url, bearer).request(method, path, body, { headers });
    return { ask, opens: async (url: string) => isIn(await ask(url)) };
  };
  return [
    { name: 'plain JWT', ...by(token, 'GET', '/items/crm_customers') },
    { name: 'plain JWT, a write', ...by(token, 'PATCH', `/items/crm_customers/${customer}`, { short_name: '改' }) },
    { name: 'session cookie', ...by(null, 'GET', '/users/me', undefined, { cookie }) },
    { name: 'refresh token', opens: async (url) => refreshed(url, refresh) },
    { name: 'static token', ...by(person.client.token, 'GET', '/users/me') },
    { name: 'static token, our route', ...by(person.client.token, 'GET', '/crm/me') },
    { name: 'our route', ...by(token, 'GET', '/crm/my-day') },
    { name: 'GraphQL', ...by(token, 'POST', '/graphql', { query: '{ crm_customers { id } }' }) },
    { name: 'GraphQL of the host', ...by(token, 'POST', '/graphql/system', { query: '{ users_me { id } }' }) },
    { name: 'asset', ...by(token, 'GET', `/assets/${file}`) },
    { name: 'asset by a token in the address', ...by(null, 'GET', `/assets/${file}?access_token=${token}`) },
    { name: 'share', ...by(share, 'GET', '/items/crm_customers') },
    {
      name: 'new log-in',
      opens: async (url) =>
        (await createClient(url, null).request('POST', '/auth/login', { email: person.email, password: PASSWORD })).status === 200,
    },
  ];
}

/** A refresh gives a new token and takes the old one. */
const held = new Map<string, string>();
async function refreshed(url: string, first: string): Promise<boolean> {
  const answer = await createClient(url, null).request('POST', '/auth/refresh', { refresh_token: held.get(first) ?? first, mode: 'json' });
  if (answer.status === 200) held.set(first, answer.body.data.refresh_token);
  return answer.status === 200;
}

/** The names of those that open something. */
export const openOnes = async (credentials: readonly Credential[], url: string): Promise<string[]> => {
  const opened = await Promise.all(credentials.map(async ({ name, opens }) => ((await opens(url)) ? name : null)));
  return opened.filter((name) => name !== null);
};

/** Locks somebody out as anybody outside can: by wrong passwords, until the host has had enough. */
export async function lockOut({ host }: World, { id, email }: Pick<Hired, 'id' | 'email'>): Promise<void> {
  await host.database('directus_settings').update({ auth_login_attempts: 1 });
  try {
    for (let attempt = 0; attempt < 3; attempt += 1) await host.anonymous.request('POST', '/auth/login', { email, password: 'wrong' });
  } finally {
    await host.database('directus_settings').update({ auth_login_attempts: 25 });
  }
  const standing = () => host.database('crm_freezes').where({ user: id, state: 'frozen', frozen_by: null }).first('id');
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (await standing()) return;
  throw new Error(`${email} was not locked out`);
}

export const freeze = (client: Client, id: string, body: object = { reason: '疑似离职' }) =>
  client.request('POST', `/crm/users/${id}/freeze`, body);
export const thaw = (client: Client, id: string, body: object = { reason: '已核实' }) =>
  client.request('POST', `/crm/users/${id}/thaw`, body);
export const reasonOf = ({ body }: Answer) =>
  (body as { errors?: { extensions: { reason?: string } }[] } | undefined)?.errors?.[0]?.extensions.reason;
