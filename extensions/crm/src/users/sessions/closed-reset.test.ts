import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROLE_IDS } from '../../kernel/roles.ts';
import { modelInMemory } from '../../../../../tests/harness/model-in-memory.ts';
import { registerClosedReset } from './closed-reset.ts';

const SECRET = 'a-secret-of-this-test';
type Handler = (request: object, response: object, next: (error?: unknown) => void) => void;

let database: Awaited<ReturnType<typeof modelInMemory>>;
const routes = new Map<string, Handler>();
beforeAll(async () => {
  database = await modelInMemory(['crm_install_state']);
  await database('crm_install_state').insert({ id: '1', key: 'host', value: '"shared"', hash: '' });
  await database('directus_users').insert([
    { id: 'ours', email: 'Ours@example.com', role: ROLE_IDS.sales_rep },
    { id: 'theirs', email: 'theirs@example.com', role: 'another' },
  ]);
  const note = (path: string, handler: Handler) => void routes.set(path, handler);
  const app = { post: note, use: note };
  const register = { init: (_event: string, work: (meta: never) => void) => work({ app } as never) };
  registerClosedReset(register, { database, env: { SECRET } });
});
afterAll(() => database.destroy());

/** What the host is asked after it; null: it was refused. */
const asked = (path: string, body: object): Promise<Record<string, unknown> | null> => {
  const request = { method: 'POST', query: {}, body, headers: {} };
  return new Promise((resolve) => routes.get(path)!(request, {}, (error) => resolve(error ? null : (request.body as never))));
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(email: string, secret = SECRET): string {
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ email, exp: Date.now() / 1000 + 60 })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

it('F12: in a Directus of others the host answers for one of ours as for an address that nobody has, every check included', async () => {
  const url = { reset_url: 'https://elsewhere.example' };
  const ours = await asked('/auth/password/request', { email: 'ours@EXAMPLE.com', ...url });
  expect(ours).toEqual({ ...url, email: expect.stringMatching(/^[0-9a-f-]{36}@nobody\.invalid$/u) });
  for (const email of ['theirs@example.com', 'nobody@example.com', 7, null])
    expect(await asked('/auth/password/request', { email, ...url })).toEqual({ email, ...url });
});

it.each([
  ['a made-up token that names one of ours', token('ours@example.com', 'another'), 'next'],
  ['no token', 'a.b.c', 'next'],
  ['nothing', undefined, 'next'],
  ['a token of the host for one of others', token('theirs@example.com'), 'next'],
  ['a token of the host for one of ours', token('ours@example.com'), 'refused'],
])('F12, ACC-4: in a Directus of others %s', async (_name, value, what) => {
  expect((await asked('/auth/password/reset', { token: value, password: 'x' })) ? 'next' : 'refused').toBe(what);
});

const NOBODY = /[0-9a-f-]{36}@nobody\.invalid/u;
const mutation = (email: string) => `mutation { auth_password_request(email: ${email}) }`;
it.each<[string, string, object]>([
  ['in the text', mutation('"Ours@example.com"'), {}],
  ['escaped', mutation(String.raw`"ours\u0040example\u{2e}com"`), {}],
  ['in a block', mutation('"""\n  ours@example.com\n"""'), {}],
  ['behind a comment with a quotation mark', `# "\n${mutation('"ours@example.com"')}`, {}],
  ['as a variable', 'mutation($e: String!) { a: auth_password_request(email: $e) }', { e: 'OURS@example.com' }],
  ['as what a variable is without a value', 'mutation($e: String = "ours@example.com") { auth_password_request(email: $e) }', {}],
])(
  'F12, ACC-4: in a Directus of others a password of one of ours, asked by GraphQL, is asked for nobody: %s',
  async (_name, query, variables) => {
    const sent = (await asked('/graphql', { query, variables, operationName: null })) as { query: string; operationName: null };
    const all = JSON.stringify(sent);
    expect([/ours/iu.test(all.replace(/# "/u, '')), NOBODY.test(all), sent.operationName]).toEqual([false, true, null]);
  },
);

it.each([
  ['a password of one of others', { query: mutation('"theirs@example.com"') }],
  ['a password of nobody', { query: mutation('"nobody@example.com"'), variables: null }],
  ['what asks for no password', { query: '{ users(filter: {email: {_eq: "ours@example.com"}}) { id } }' }],
  ['a made-up token', { query: `mutation { auth_password_reset(token: "${token('ours@example.com', 'x')}", password: "x") }` }],
  ['a token for one of others', { query: `mutation { auth_password_reset(token: "${token('theirs@example.com')}", password: "x") }` }],
  ['nothing', {}],
])('issue 5: in a Directus of others GraphQL stays theirs: %s', async (_name, body) => {
  expect(await asked('/graphql', body)).toEqual(body);
});

it.each([
  ['in the text', { query: `mutation { auth_password_reset(token: "${token('ours@example.com')}", password: "x") }` }],
  [
    'as a variable',
    { query: 'mutation($t: String!) { x: auth_password_reset(token: $t, password: "x") }', variables: { t: token('OURS@example.com') } },
  ],
  ['more addresses than anybody asks for', { query: Array.from({ length: 60 }, (_, n) => mutation(`"a${n}@example.com"`)).join('\n') }],
])('ACC-4: in a Directus of others no token of the host sets a password of ours by GraphQL: %s', async (_name, body) => {
  expect(await asked('/graphql', body)).toBeNull();
});
