import { expect, test } from 'vitest';
import type { World } from '../access/world.ts';
import { credentialsOf, enter, freeze, hire, openOnes, PASSWORD, sessionCookie, thaw } from './credentials.ts';

/** ACC-9, N4, B9: what a freeze ends, and when. */
export function deadSuite(world: () => World): void {
  test('ACC-9, B9: every kind of credential is dead before the call answers, and stays so after a thaw', async () => {
    const { host, as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const credentials = await credentialsOf(world(), person);
    const { token } = await enter(host.url, person);
    const cookie = await sessionCookie(world(), person);
    expect(await openOnes(credentials, host.url)).toEqual(credentials.map(({ name }) => name));
    const begun = performance.now();
    const answer = await freeze(as.adminA, person.id);
    const answered = performance.now() - begun;
    expect([answer.status, answer.body.state], answer.text).toEqual([200, 'frozen']);
    expect(await openOnes(credentials, host.url), `after ${answered} ms`).toEqual([]);

    const reset = await host.anonymous.request('POST', '/auth/password/request', { email: person.email });
    const unknown = await host.anonymous.request('POST', '/auth/password/request', { email: 'nobody@example.com' });
    expect([reset.status, reset.text]).toEqual([unknown.status, unknown.text]);
    for (const path of ['/server/info', '/server/ping', '/auth', '/crm/health'])
      expect([path, (await host.anonymous.request('GET', path)).status]).toEqual([path, 200]);
    // What says so on the log-in page, and lets somebody set a new password, comes also with what is dead.
    for (const path of ['/crm/signed-out.js', '/crm/session.js', '/crm/reset-password', '/crm/reset-password.js'])
      for (const [name, value] of [
        ['cookie', cookie],
        ...[token, person.client.token].map((one) => ['authorization', `Bearer ${one}`]),
      ] as [string, string][])
        expect([path, name, (await host.anonymous.request('GET', path, undefined, { headers: { [name]: value } })).status]).toEqual([
          path,
          name,
          200,
        ]);
    const link = await host.anonymous.request(
      'POST',
      '/crm/session/reset',
      { token: 'x'.repeat(43), password: PASSWORD },
      { headers: { cookie } },
    );
    expect(link.status, 'judged by the link alone').toBe(403);

    expect((await thaw(as.adminA, person.id)).status).toBe(200);
    // The same second counts as before the thaw for nobody: whoever logs in now gets in, what is older does not.
    expect(await openOnes(credentials, host.url)).toEqual(['new log-in']);
    expect((await (await enter(host.url, person)).request('GET', '/users/me')).status).toBe(200);
    expect((await world().row('directus_users', person.id))['token']).toBeNull();
  });

  test('ACC-9: all within one second, what was given out before the freeze stays dead, and who logs in after the thaw gets in', async () => {
    const { host, as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    for (let tries = 0; tries < 5; tries += 1) {
      const before = await enter(host.url, person);
      expect((await before.request('GET', '/users/me')).status).toBe(200);
      await freeze(as.adminA, person.id);
      expect((await before.request('GET', '/users/me')).status).toBe(401);
      await thaw(as.adminA, person.id);
      expect((await before.request('GET', '/users/me')).status, 'given out before the freeze').toBe(401);
      const after = await enter(host.url, person);
      expect((await after.request('GET', '/users/me')).status, 'given out after the thaw').toBe(200);
    }
  });

  test('F12, ACC-4: the attempt that locks an account opens nothing, not with the right password either', async () => {
    const { host, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const attempt = (password: string) => host.anonymous.request('POST', '/auth/login', { email: person.email, password });
    const { auth_login_attempts: most } = await host.database('directus_settings').first('auth_login_attempts');
    for (let n = 0; n < Number(most); n += 1) await attempt(`Wrong-password-${n}!`);
    const right = await attempt(PASSWORD);
    const wrong = await attempt('Wrong-password-x!');
    expect([right.status, right.text]).toEqual([401, wrong.text]);
    expect((await world().row('directus_users', person.id))['status']).toBe('suspended');
    expect(await host.database('directus_sessions').where({ user: person.id })).toEqual([]);
    const kinds = await host.database('crm_logins').where({ user: person.id }).pluck('kind');
    expect([kinds.includes('success'), kinds.includes('refused')]).toEqual([false, true]);
  });

  test('ACC-9: a session that slipped in beside the freeze is no session after the thaw', async () => {
    const { host, as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    await freeze(as.adminA, person.id);
    const sessions = () => host.database('directus_sessions').where({ user: person.id });
    await sessions().insert({ token: `late-${person.id}`, user: person.id, expires: new Date(Date.now() + 3_600_000) });
    await thaw(as.adminA, person.id);
    expect(await sessions()).toEqual([]);
  });

  test('ACC-9: data and ownership stay, and colleagues go on with them', async () => {
    const { as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const { id } = await world().create(person.client, 'crm_customers', { name: '归属不变' });
    const before = await world().row('crm_customers', id);
    await freeze(as.adminA, person.id);
    expect(await world().row('crm_customers', id)).toEqual(before);
    expect((await as.headA.request('PATCH', `/items/crm_customers/${id}`, { short_name: '继续' })).status).toBe(200);
    expect((await world().row('crm_customers', id)).owner).toBe(person.id);
  });

  test('F3: a state that cannot be read lets nobody in', async () => {
    const { host, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const client = await enter(host.url, person);
    expect((await client.request('GET', '/users/me')).status).toBe(200);
    await host.database.schema.renameTable('crm_freezes', 'crm_freezes_away');
    try {
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect((await client.request('GET', '/users/me')).status).toBe(503);
      expect((await host.anonymous.request('GET', '/server/ping')).status).toBe(200);
    } finally {
      await host.database.schema.renameTable('crm_freezes_away', 'crm_freezes');
    }
    expect((await client.request('GET', '/users/me')).status).toBe(200);
  });
}
