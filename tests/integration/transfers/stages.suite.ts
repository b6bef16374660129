import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
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
}
