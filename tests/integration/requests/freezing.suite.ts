import { expect, test } from 'vitest';
import { toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
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
}
