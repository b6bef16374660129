import { expect, test } from 'vitest';
import type { World } from '../access/world.ts';
import { PASSWORD, settled, tryLogIn, until } from './people.ts';

/** ACC-4, OPS-1: reports of faults, with what happened and how often. */
export function faultsSuite(world: () => World): void {
  const report = (body: object) => world().host.anonymous.request('POST', '/crm/faults/login', body);
  const said = { attempts: 2, error_text: '401 INVALID_CREDENTIALS', page: '/admin/login' };
  const faults = () => world().host.database('crm_faults');

  test('ACC-4: who cannot log in tells IT in one call, which tells nothing of the account', async () => {
    const { as, segment, id, host } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    for (let n = 0; n < 3; n += 1) await tryLogIn(world(), person.email, 'Wrong-password-1!');
    await until(async () => (await host.database('crm_logins').where({ user: person.id, kind: 'failure' })).length === 3);
    const known = await report({ ...said, email: person.email.toUpperCase() });
    const unknown = await report({ ...said, email: 'nobody.at.all@example.com' });
    const nobody = await report(said);
    expect([known.status, known.text]).toEqual([202, unknown.text]);
    expect([unknown.status, nobody.text]).toEqual([202, unknown.text]);
    const [row] = await faults().where({ owner: person.id });
    expect(row).toMatchObject({ ...{ state: 'new_fault', attempts: 3, error_text: said.error_text, page: said.page }, segment: segment.a });
    expect(await faults().where({ what: '登录邮箱 · address: nobody.at.all@example.com' })).toEqual([
      expect.objectContaining({ owner: null, segment: segment.pool, attempts: 2 }),
    ]);
    const told = await host.database('directus_notifications').where({ recipient: id.sysadmin }).pluck('subject');
    // One note in a quarter of an hour, whose end may fall between the three.
    const notes = told.filter((subject: string) => subject.includes('无法登录')).length;
    expect([notes >= 1, notes <= 2]).toEqual([true, true]);
    expect((await person.client.request('GET', '/items/crm_faults')).body.data).toHaveLength(1);
    expect((await as.repA2.request('GET', `/items/crm_faults/${row.id}`)).status).toBe(403);
    expect((await as.adminA.request('GET', `/items/crm_faults/${row.id}`)).status).toBe(200);
    expect((await as.adminB.request('GET', `/items/crm_faults/${row.id}`)).status).toBe(403);
  });

  test('ACC-4: many reports are one note in a quarter of an hour, with how many there were', async () => {
    const { id, host } = world();
    const notes = async (): Promise<string[]> =>
      (await host.database('directus_notifications').where({ recipient: id.sysadmin }).orderBy('id').select('subject', 'message'))
        .filter(({ subject }) => subject.includes('无法登录'))
        .map(({ message }) => String(message));
    const before = new Date(Date.now() - 15 * 60_000);
    await faults().whereNull('user_created').update({ date_created: before });
    const [stored, told] = [(await faults().whereNull('user_created')).length, (await notes()).length];
    for (let n = 0; n < 3; n += 1) expect((await report(said)).status).toBe(202);
    const fresh = (await notes()).slice(told);
    expect([fresh.length >= 1, fresh.length <= 2]).toEqual([true, true]);
    expect(fresh[0]).toContain(`前一刻钟另有 ${stored} 件`);
  });

  test('ACC-4: what is no report is refused, and too many of them', async () => {
    for (const body of [{}, { ...said, attempts: 0 }, { ...said, error_text: '' }, { ...said, email: 'x' }, { ...said, segment: 'x' }])
      expect((await report(body)).status).toBe(400);
    // What PostgreSQL cannot store: a NUL, half of a character.
    for (const text of ['a\u0000b', '\ud800'])
      for (const body of [
        { ...said, error_text: text },
        { ...said, page: text },
        { ...said, email: `${text}@example.com` },
      ])
        expect([JSON.stringify(body), (await report(body)).status]).toEqual([JSON.stringify(body), 400]);
    const statuses = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await report(said)).status);
    expect(statuses.at(-1)).toBe(429);
    expect(statuses[0]).toBe(202);
    expect((await tryLogIn(world(), 'nobody@example.com', PASSWORD)).status).toBe(401);
  });

  test('OPS-1: a fault goes its way step by step; the server says when it was solved and by whom; its reporter hears of it', async () => {
    const { as, id, host } = world();
    const filed = await as.repA1.request('POST', '/items/crm_faults', { title: '导出按钮没有反应', state: 'closed' });
    expect(filed.status, filed.text).toBe(200);
    const fault = filed.body.data.id;
    const row = () => world().row('crm_faults', fault);
    expect(await row()).toMatchObject({ state: 'new_fault', owner: id.repA1 });
    const patch = (values: object, who: keyof typeof as = 'sysadmin') => as[who].request('PATCH', `/items/crm_faults/${fault}`, values);
    expect((await patch({ state: 'in_work' }, 'repA1')).status).toBe(403);
    expect((await patch({ state: 'in_work' }, 'adminA')).status).toBe(403);
    const jump = await patch({ state: 'solved', answer: '重启' });
    expect([jump.status, jump.body.errors[0].extensions.field]).toEqual([400, 'state']);
    expect((await patch({ state: 'in_work' })).status).toBe(200);
    const wordless = await patch({ state: 'solved' });
    expect([wordless.status, wordless.body.errors[0].extensions.field]).toEqual([400, 'answer']);
    expect((await patch({ state: 'solved', answer: '浏览器缓存已清理', solved_at: '2020-01-01T00:00:00Z' })).status).toBe(403);
    expect((await patch({ state: 'solved', answer: '浏览器缓存已清理' })).status).toBe(200);
    expect((await row())['solved_by']).toBe(id.sysadmin);
    expect((await row())['solved_at']).not.toBeNull();
    const told = await host.database('directus_notifications').where({ recipient: id.repA1 }).pluck('subject');
    expect(told.some((subject: string) => subject.includes('导出按钮没有反应'))).toBe(true);
    expect((await patch({ state: 'in_work' })).status).toBe(200);
    expect((await row())['solved_at']).toBeNull();
    await patch({ state: 'solved' });
    expect((await patch({ state: 'closed' })).status).toBe(200);
    expect((await patch({ state: 'in_work' })).status).toBe(400);
    expect((await as.repA1.request('GET', '/items/crm_faults?fields=id,state')).body.data).toEqual([{ id: fault, state: 'closed' }]);
  });

  test('ACC-4: what strangers use up is not taken from somebody who has just failed to log in, of whom no more is taken than of a network', async () => {
    const { segment, host } = world();
    const person = await settled(world(), 'sales_rep', segment.a);
    const fromNetwork = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const reportFrom = async (address: string) =>
      (await host.anonymous.request('POST', '/crm/faults/login', said, fromNetwork(address))).status;
    const statuses: number[] = [];
    while (statuses.length <= 300 && statuses.at(-1) !== 429)
      statuses.push(await reportFrom(`203.0.113.${Math.floor(statuses.length / 9)}`));
    expect([statuses.length > 250, statuses.at(-1)], 'so many from all of them').toEqual([true, 429]);
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([202]));

    const fail = (email: string, address: string) =>
      host.anonymous.request('POST', '/auth/login', { email, password: 'Wrong-password-1!' }, fromNetwork(address));
    const kept = (address: string) => until(async () => (await host.database('crm_logins').where({ address })).length > 0);
    const [known, stranger, silent] = ['198.51.100.1', '198.51.100.2', '198.51.100.3'];
    expect((await fail(person.email, known)).status).toBe(401);
    expect((await fail('nobody@example.com', stranger)).status).toBe(401);
    await Promise.all([kept(known), kept(stranger)]);
    const before = (await faults()).length;
    expect([await reportFrom(stranger), await reportFrom(silent)], 'no way in by an address that nobody has').toEqual([429, 429]);
    const own: number[] = [];
    for (let n = 0; n < 12; n += 1) own.push(await reportFrom(known));
    expect(own).toEqual([...Array.from({ length: 10 }, () => 202), 429, 429]);
    expect((await faults()).length).toBe(before + 10);
    expect(await reportFrom(silent)).toBe(429);
  });
}
