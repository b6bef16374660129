import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { IdentityProvider } from '../../harness/identity-provider.ts';
import type { World } from '../access/world.ts';
import { freeze, hire, thaw, type Hired } from '../freeze/credentials.ts';
import { until, withCookie } from './people.ts';

/** The name that the host knows the identity provider by. */
export const ELSEWHERE = 'group';

const SESSION = 'directus_session_token';

/** A browser that goes where it is sent, from the log-in page to the end; both servers are one host to a cookie. */
async function goThrough(world: World): Promise<{ session: string | null; end: string; status: number }> {
  const cookies = new Map<string, string>();
  let at = new URL(`/auth/login/${ELSEWHERE}?redirect=/admin/content`, world.host.url);
  for (let steps = 0; steps < 12; steps += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(at, { redirect: 'manual', headers: { cookie } });
    await response.arrayBuffer();
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const middle = pair.indexOf('=');
      const name = pair.slice(0, middle);
      const value = pair.slice(middle + 1);
      if (value) cookies.set(name, value);
      else cookies.delete(name);
    }
    const next = response.headers.get('location');
    if (!next || new URL(next, at).pathname.startsWith('/admin')) {
      const end = next ? new URL(next, at) : at;
      return { session: cookies.get(SESSION) ?? null, end: end.pathname + end.search, status: response.status };
    }
    at = new URL(next, at);
  }
  throw new Error('the log-in goes in a circle');
}

/** Q9, N4, ACC-9: people whom another service lets in are frozen, held and counted like everybody. */
export function elsewhereSuite(world: () => World, provider: () => IdentityProvider): void {
  const rows = (user: string) => world().host.database('crm_logins').where({ user }).whereNot({ kind: 'use' }).orderBy('at');

  async function somebody(role: 'sales_rep' | 'segment_admin' = 'sales_rep'): Promise<Hired> {
    const person = await hire(world(), role, world().segment.a);
    const change = { provider: ELSEWHERE, external_identifier: person.email, password: null };
    const answer = await world().root.request('PATCH', `/users/${person.id}`, change);
    expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
    await world().host.database('directus_users').where({ id: person.id }).update({ token: null });
    return person;
  }
  const logIn = async (person: Pick<Hired, 'email'>) => {
    provider().person = { sub: person.email, email: person.email };
    return goThrough(world());
  };

  test('ACC-1: the identity provider of the group lets people in, with their own rights, and it is kept as such', async () => {
    const person = await somebody();
    const { session, end } = await logIn(person);
    expect(end).toBe('/admin/content');
    const browser = withCookie(world(), session!);
    const own = await world().create(world().as.repA1, 'crm_customers', { name: `别人的 ${randomUUID()}` });
    expect((await browser.request('GET', '/users/me?fields=email')).body).toEqual({ data: { email: person.email } });
    expect((await browser.request('GET', `/items/crm_customers/${own.id}`)).status).toBe(403);
    expect((await browser.refresh()).status).toBe(200);
    await until(async () => (await rows(person.id)).length === 1);
    expect((await rows(person.id))[0]).toMatchObject({ kind: 'success', provider: ELSEWHERE, segment: world().segment.a });
  });

  test('ACC-9, N4: a freeze ends their session before it answers, and the provider opens no new one until the thaw', async () => {
    const person = await somebody();
    const browser = withCookie(world(), (await logIn(person)).session!);
    const before = withCookie(world(), browser.cookie());
    expect((await browser.request('GET', '/items/crm_customers')).status).toBe(200);
    expect((await freeze(world().as.adminA, person.id)).status).toBe(200);
    expect((await browser.request('GET', '/items/crm_customers')).status).toBe(401);
    expect((await browser.refresh()).status).toBeGreaterThanOrEqual(400);
    const again = await logIn(person);
    expect(again.session).toBeNull();
    expect(again.end).toMatch(/reason=/u);
    await until(async () => (await rows(person.id)).some(({ kind }) => kind === 'refused'));

    expect((await thaw(world().as.adminA, person.id)).status).toBe(200);
    const back = await logIn(person);
    expect((await withCookie(world(), back.session!).request('GET', '/items/crm_customers')).status).toBe(200);
    expect((await before.request('GET', '/items/crm_customers')).status).toBe(401);
  });

  test('ACC-11: whoever is held before the exam comes in by the provider too, to nothing', async () => {
    const person = await somebody();
    await world().host.database('directus_users').where({ id: person.id }).update({ crm_pending_exam: true });
    const { session } = await logIn(person);
    const answer = session ? await withCookie(world(), session).request('GET', '/items/crm_customers') : null;
    expect(answer?.status ?? 403).toBe(403);
  });

  test('ORG-11: somebody whom the provider knows and the CRM does not is not let in', async () => {
    const { session, end } = await logIn({ email: `${randomUUID()}@example.com` });
    expect(session).toBeNull();
    expect(end).toMatch(/reason=INVALID_CREDENTIALS/u);
  });

  test('ACC-4: a log-in that is given up there says so and opens nothing', async () => {
    provider().person = null;
    const { session, end } = await goThrough(world());
    expect(session).toBeNull();
    expect(end).toMatch(/reason=/u);
  });

  test('ACC-5: there is no link for a password that another service has', async () => {
    const person = await somebody();
    const answer = await world().as.adminA.request('POST', `/crm/users/${person.id}/reset-link`, {});
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.text).toContain('other_provider');
    const role = await world().host.database('directus_users').where({ id: person.id }).first('role');
    expect(role.role).toBe(ROLE_IDS.sales_rep);
  });
}
