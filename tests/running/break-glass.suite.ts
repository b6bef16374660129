import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, logIn } from '../harness/client.ts';
import { killedAt } from './kill-at.ts';
import { runScript } from './start-command.ts';

interface Production {
  database: Knex;
  env: Record<string, string>;
  url: string;
  /** Of the system admin. */
  password: string;
}

/** ACC-9, N4: freezing where nobody is an administrator of the host, and the way out by a command of the server. */
export function breakGlassSuite(stage: () => Production): void {
  const database = () => stage().database;
  const url = () => stage().url;
  const password = () => stage().password;
  const admin = async () =>
    await database()('directus_users')
      .where({ role: ROLE_IDS.system_admin })
      .whereNot({ status: 'archived' })
      .first<{ id: string; email: string }>('id', 'email');
  const glass = async (...parameters: string[]) => {
    const command = runScript('break-glass.mjs', stage().env, parameters);
    return [await command.ended, command.output()] as const;
  };

  it('works while the administrator of the host is suspended, as it is here', async () => {
    const client = await logIn(url(), (await admin()).email, password());
    const values = {
      email: 'head@example.com',
      password: password(),
      first_name: '负责人',
      status: 'active',
      role: ROLE_IDS.group_executive,
    };
    const { id } = (await client.request('POST', '/users', values)).body.data;
    const frozen = await client.request('POST', `/crm/users/${id}/freeze`, { reason: '离职' });
    expect([frozen.status, frozen.body.state], frozen.text).toEqual([200, 'frozen']);
    await expect(logIn(url(), values.email, password())).rejects.toThrow(/401/);
    expect((await client.request('POST', `/crm/users/${id}/thaw`, { reason: '核实' })).status).toBe(200);
    await logIn(url(), values.email, password());
  });

  it('break-glass freezes the last system admin and thaws them again, audited and told', async () => {
    const { id, email } = await admin();
    const client = await logIn(url(), email, password());
    const [code, said] = await glass('--freeze', email.toUpperCase(), '--reason', '最后一名');
    expect([code, said], said).toEqual([0, expect.stringContaining('is frozen')]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect((await client.request('GET', '/users/me')).status).toBe(401);
    expect((await glass('--freeze', email, '--reason', '再次'))[0]).toBe(1);
    expect((await glass('--thaw', email, '--reason', '误会'))[0]).toBe(0);
    expect((await glass('--thaw', email, '--reason', '误会'))[0]).toBe(1);
    await logIn(url(), email, password());
    expect((await client.request('GET', '/users/me')).status, 'what is older than the thaw').toBe(401);
    expect(await database()('crm_freezes').where({ user: id })).toEqual([
      expect.objectContaining({ state: 'thawed', reason: '最后一名', thaw_reason: '误会', frozen_by: null }),
    ]);
    const logged = await database()('crm_audit')
      .where({ item: id, origin: 'command', collection: 'directus_users' })
      .orderBy('nth')
      .pluck('reason');
    expect(logged).toEqual(['npm run break-glass: 最后一名', 'npm run break-glass: 误会']);
    const told = await database()('directus_users').where({ email: 'head@example.com' }).first('id');
    const subjects = await database()('directus_notifications').where({ recipient: told.id }).pluck('subject');
    expect(subjects.filter((subject: string) => subject.includes('在服务器上'))).toHaveLength(2);
  });

  it('N4, ACC-9: break-glass opens whoever is suspended without a row too, and leaves one; nobody who was closed', async () => {
    const email = 'head@example.com';
    const status = (value: string) => database()('directus_users').where({ email }).update({ status: value, token: null });
    const before = await logIn(url(), email, password());
    await status('suspended');
    await expect(logIn(url(), email, password())).rejects.toThrow(/401/);
    const [code, said] = await glass('--thaw', email, '--reason', '没有记录');
    expect([code, said], said).toEqual([0, expect.stringContaining('is thawed')]);
    await logIn(url(), email, password());
    expect((await before.request('GET', '/users/me')).status, 'what is older than the thaw').toBe(401);
    const { id } = await database()('directus_users').where({ email }).first('id');
    const rows = await database()('crm_freezes').where({ user: id, thaw_reason: '没有记录' });
    expect(rows).toEqual([expect.objectContaining({ state: 'thawed', reason: expect.stringContaining('without a row') })]);
    await status('archived');
    expect((await glass('--thaw', email, '--reason', '已停用'))[0]).toBe(1);
    await status('active');
  });

  const redeem = (link: string, text: string) => {
    const body = { token: link.split('#')[1], password: text };
    return createClient(url(), null).request('POST', '/crm/session/reset', body);
  };
  const linkIn = (said: string) => /^ {2}(\S+\/crm\/reset-password#[\w-]{43})$/mu.exec(said)?.[1] ?? '';

  it('Q5, Q10: --link makes the last system admin a one-time link, printed once, that works once; both are told and logged', async () => {
    const { id, email } = await admin();
    const [code, said] = await glass('--link', email, '--reason', '忘记密码');
    const link = linkIn(said);
    expect([code, link.startsWith(`${url()}/crm/reset-password#`)], said).toEqual([0, true]);
    expect(said.split(link.split('#')[1]!)).toHaveLength(2);
    const answers = [await redeem(link, password()), await redeem(link, password())];
    expect(
      answers.map(({ status }) => status),
      answers[0]!.text,
    ).toEqual([200, 403]);
    await logIn(url(), email, password());
    const logged = await database()('crm_audit')
      .where({ item: id, collection: 'crm_reset_links' })
      .orderBy('at')
      .select('action', 'origin');
    expect(logged).toEqual([
      { action: 'reset_link', origin: 'command' },
      { action: 'reset_link_used', origin: 'request' },
    ]);
    for (const address of [email, 'head@example.com']) {
      const { id: recipient } = await database()('directus_users').where({ email: address }).first('id');
      const subjects: string[] = await database()('directus_notifications').where({ recipient }).pluck('subject');
      expect(subjects.filter((subject) => subject.includes('一次性链接'))).toHaveLength(2);
    }
  });

  it('N4: two --link at once, and one that is killed before or after it is written: all or nothing', async () => {
    const { id, email } = await admin();
    const links = () => database()('crm_reset_links').where({ user: id, used_at: null });
    const told = async () => (await database()('directus_notifications').where('subject', 'like', '%一次性链接：%')).length;
    const logged = async () => (await database()('crm_audit').where({ item: id, action: 'reset_link' })).length;
    const both = await Promise.all(['一', '二'].map((reason) => glass('--link', email, '--reason', reason)));
    expect(
      both.map(([code]) => code),
      both.join(),
    ).toEqual([0, 0]);
    expect(await links()).toHaveLength(1);
    const stand = async () => [await links().pluck('id'), await told(), await logged()] as const;
    const before = await stand();
    const killed = (isDone: boolean) =>
      runScript('break-glass.mjs', stage().env, ['--link', email, '--reason', '断电'], killedAt({ call: 'commit', isDone })).ended;
    expect(await killed(false)).not.toBe(0);
    expect(await stand()).toEqual(before);
    expect(await killed(true)).not.toBe(0);
    // The database has heard of the end of it, or it has not.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const [[fresh, ...more], ...counts] = await stand();
    const isMade = fresh !== before[0][0];
    expect([more, counts]).toEqual([[], [before[1] + (isMade ? 2 : 0), before[2] + (isMade ? 1 : 0)]]);
    const [, said] = await glass('--link', email, '--reason', '再来一次');
    const statuses = [];
    for (const link of [...both.map(([, text]) => linkIn(text)), linkIn(said)]) statuses.push((await redeem(link, password())).status);
    expect(statuses, 'the last one alone').toEqual([403, 403, 200]);
  });

  it.each([
    [['--freeze', 'nobody@example.com', '--reason', 'x'], 'no user of the CRM'],
    [['--freeze', 'technical-admin@example.com', '--reason', 'x'], 'no user of the CRM'],
    [['--freeze', 'wang.min@example.com'], 'usage'],
    [['--freeze', 'a@example.com', '--thaw', 'b@example.com', '--reason', 'x'], 'usage'],
    [['--link', 'a@example.com', '--thaw', 'b@example.com', '--reason', 'x'], 'usage'],
    [['--link', 'a@example.com'], 'usage'],
    [['--link', 'nobody@example.com', '--reason', 'x'], 'no user of the CRM'],
    [['--link', 'technical-admin@example.com', '--reason', 'x'], 'no user of the CRM'],
  ])('break-glass refuses %j', async (parameters, text) => {
    const [code, said] = await glass(...parameters);
    expect([code, said]).toEqual([1, expect.stringContaining(text)]);
  });
}
