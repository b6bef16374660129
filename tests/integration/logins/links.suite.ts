import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { breakGlass } from '../../../bin/lib/break-glass.mjs';
import { readSettings } from '../../../bin/lib/settings.mjs';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { approved, execute } from '../requests/desk.ts';
import { freeze, type Hired } from '../freeze/credentials.ts';
import { fromElsewhere, openBrowser, PASSWORD, reasonIn, settled, tryLogIn } from './people.ts';

const NEXT = 'Quite-another-2026!';

/** Q5, Q10, N4: whose log-in nobody comes into by a link, and who hears of those that are made and used. */
export function linksSuite(world: () => World): void {
  const linkFor = (by: Client, id: string) => by.request('POST', `/crm/users/${id}/reset-link`);
  const redeem = (token: string, password = NEXT) =>
    world().host.anonymous.request('POST', '/crm/session/reset', { token, password }, fromElsewhere());
  const tokenIn = (url: string) => url.split('#')[1]!;
  const links = (user: string) => world().host.database('crm_reset_links').where({ user });
  const inboxOf = async (recipient: string, words: string): Promise<number> =>
    (await world().host.database('directus_notifications').where({ recipient }).pluck('subject')).filter((subject: string) =>
      subject.includes(words),
    ).length;
  const command = (email: string, reason = '忘记密码') =>
    breakGlass(readSettings(world().host.env), { what: 'link', email, reason, now: new Date() });
  /** The group has two system admins at most. */
  const leave = (...people: Pick<Hired, 'id'>[]) =>
    world()
      .host.database('directus_users')
      .whereIn(
        'id',
        people.map(({ id }) => id),
      )
      .update({ status: 'archived', token: null });

  test('Q5, Q10, N4: nobody makes a link for a system admin here, and the list of people offers none', async () => {
    const { as, id } = world();
    const second = await settled(world(), 'system_admin', null);
    const refused = await linkFor(as.sysadmin, second.id);
    expect([refused.status, reasonIn(refused)?.reason]).toEqual([403, 'admin_on_server']);
    expect(refused.text).toContain('npm run break-glass -- --link');
    expect(reasonIn(await linkFor(second.client, id.sysadmin))?.reason).toBe('admin_on_server');
    expect((await linkFor(as.adminA, second.id)).text).toBe((await linkFor(as.adminA, randomUUID())).text);
    expect(await links(second.id)).toEqual([]);
    const { people } = (await as.sysadmin.request('GET', '/crm/people?state=active&limit=100')).body;
    const may = (whom: string) => people.find((one: { id: string }) => one.id === whom).can;
    expect([may(second.id), may(id.exec), may(id.repA1), may(id.sysadmin)]).toEqual([
      { freeze: true, thaw: false, link: false },
      { freeze: true, thaw: false, link: true },
      { freeze: true, thaw: false, link: true },
      { freeze: false, thaw: false, link: false },
    ]);
    await leave(second);
  });

  test('Q5, ACC-5: a link made for a rep is none for the system admin whom the rep has become', async () => {
    const { as, segment, root } = world();
    const rep = await settled(world(), 'sales_rep', segment.a);
    const token = tokenIn((await linkFor(as.sysadmin, rep.id)).body.url);
    const raised = await root.request('PATCH', `/users/${rep.id}`, { role: ROLE_IDS.system_admin, crm_segment: segment.pool });
    expect(raised.status, raised.text).toBe(200);
    expect((await redeem(token)).body.errors[0].extensions.code).toBe('LINK_INVALID');
    expect((await tryLogIn(world(), rep.email, PASSWORD)).status).toBe(200);
    await leave(rep);
  });

  test('Q5, N4: the server’s command makes a link for a system admin: printed once, logged, told to all; used once, and that is told too', async () => {
    const { id, host, segment } = world();
    const second = await settled(world(), 'system_admin', null);
    const browser = await openBrowser(world(), second.email);
    const [admins, execs] = [await inboxOf(id.sysadmin, '在服务器上签发'), await inboxOf(id.exec, '在服务器上签发')];
    const { email, made } = await command(second.email.toUpperCase());
    expect(email).toBe(second.email);
    const url = new URL(made!.link);
    expect([url.origin, url.pathname]).toEqual([new URL(host.env['PUBLIC_URL']!).origin, '/crm/reset-password']);
    const [row] = await links(second.id);
    expect(row).toMatchObject({ made_by: null, given_by: 'command', used_at: null });
    expect(JSON.stringify(row)).not.toContain(tokenIn(made!.link));
    expect([await inboxOf(id.sysadmin, '在服务器上签发'), await inboxOf(id.exec, '在服务器上签发')]).toEqual([admins + 1, execs + 1]);
    expect(await inboxOf(second.id, '在服务器上签发')).toBe(1);
    expect((await browser.request('GET', '/users/me')).status, 'it ends nothing yet').toBe(200);
    expect((await redeem(tokenIn(made!.link), 'weak')).status).toBe(400);
    const both = await Promise.all([redeem(tokenIn(made!.link)), redeem(tokenIn(made!.link))]);
    expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([200, 403]);
    expect((await browser.request('GET', '/users/me')).status).toBe(401);
    expect((await (await openBrowser(world(), second.email, NEXT)).request('GET', '/users/me')).status).toBe(200);
    for (const person of [second.id, id.sysadmin, id.exec])
      expect(await inboxOf(person, '通过一次性链接重新设置')).toBeGreaterThanOrEqual(1);
    const logged = await host
      .database('crm_audit')
      .where({ item: second.id })
      .whereIn('action', ['reset_link', 'reset_link_used'])
      .orderBy('at');
    expect(logged.map(({ action, origin, user, reason, segment: where }) => [action, origin, user, reason, where])).toEqual([
      ['reset_link', 'command', null, 'npm run break-glass: 忘记密码', segment.pool],
      ['reset_link_used', 'request', null, 'one-time link', segment.pool],
    ]);
    await leave(second);
  });

  test('Q5, ACC-9: a link of the command dies with a freeze, and none is made for who may not log in, or has no password here', async () => {
    const { as, segment, host } = world();
    const rep = await settled(world(), 'sales_rep', segment.a);
    const { made } = await command(rep.email);
    expect(await inboxOf(rep.id, '在服务器上签发')).toBe(1);
    expect((await freeze(as.adminA, rep.id)).status).toBe(200);
    expect((await redeem(tokenIn(made!.link))).body.errors[0].extensions.code).toBe('LINK_INVALID');
    await expect(command(rep.email)).rejects.toMatchObject({ problem: 'breakGlassNotActive' });
    await host.database('directus_users').where({ id: rep.id }).update({ status: 'active', provider: 'ldap' });
    await expect(command(rep.email)).rejects.toMatchObject({ problem: 'breakGlassElsewhere' });
    await expect(command('nobody@example.com')).rejects.toMatchObject({ problem: 'breakGlassNobody' });
    expect(await links(rep.id)).toEqual([]);
    await leave(rep);
  });

  test('N4: of several commands at once each is whole, and the link of the last one alone is good', async () => {
    const second = await settled(world(), 'system_admin', null);
    const made = await Promise.all(['一', '二', '三'].map((reason) => command(second.email, reason)));
    expect(await links(second.id)).toHaveLength(1);
    expect(await inboxOf(second.id, '在服务器上签发')).toBe(3);
    const statuses = [];
    for (const { made: one } of made) statuses.push((await redeem(tokenIn(one!.link))).status);
    expect(statuses.sort()).toEqual([200, 403, 403]);
    await leave(second);
  });

  test('Q10, N4: of a link for an executive all other executives and system admins hear when it is made, and everybody when it is used', async () => {
    const { as, id } = world();
    const [second, exec] = [await settled(world(), 'system_admin', null), await settled(world(), 'group_executive', null)];
    const everybody = [exec.id, id.exec, second.id, id.sysadmin];
    const count = (words: string) => Promise.all(everybody.map((person) => inboxOf(person, words)));
    const [made, used] = [await count('签发了重设密码的一次性链接'), await count('通过一次性链接重新设置')];
    const { url } = (await linkFor(as.sysadmin, exec.id)).body;
    expect(await count('签发了重设密码的一次性链接')).toEqual([made[0]! + 1, made[1]! + 1, made[2]! + 1, made[3]]);
    expect((await redeem(tokenIn(url))).status).toBe(200);
    expect(await count('通过一次性链接重新设置')).toEqual(used.map((before) => before + 1));
    await leave(second, exec);
  });

  test('ACC-4, ACC-5: of a link for a rep the rep alone hears, in their language', async () => {
    const { as, id, segment } = world();
    const rep = await settled(world(), 'sales_rep', segment.a, { language: 'en-US' });
    const others = [id.sysadmin, id.exec, id.adminA];
    const count = () => Promise.all(others.map((person) => inboxOf(person, '一次性链接')));
    const before = await count();
    const { url } = (await linkFor(as.adminA, rep.id)).body;
    expect((await redeem(tokenIn(url))).status).toBe(200);
    expect([await inboxOf(rep.id, 'made a one-time link'), await inboxOf(rep.id, 'A one-time link was used')]).toEqual([1, 1]);
    expect(await count()).toEqual(before);
  });

  test('ACC-8, Q5: the first link of a system admin whose log-in a form has opened still lets them in', async () => {
    const { as, host } = world();
    const email = `${randomUUID()}@example.com`;
    const fields = { kind: 'open', last_name: '新管理员', user_email: email, to_role: 'system_admin' };
    const form = await approved(world(), as.sysadmin, fields, as.exec);
    const done = await execute(as.sysadmin, form);
    expect(done.status, done.text).toBe(200);
    expect((await links(done.body.user))[0]).toMatchObject({ made_by: world().id.sysadmin, given_by: 'form' });
    expect((await redeem(tokenIn(done.body.first_link.link))).status).toBe(200);
    expect((await (await openBrowser(world(), email, NEXT)).request('GET', '/users/me')).status).toBe(200);
    expect(await host.database('directus_users').where({ email }).first('role')).toEqual({ role: ROLE_IDS.system_admin });
    await leave({ id: done.body.user });
  });
}
