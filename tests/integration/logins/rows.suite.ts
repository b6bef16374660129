import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { World } from '../access/world.ts';
import { freeze, thaw } from '../freeze/credentials.ts';
import { openBrowser, PASSWORD, settled, tryLogIn, until } from './people.ts';

/** ACC-1, ACC-4, USE-1, Q15: who logged in, who failed to and how often, who was there. */
export function rowsSuite(world: () => World): void {
  const rows = (user: string | null) => world().host.database('crm_logins').where({ user }).whereNot({ kind: 'use' }).orderBy('at');
  const kinds = async (user: string) => (await rows(user)).map(({ kind, attempts }) => [kind, Number(attempts)]);

  test('ACC-4, USE-1: failures are counted in a row until a success, with address, device and day, in the home segment', async () => {
    const { segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    for (let n = 0; n < 3; n += 1) expect((await tryLogIn(world(), person.email, 'Wrong-password-1!')).status).toBe(401);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
    await tryLogIn(world(), person.email.toUpperCase(), 'Wrong-password-1!');
    await until(async () => (await rows(person.id)).length === 5);
    expect(await kinds(person.id)).toEqual([
      ['failure', 1],
      ['failure', 2],
      ['failure', 3],
      ['success', 0],
      ['failure', 1],
    ]);
    const [row] = await rows(person.id);
    expect(row).toMatchObject({ segment: segment.a, provider: 'default', address: '127.0.0.1', device: 'node' });
    expect(fromStoredDay(row.day)).toBe(toBusinessDate(new Date()));
  });

  test('ACC-4: what comes at once is counted one by one', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    await Promise.all(Array.from({ length: 5 }, () => tryLogIn(world(), person.email, 'Wrong-password-1!')));
    await until(async () => (await rows(person.id)).length === 5);
    expect((await kinds(person.id)).map(([, attempts]) => attempts).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test('ACC-4: an attempt is counted on from the one before, however many there are', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const row = { id: randomUUID(), at: new Date(), day: new Date(), kind: 'failure', user: person.id, segment: world().segment.a };
    await world()
      .host.database('crm_logins')
      .insert({ ...row, attempts: 7000 });
    await tryLogIn(world(), person.email, 'Wrong-password-1!');
    await until(async () => (await rows(person.id)).length === 2);
    expect((await kinds(person.id)).at(-1)).toEqual(['failure', 7001]);
  });

  test('ACC-4: an address that nobody has is kept without anybody, and nothing that was typed', async () => {
    const typed = `typed-${randomUUID()}@example.com`;
    const before = (await rows(null)).length;
    const unknown = await tryLogIn(world(), typed, 'My-password-2026!');
    const known = await tryLogIn(world(), (await settled(world(), 'sales_rep', world().segment.a)).email, 'My-password-2026!');
    expect([unknown.status, unknown.text]).toEqual([known.status, known.text]);
    await until(async () => (await rows(null)).length === before + 1);
    const row = (await rows(null)).at(-1);
    expect(row).toMatchObject({ user: null, kind: 'failure', segment: world().segment.pool, address: '127.0.0.1' });
    expect(JSON.stringify(row)).not.toMatch(/typed-|My-password/u);
  });

  test('ACC-9: whoever is frozen is refused with the right password too, and it is written so', async () => {
    const { as, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    await freeze(as.adminA, person.id);
    expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(401);
    await until(async () => (await rows(person.id)).length === 1);
    expect(await kinds(person.id)).toEqual([['refused', 1]]);
    await thaw(as.adminA, person.id);
  });

  test('Q15: any authenticated use of a day counts once, by whatever credential; what a page asks by itself does not', async () => {
    const { host, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.b);
    const used = () => host.database('crm_logins').where({ user: person.id, kind: 'use' });
    const byItself = await person.client.request('GET', '/users/me', undefined, { headers: { 'x-crm-idle': '600' } });
    expect(byItself.status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await used()).toEqual([]);
    await Promise.all(['/users/me', '/crm/my-day', '/items/crm_customers'].map((path) => person.client.request('GET', path)));
    const browser = await openBrowser(world(), person.email);
    await browser.request('GET', '/users/me');
    await until(async () => (await used()).length === 1);
    const [row] = await used();
    expect([row.segment, fromStoredDay(row.day)]).toEqual([segment.b, toBusinessDate(new Date())]);
    expect(await used()).toHaveLength(1);
  });

  test('Q15, USE-1: tokens that are renewed and nothing else leave a row of the day, too', async () => {
    const { host, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const login = await tryLogIn(world(), person.email, PASSWORD);
    const { refresh_token: token } = (login.body as { data: { refresh_token: string } }).data;
    const used = () => host.database('crm_logins').where({ user: person.id, kind: 'use' });
    expect(await used()).toEqual([]);
    expect((await host.anonymous.request('POST', '/auth/refresh', { refresh_token: token, mode: 'json' })).status).toBe(200);
    await until(async () => (await used()).length === 1);
    const other = await settled(world(), 'sales_rep', segment.a);
    const browser = await openBrowser(world(), other.email);
    await browser.refresh();
    await until(async () => (await host.database('crm_logins').where({ user: other.id, kind: 'use' })).length === 1);
  });

  test('ACC-7: the step before the code is no failed log-in; a wrong code is one', async () => {
    const { host, segment } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    await host.database('directus_users').where({ id: person.id }).update({ tfa_secret: 'JBSWY3DPEHPK3PXP' });
    for (const more of [{}, { otp: '' }, { otp: '000000' }])
      expect((await tryLogIn(world(), person.email, PASSWORD, more)).status).toBeGreaterThanOrEqual(400);
    await until(async () => (await rows(person.id)).length > 0);
    await tryLogIn(world(), person.email, 'Wrong-password-1!');
    await until(async () => (await rows(person.id)).length > 1);
    expect(await kinds(person.id)).toEqual([
      ['failure', 1],
      ['failure', 2],
    ]);
  });

  test('USE-1: heads and admins read those of their segments, executives and system admins all, reps none; nobody writes', async () => {
    const { as, segment, id } = world();
    for (const key of ['a', 'b'] as const)
      await world()
        .host.database('crm_logins')
        .insert({
          id: randomUUID(),
          at: new Date(),
          day: new Date(),
          kind: 'success',
          user: id[`admin${key === 'a' ? 'A' : 'B'}`],
          segment: segment[key],
          attempts: 0,
        });
    const seen = async (who: keyof typeof as) => {
      const { status, body } = await as[who].request('GET', '/items/crm_logins?limit=-1&fields=segment');
      return status === 200 ? new Set((body.data as { segment: string }[]).map((row) => row.segment)) : status;
    };
    expect(await seen('adminB')).toEqual(new Set([segment.b]));
    expect([...((await seen('headA')) as Set<string>)].sort()).toEqual([segment.a]);
    expect(await seen('repA1')).toBe(403);
    for (const who of ['exec', 'sysadmin'] as const) expect((await seen(who)) as Set<string>).toContain(segment.pool);
    const [row] = (await as.sysadmin.request('GET', '/items/crm_logins?limit=1')).body.data;
    for (const [method, path] of [
      ['POST', '/items/crm_logins'],
      ['PATCH', `/items/crm_logins/${row.id}`],
      ['DELETE', `/items/crm_logins/${row.id}`],
    ] as const)
      expect([400, 403]).toContain((await as.sysadmin.request(method, path, method === 'DELETE' ? undefined : { attempts: 9 })).status);
  });

  test('USE-1: a row that cannot be written is no reason for a failed log-in, and comes once it can', async () => {
    const person = await settled(world(), 'sales_rep', world().segment.a);
    const { database } = world().host;
    await database.schema.renameTable('crm_logins', 'crm_logins_away');
    try {
      expect((await tryLogIn(world(), person.email, PASSWORD)).status).toBe(200);
    } finally {
      await database.schema.renameTable('crm_logins_away', 'crm_logins');
    }
    await until(async () => (await rows(person.id)).length === 1);
  });
}
