import { describe, expect, test } from 'vitest';
import { LI, reasons, type Stage } from './stage.ts';

/** What the server keeps current when other rows change. */
export function whatFollows(stage: () => Stage, db: string): void {
  describe('rules as rows', () => {
    test('CUS-5: completeness orders the queue and follows the weights at once, whoever changes them', async () => {
      const id = await stage().enter({ name: '权重有限公司' });
      const before = (await stage().customer(id))['completeness'] as number;
      const own = await stage().world.as.sysadmin.request('POST', '/items/crm_completeness_weights', {
        field: 'name',
        weight: 100,
        segment: stage().world.segment.a,
      });
      expect(own.status, own.text).toBe(200);
      expect((await stage().customer(id))['completeness']).toBeGreaterThan(before);
      await stage().world.as.sysadmin.request('DELETE', `/items/crm_completeness_weights/${own.body.data.id}`);
      expect((await stage().customer(id))['completeness']).toBe(before);
      const queue = await stage().world.as.repA1.request('GET', '/items/crm_customers?sort=-completeness&fields=completeness&limit=-1');
      const values = queue.body.data.map((row: { completeness: number }) => row.completeness);
      expect(values).toEqual([...values].sort((one: number, other: number) => other - one));
    });

    test('Q19: a looser set makes customers active at once, a stricter one makes nobody a draft', async () => {
      const waiting = await stage().enter({ name: '等待有限公司', grade: 'A' });
      const done = await stage().enter({ ...stage().complete(), contacts: [LI] });
      const loose = await stage().world.as.sysadmin.request('POST', '/items/crm_required_sets', {
        segment: stage().world.segment.a,
        class: 'potential',
        fields: ['name', 'grade'],
      });
      expect(loose.status, loose.text).toBe(200);
      expect((await stage().customer(waiting))['status']).toBe('active');
      await stage().world.as.sysadmin.request('PATCH', `/items/crm_required_sets/${loose.body.data.id}`, {
        fields: ['name', 'grade', 'cooperation_history'],
      });
      expect((await stage().customer(waiting))['status']).toBe('active');
      expect((await stage().customer(done))['status']).toBe('active');
      await stage().patch('crm_customers', waiting, { source: 'own' });
      expect((await stage().customer(waiting))['status']).toBe('draft');
      await stage().world.as.sysadmin.request('DELETE', `/items/crm_required_sets/${loose.body.data.id}`);
      const wrong = await stage().world.as.sysadmin.request('POST', '/items/crm_required_sets', { fields: ['owner'] });
      expect(reasons(wrong)).toEqual([['fields', 'unknown_customer_field']]);
    });
  });

  describe('what follows from other rows', () => {
    test('organisations do not stand above themselves, near or far', async () => {
      const [top, middle, bottom] = [
        await stage().enter({ name: '母公司有限公司' }),
        await stage().enter({ name: '子公司有限公司' }),
        await stage().enter({ name: '孙公司有限公司' }),
      ];
      expect(reasons(await stage().patch('crm_customers', top, { parent: top }))).toEqual([['parent', 'own_parent']]);
      expect((await stage().patch('crm_customers', middle, { parent: top })).status).toBe(200);
      expect((await stage().patch('crm_customers', bottom, { parent: middle })).status).toBe(200);
      expect(reasons(await stage().patch('crm_customers', top, { parent: bottom }))).toEqual([['parent', 'parent_cycle']]);
      expect((await stage().customer(top))['parent']).toBeNull();
    });

    test('a customer has one main contact', async () => {
      const id = await stage().enter({
        name: '联系有限公司',
        contacts: [
          { name: '甲', is_primary: true },
          { name: '乙', is_primary: true },
        ],
      });
      const main = await stage().world.host.database('crm_contacts').where({ customer: id, is_primary: true }).pluck('name');
      expect(main).toHaveLength(1);
    });

    test('CUS-8, USE-3: the last activity done and the next one due stand on customer, lead and opportunity', async () => {
      const id = await stage().enter({ name: '行动有限公司' });
      const lead = await stage().world.create('repA1', 'crm_leads', { title: '线索', customer: id });
      const opportunity = await stage().world.create('repA1', 'crm_opportunities', { title: '商机', customer: id });
      expect(opportunity['stage']).toBe(stage().world.stage);
      expect((await stage().customer(id))['last_activity_at']).toBeNull();
      const done = await stage().world.create('repA1', 'crm_activities', {
        type: 'visit',
        subject: '拜访',
        opportunity: opportunity.id,
        done_at: '2026-11-02T08:00:00Z',
      });
      expect(done['done_by']).toBe(stage().world.id.repA1);
      await stage().world.create('repA1', 'crm_activities', { type: 'task', subject: '报价', lead: lead.id, due_on: '2026-12-01' });
      await stage().world.create('repA1', 'crm_activities', { type: 'task', subject: '回访', customer: id, due_on: '2026-12-24' });
      const marks = async (collection: string, key: string) =>
        (await stage().world.as.repA1.request('GET', `/items/${collection}/${key}`)).body.data;
      expect(await marks('crm_customers', id)).toMatchObject({ last_activity_at: '2026-11-02T08:00:00.000Z', next_due_on: '2026-12-01' });
      expect(await marks('crm_opportunities', opportunity.id)).toMatchObject({ last_activity_at: '2026-11-02T08:00:00.000Z' });
      expect(await marks('crm_leads', lead.id)).toMatchObject({ last_activity_at: null });
      await stage().patch('crm_activities', done.id, { opportunity: null, lead: lead.id });
      expect(await marks('crm_opportunities', opportunity.id)).toMatchObject({ last_activity_at: null });
      expect(await marks('crm_leads', lead.id)).toMatchObject({ last_activity_at: '2026-11-02T08:00:00.000Z' });
      await stage().patch('crm_activities', done.id, { done_at: null });
      expect(await marks('crm_customers', id)).toMatchObject({ last_activity_at: null });
      expect((await stage().world.row('crm_activities', done.id))['done_by']).toBeNull();
    });

    test('CUS-8: an activity that is corrected or deleted, or goes along with its opportunity, counts where it hangs now', async () => {
      const [from, to] = [await stage().enter({ name: '原客户有限公司' }), await stage().enter({ name: '新客户有限公司' })];
      const opportunity = await stage().world.create('repA1', 'crm_opportunities', { title: '换客户', customer: from });
      const done = async (done_at: string) =>
        (await stage().world.create('repA1', 'crm_activities', { type: 'call', subject: '电话', opportunity: opportunity.id, done_at })).id;
      const [, last] = [await done('2026-10-01T08:00:00Z'), await done('2026-11-01T08:00:00Z')];
      const plan = await stage().world.create('repA1', 'crm_activities', {
        type: 'task',
        subject: '方案',
        opportunity: opportunity.id,
        due_on: '2026-12-01',
      });
      const marks = async (key: string) => {
        const { data } = (await stage().world.as.repA1.request('GET', `/items/crm_customers/${key}`)).body;
        return [data.last_activity_at, data.next_due_on];
      };
      expect(await marks(from)).toEqual(['2026-11-01T08:00:00.000Z', '2026-12-01']);
      expect((await stage().patch('crm_activities', last, { done_at: '2026-11-02T09:30:00Z' })).status).toBe(200);
      expect((await stage().patch('crm_activities', plan.id, { due_on: '2026-12-03' })).status).toBe(200);
      expect(await marks(from)).toEqual(['2026-11-02T09:30:00.000Z', '2026-12-03']);
      expect((await stage().patch('crm_opportunities', opportunity.id, { customer: to })).status).toBe(200);
      expect(await marks(from)).toEqual([null, null]);
      expect(await marks(to)).toEqual(['2026-11-02T09:30:00.000Z', '2026-12-03']);
      for (const id of [last, plan.id])
        expect((await stage().world.as.sysadmin.request('DELETE', `/items/crm_activities/${id}`)).status).toBe(204);
      expect(await marks(to)).toEqual(['2026-10-01T08:00:00.000Z', null]);
    });

    test('CUS-5: a tag that is taken off the list no longer counts for anybody', async () => {
      const sysadmin = stage().world.as.sysadmin;
      const tag = (await sysadmin.request('POST', '/items/crm_tags', { name: `临时-${db}`, active: true })).body.data.id as string;
      const weight = await sysadmin.request('POST', '/items/crm_completeness_weights', { field: 'tags', weight: 100 });
      const id = await stage().enter({ name: '标签计数有限公司', tags: [{ tag }] });
      const before = (await stage().customer(id))['completeness'] as number;
      expect((await sysadmin.request('DELETE', `/items/crm_tags/${tag}`)).status).toBe(204);
      expect(await stage().world.host.database('crm_customers_tags').where({ customer: id })).toEqual([]);
      expect((await stage().customer(id))['completeness']).toBeLessThan(before);
      await sysadmin.request('DELETE', `/items/crm_completeness_weights/${weight.body.data.id}`);
    });

    test('CUS-6: a customer bears a tag once', async () => {
      const { tag } = stage();
      const id = await stage().enter({ name: '标签一次有限公司', tags: [{ tag }] });
      const again = await stage().patch('crm_customers', id, { tags: { create: [{ tag }], update: [], delete: [] } });
      expect(reasons(again)).toEqual([['tag', 'tag_twice']]);
      expect(reasons(await stage().post('crm_customers', { name: '标签两次有限公司', tags: [{ tag }, { tag }] }))).toEqual([
        ['tag', 'tag_twice'],
      ]);
    });

    test('CUS-6: regions and industries do not stand above themselves', async () => {
      const { database } = stage().world.host;
      const root = stage().world.as.sysadmin;
      const city = await database('crm_regions').where({ code: '330100' }).first('id', 'parent');
      const own = await root.request('PATCH', `/items/crm_regions/${city.id}`, { parent: city.id });
      expect(reasons(own)).toEqual([['parent', 'own_parent']]);
      const circle = await root.request('PATCH', `/items/crm_regions/${city.parent}`, { parent: city.id });
      expect(reasons(circle)).toEqual([['parent', 'parent_cycle']]);
      expect((await database('crm_regions').where({ id: city.parent }).first('parent')).parent).toBeNull();
    });

    test('a contract ends after it starts, also when only one end is sent', async () => {
      const id = await stage().enter({ name: '合同有限公司' });
      const opportunity = (await stage().world.create('repA1', 'crm_opportunities', { title: '框架', customer: id })).id;
      const contract = await stage().world.create('repA1', 'crm_contracts', { opportunity, title: '框架合同', starts_on: '2026-02-01' });
      expect(reasons(await stage().patch('crm_contracts', contract.id, { ends_on: '2026-01-31' }))).toEqual([
        ['ends_on', 'ends_before_start'],
      ]);
      expect((await stage().world.row('crm_contracts', contract.id))['ends_on']).toBeNull();
    });
  });
}
