import { beforeAll, describe, expect, test } from 'vitest';
import { toBusinessDate } from '../../../extensions/crm/src/kernel/calendar/business-date.ts';
import type { Stage } from './stage.ts';

/** SAL-2, SAL-3: what follows from an opportunity's stage, by every way in which it is changed. */
export function closingOfOpportunities(stage: () => Stage): void {
  describe('stages', () => {
    const TODAY = toBusinessDate(new Date());
    const stages: Record<string, string> = {};
    let customer: string;

    beforeAll(async () => {
      for (const { id, key } of await stage().world.host.database('crm_stages').whereNull('segment').select('id', 'key')) stages[key] = id;
      customer = await stage().enter({ name: '成交有限公司' });
    });

    const read = async (id: string) =>
      (await stage().world.as.repA1.request('GET', `/items/crm_opportunities/${id}?fields=stage,closed_on,stage_entered_at`)).body.data;
    const start = async (row: object = {}): Promise<string> =>
      (await stage().world.create('repA1', 'crm_opportunities', { title: '商机', customer, ...row })).id;
    const history = async (id: string) => {
      const rows = await stage()
        .world.host.database('crm_stage_changes')
        .where({ opportunity: id })
        .orderBy('changed_at')
        .select('from_stage', 'to_stage', 'changed_by', 'segment', 'owner');
      return rows as Record<string, unknown>[];
    };

    const repA1 = () => stage().world.as.repA1;
    const BY: Record<string, (id: string, row: Record<string, unknown>) => Promise<{ status: number; text: string }>> = {
      'the form or the board': (id, row) => stage().patch('crm_opportunities', id, row),
      'a batch of keys': (id, row) => repA1().request('PATCH', '/items/crm_opportunities', { keys: [id], data: row }),
      'a batch of rows': (id, row) => repA1().request('PATCH', '/items/crm_opportunities', [{ id, ...row }]),
      'the customer’s form': (id, row) =>
        stage().patch('crm_customers', customer, { opportunities: { create: [], update: [{ id, ...row }], delete: [] } }),
      GraphQL: (id, row) =>
        repA1().graphql(
          'mutation ($id: ID!, $row: update_crm_opportunities_input!) { update_crm_opportunities_item(id: $id, data: $row) { id } }',
          { id, row },
        ),
    };

    test.each(Object.keys(BY))('SAL-2: lost by %s it is closed today, reopened it is open again', async (way) => {
      const id = await start();
      const begun = await read(id);
      expect(begun).toMatchObject({ stage: stage().world.stage, closed_on: null });
      expect(begun.stage_entered_at).not.toBeNull();
      const lost = await BY[way]!(id, { stage: stages['lost'], lost_reason: '价格' });
      expect(lost.status, lost.text).toBe(200);
      expect(lost.text).not.toContain('"errors"');
      const closed = await read(id);
      expect(closed).toMatchObject({ stage: stages['lost'], closed_on: TODAY });
      expect(closed.stage_entered_at > begun.stage_entered_at).toBe(true);
      await BY[way]!(id, { title: '改名' });
      expect(await read(id)).toEqual(closed);
      await BY[way]!(id, { stage: stages['initial_contact'], stage_reason: '客户又来了' });
      expect(await read(id)).toMatchObject({ stage: stages['initial_contact'], closed_on: null });
      const { repA1: me } = stage().world.id;
      expect(await history(id)).toEqual(
        [
          [null, stage().world.stage],
          [stage().world.stage, stages['lost']],
          [stages['lost'], stages['initial_contact']],
        ].map(([from_stage, to_stage]) => ({ from_stage, to_stage, changed_by: me, segment: stage().world.segment.a, owner: me })),
      );
    });

    test('SAL-2: open business is what is neither won nor lost', async () => {
      const [open, lost] = [await start({ title: '在谈' }), await start({ title: '已失' })];
      await stage().patch('crm_opportunities', lost, { stage: stages['lost'], lost_reason: '价格' });
      const { data } = (await repA1().request('GET', '/items/crm_opportunities?filter={"closed_on":{"_null":true}}&fields=id&limit=-1'))
        .body;
      const ids = data.map(({ id }: { id: string }) => id);
      expect([ids.includes(open), ids.includes(lost)]).toEqual([true, false]);
    });

    test('SAL-2: a stage that becomes an end closes what stands in it, and reopens it when it is none again', async () => {
      const { sysadmin } = stage().world.as;
      const made = await sysadmin.request('POST', '/items/crm_stages', { key: 'paused', name: '暂停', segment: stage().world.segment.a });
      expect(made.status, made.text).toBe(200);
      const id = await start({ stage: made.body.data.id });
      await sysadmin.request('PATCH', `/items/crm_stages/${made.body.data.id}`, { outcome: 'lost' });
      expect(await read(id)).toMatchObject({ closed_on: TODAY });
      await sysadmin.request('PATCH', `/items/crm_stages/${made.body.data.id}`, { outcome: 'open' });
      expect(await read(id)).toMatchObject({ closed_on: null });
      await sysadmin.request('PATCH', `/items/crm_stages/${made.body.data.id}`, { active: false });
    });
  });
}
