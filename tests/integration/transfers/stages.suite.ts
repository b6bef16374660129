import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromStoredDay, toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { World } from '../access/world.ts';
import { ask, execute } from './desk.ts';

/** SAL-2, ORG-3: what becomes of the stage of business that goes to another segment. */
export function stagesSuite(world: () => World): void {
  test('SAL-2, ORG-3: in the new segment it stands in a stage that is in use and ends alike, and is judged from there', async () => {
    const { database } = world().host;
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '换阶段' });
    const shared = await database('crm_stages').where({ id: world().stage }).first();
    const stage = (row: object) => ({ ...shared, id: randomUUID(), ...row });
    const own = stage({ segment: world().segment.a, key: 'lokal', name: '本地', sort: 3 });
    // Of the same key, but over: a deal that is open does not become one that is lost, nor stand where nobody goes any more.
    const over = stage({ segment: world().segment.b, key: 'lokal', name: '已失', outcome: 'lost', sort: 1 });
    const off = stage({ segment: world().segment.b, key: 'aus', name: '停用', active: false, sort: 0 });
    const opportunity = await world().create('repA1', 'crm_opportunities', { customer, title: '商机', stage: world().stage });
    await database('crm_stages').insert([own, over, off]);
    await database('crm_opportunities').where({ id: opportunity.id }).update({ stage: own.id });
    await database('crm_stage_changes').where({ opportunity: opportunity.id }).update({ to_stage: own.id });
    const filed = await ask(world(), 'repA1', { customer, to_segment: world().segment.b });
    expect((await execute(world(), 'sysadmin', filed.body.data.id, { to_owner: world().id.repB })).status).toBe(200);
    const { stage: now } = await world().row('crm_opportunities', opportunity.id);
    expect(await database('crm_stages').where({ id: now }).first()).toMatchObject({ outcome: 'open', key: shared.key });
    const skipped = await world().as.repB.request('POST', `/crm/opportunities/${opportunity.id}/stage`, { stage: 'won' });
    expect(skipped.body.errors[0].extensions.code).toBe('STAGE_SKIPPED');
    await database('crm_stages').whereIn('id', [own.id, over.id, off.id]).delete();
  });

  test('SAL-2, SAL-3, ORG-3: opened again in the new segment and taken back at once, it was lost when it was lost', async () => {
    const { database } = world().host;
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '划转后误重开' });
    const shared = await database('crm_stages').where({ key: 'lost' }).whereNull('segment').first();
    const own = { ...shared, id: randomUUID(), segment: world().segment.a, key: 'verloren', name: '本版块丢单', required_fields: null };
    const { id } = await world().create('repA1', 'crm_opportunities', { customer, title: '早已丢单', stage: world().stage });
    await database('crm_stages').insert(own);
    const day = '2026-03-09';
    await database('crm_stage_changes')
      .where({ opportunity: id })
      .update({ changed_at: new Date('2026-03-02T02:00:00Z') });
    const entry = { opportunity: id, from_stage: world().stage, to_stage: own.id, kind: 'closed', changed_by: world().id.repA1 };
    const place = { segment: world().segment.a, owner: world().id.repA1 };
    await database('crm_stage_changes').insert({ ...entry, ...place, id: randomUUID(), changed_at: new Date(`${day}T02:00:00Z`) });
    const closed = { stage: own.id, lost_reason: '预算取消', closed_on: toStoredDay(database, day) };
    await database('crm_opportunities').where({ id }).update(closed);
    const filed = await ask(world(), 'repA1', { customer, to_segment: world().segment.b });
    expect((await execute(world(), 'sysadmin', filed.body.data.id, { to_owner: world().id.repB })).status).toBe(200);
    const post = (path: string, body: object) => world().as.repB.request('POST', `/crm/opportunities/${id}/${path}`, body);
    const dayOf = async () => fromStoredDay((await world().row('crm_opportunities', id))['closed_on']);
    expect([(await world().row('crm_opportunities', id))['stage'], await dayOf()]).toEqual([shared.id, day]);
    const opened = await post('stage', { stage: world().stage, reason: '误操作' });
    expect([opened.status, await dayOf()], opened.text).toEqual([200, null]);
    const back = await post('stage/undo', { change: opened.body.change.id });
    expect([back.status, await dayOf()], back.text).toEqual([200, day]);
    await database('crm_stages').where({ id: own.id }).delete();
  });
}
