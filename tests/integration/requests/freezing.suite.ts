import { expect, test } from 'vitest';
import { systemClock } from '../../../extensions/crm/src/platform/api/clock.ts';
import { fromStoredDay, toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { escalateMissingForms } from '../../../extensions/crm/src/users/requests/overdue.ts';
import type { World } from '../access/world.ts';
import { freeze, hire, lockOut, thaw } from '../freeze/credentials.ts';
import { approved, dayFromNow, execute, filed, until, withdraw } from './desk.ts';

/** ACC-8, ACC-9, Q17: forms about freezes: of somebody who is locked out, and those that do not come. */
export function freezingSuite(world: () => World): void {
  const user = (id: string) => world().row('directus_users', id);

  test('ACC-9: the form to freeze somebody who is locked out is filed and carried out; the lock-out gives way', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    await lockOut(world(), person);
    const form = await approved(world(), as.adminA, { kind: 'freeze', user: person.id });
    const done = await execute(as.sysadmin, form);
    expect(done.body.freeze, done.text).toMatchObject({ state: 'frozen' });
    const rows = await host.database('crm_freezes').where({ user: person.id }).orderBy('date_created');
    expect(rows.map(({ state, access_request: of, until: end }) => [state, of, end === null])).toEqual([
      ['thawed', null, false],
      ['frozen', form, true],
    ]);
    expect((await user(person.id))['status']).toBe('suspended');
  });

  test('Q17: an early freeze whose form does not come in time is listed as overdue, and escalated once', async () => {
    const { as, id, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const { id: early } = (await freeze(as.adminA, person.id, { reason: '异常下载' })).body;
    const list = async (client: typeof as.adminA, state = 'overdue') =>
      (await client.request('GET', `/crm/access-requests?state=${state}`)).body as {
        overdue: number;
        early_freezes: { id: string; escalated: boolean; person: { id: string } }[];
      };
    const of = async (client: typeof as.adminA, state?: string) =>
      (await list(client, state)).early_freezes.find((one) => one.person.id === person.id);
    const { overdue } = await list(as.adminA);
    expect(await of(as.adminA)).toBeUndefined();
    const day = dayFromNow(-3);
    await host
      .database('crm_freezes')
      .where({ id: early })
      .update({ form_due_on: toStoredDay(host.database, day) });
    expect(await of(as.adminA)).toMatchObject({ id: early, reason: '异常下载', form_due_on: day, segment: { id: segment.a } });
    expect([(await list(as.adminA)).overdue, await of(as.adminA, 'open')]).toEqual([overdue + 1, undefined]);
    expect([await of(as.adminB), (await of(as.exec))?.id, (await of(as.headA))?.id]).toEqual([undefined, early, early]);
    await until(async () => (await world().row('crm_freezes', early))['escalated_at'] !== null);
    const told = async (recipient: string) =>
      (await host.database('directus_notifications').where({ recipient, subject: '提前冻结的审批表逾期未补办' })).length;
    expect([await told(id.sysadmin), await told(id.adminA), await told(id.exec), await told(id.adminB)]).toEqual([1, 1, 1, 0]);
    expect(await of(as.adminA)).toMatchObject({ escalated: true });
    const form = await filed(as.adminA, { kind: 'freeze', user: person.id });
    expect([await of(as.adminA), (await list(as.adminA)).overdue]).toEqual([undefined, overdue]);
    await withdraw(as.adminA, form);
    expect(await of(as.adminA)).toMatchObject({ id: early });
    expect((await thaw(as.adminA, person.id)).status).toBe(200);
    expect(await of(as.adminA)).toBeUndefined();
  });

  const TOLD = '提前冻结的审批表逾期未补办';
  const day = dayFromNow(-3);
  const isLate = (freezeId: string) =>
    world()
      .host.database('crm_freezes')
      .where({ id: freezeId })
      .update({ form_due_on: toStoredDay(world().host.database, day) });
  const escalatedAt = async (freezeId: string) => (await world().row('crm_freezes', freezeId))['escalated_at'] as string | null;
  const frozenLate = async (more: object = {}) => {
    const { as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const answer = await freeze(as.adminA, person.id, { reason: '异常下载', ...more });
    expect(answer.status, answer.text).toBe(200);
    await isLate(answer.body.id);
    return { person, id: String(answer.body.id) };
  };
  /** Another one that is due shows that the job came by. */
  const jobCameBy = async () => {
    const { id } = await frozenLate();
    await until(async () => {
      await escalateMissingForms(world().host.database, systemClock);
      return (await escalatedAt(id)) !== null;
    });
  };
  const notes = async (): Promise<number> =>
    (await world().host.database('directus_notifications').where({ recipient: world().id.exec, subject: TOLD })).length;

  test('Q17: a form that comes late ends the list, keeps when it was told, and taken back is told no second time', async () => {
    const { as } = world();
    const { person, id } = await frozenLate();
    await jobCameBy();
    const [at, before] = [await escalatedAt(id), await notes()];
    expect(at).not.toBeNull();
    const form = await filed(as.adminA, { kind: 'freeze', user: person.id });
    expect(await world().row('crm_freezes', id)).toMatchObject({ access_request: form, escalated_at: at });
    await withdraw(as.adminA, form);
    expect(await world().row('crm_freezes', id)).toMatchObject({ access_request: null, escalated_at: at });
    await jobCameBy();
    expect([await escalatedAt(id), await notes()]).toEqual([at, before + 1]);
    const { early_freezes: late } = (await as.adminA.request('GET', '/crm/access-requests?state=overdue')).body;
    expect(late.find((one: { id: string }) => one.id === id)).toMatchObject({ escalated: true, form_due_on: day });
  });

  test('Q17: a freeze that takes the place of an early one keeps the day of its form and that it was told, which is told no second time', async () => {
    const { as, host } = world();
    const lastDay = dayFromNow(5);
    const [told, untold] = [await frozenLate({ until: lastDay }), await frozenLate({ until: lastDay })];
    await jobCameBy();
    await host.database('crm_freezes').where({ id: untold.id }).update({ escalated_at: null });
    const [at, before] = [await escalatedAt(told.id), await notes()];
    const replaced = async ({ person }: typeof told) => {
      const answer = await freeze(as.adminA, person.id, { reason: '不再到期' });
      expect(answer.status, answer.text).toBe(200);
      return world().row('crm_freezes', answer.body.id);
    };
    const [first, second] = [await replaced(told), await replaced(untold)];
    expect([first['escalated_at'], second['escalated_at']]).toEqual([at, null]);
    expect([first, second].map((row) => fromStoredDay(row['form_due_on'] as string))).toEqual([day, day]);
    await jobCameBy();
    expect(await escalatedAt(first.id)).toEqual(at);
    expect(await escalatedAt(second.id)).not.toBeNull();
    expect(await notes(), 'the other one, and the one that shows the job').toBe(before + 2);
    const { early_freezes: late } = (await as.adminA.request('GET', '/crm/access-requests?state=overdue')).body;
    const listed = (id: string) => late.filter((one: { person: { id: string } }) => one.person.id === id);
    expect([listed(told.person.id), listed(untold.person.id)]).toEqual([
      [expect.objectContaining({ id: first.id, escalated: true })],
      [expect.objectContaining({ id: second.id, escalated: true })],
    ]);
  });
}
