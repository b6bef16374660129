import { describe, expect, it } from 'vitest';
import { freshPhone, type LeadScene } from './scene.ts';

const COUNTED = ['crm_customers', 'crm_contacts', 'crm_opportunities', 'crm_stage_changes', 'crm_subject_keys', 'crm_audit'];

/** SAL-1: customer, contact and opportunity in one step, or nothing. */
export function conversionOfLeads(scene: () => LeadScene, db: 'sqlite' | 'pg'): void {
  describe('conversion', () => {
    const database = () => scene().world.host.database;
    const counts = () => Promise.all(COUNTED.map(async (table) => Number((await database()(table).count({ n: '*' }).first())!['n'])));
    const ready = (row = {}) => scene().enter('repA1', { status: 'qualified', grade: 'B', contact_name: '李雷', needs: '三台', ...row });
    const codeOf = ({ status, body }: { status: number; body: { errors?: { extensions: { code: string } }[] } }) => [
      status,
      body.errors?.[0]?.extensions.code,
    ];

    it('SAL-1: a conversion makes all three, and the lead keeps its history in the customer’s tree', async () => {
      const { convert, lead, world } = scene();
      const phone = freshPhone();
      const id = await ready({ phone, email: 'lilei@qiming.example.com', company_name: '启明(杭州) 有限公司' });
      const done = { type: 'call', subject: '首访', lead: id, done_at: '2026-11-02T08:00:00Z' };
      await world.create('repA1', 'crm_activities', done);
      const answer = await convert('repA1', id, { opportunity: { title: '大单', amount: 1200 } });
      expect(answer.status, answer.text).toBe(200);
      const { customer, contact, opportunity } = answer.body;
      expect(await lead(id)).toMatchObject({ status: 'converted', customer, converted_to: opportunity, owner: world.id.repA1 });
      expect((await lead(id))['converted_at']).not.toBeNull();
      const made = await world.row('crm_customers', customer);
      expect(made).toMatchObject({
        name: '启明（杭州）有限公司',
        kind: 'company',
        grade: 'B',
        owner: world.id.repA1,
        segment: world.segment.a,
      });
      expect(made['last_activity_at']).not.toBeNull();
      expect(await world.row('crm_opportunities', opportunity!)).toMatchObject({ title: '大单', needs: '三台', customer });
      expect(await database()('crm_stage_changes').where({ opportunity }).select('to_stage')).toHaveLength(1);
      const reveal = await world.as.repA1.request('POST', `/crm/contacts/${contact}/reveal`, { field: 'phone', reason: 'follow_up' });
      expect(reveal.body).toEqual({ value: phone });
      const stored = await world.row('crm_contacts', contact!);
      expect(stored['phone']).not.toBe(phone);
      expect(stored['phone_sealed']).not.toBe((await lead(id))['phone_sealed']);
      const log = JSON.stringify(await database()('crm_audit')) + JSON.stringify(await database()('directus_revisions'));
      expect(log).not.toContain(phone);
      expect(log).not.toContain('lilei@qiming');
      expect(world.host.logs()).not.toContain(phone);
      const events = await database()('crm_audit').whereIn('item', [id, customer, contact!, opportunity!]).select('item', 'user');
      expect(new Set(events.map(({ item }) => item)).size).toBe(4);
      expect(new Set(events.map(({ user }) => user))).toEqual(new Set([world.id.repA1]));
      expect((await world.as.repA1.request('GET', `/items/crm_activities?filter[lead][_eq]=${id}`)).body.data).toHaveLength(1);
    });

    it('SAL-1: a preview says what would be made and what is missing, and writes nothing', async () => {
      const { preview } = scene();
      const id = await ready({ company_name: '预览有限公司' });
      const before = await counts();
      const { status, body } = await preview('repA1', id);
      expect([status, body]).toMatchObject([
        200,
        { ready: true, customer: { name: '预览有限公司', kind: 'company', status: 'draft' }, contact: { name: '李雷', has: ['phone'] } },
      ]);
      expect(body['missing']).toContain('industry');
      expect(body['duplicates']).toEqual([]);
      expect(await counts()).toEqual(before);
      expect((await preview('repA1', id, '?name=')).status).toBe(400);
    });

    it('SAL-1, DQ-5: a customer that is there already is warned of by name, number and address, and nothing is written', async () => {
      const { convert, preview, world } = scene();
      const phone = freshPhone();
      const known = await world.create('repA1', 'crm_customers', { name: '重名（上海）有限公司' });
      await world.create('repA1', 'crm_contacts', { name: '韩梅', phone, customer: known.id });
      const id = await ready({ company_name: '重名(上海)有限公司', phone });
      const before = await counts();
      const refused = await convert('repA1', id);
      expect(codeOf(refused)).toEqual([409, 'DUPLICATES']);
      expect(refused.body.errors[0]!.extensions['duplicates']).toEqual([{ id: known.id, name: known['name'], by: ['name', 'phone'] }]);
      expect(await counts()).toEqual(before);
      expect((await preview('repA1', id)).body['duplicates']).toHaveLength(1);
      const joined = await convert('repA1', id, { customer: known.id, opportunity: false });
      expect([joined.status, joined.body]).toMatchObject([200, { customer: known.id, contact: null, opportunity: null }]);
      const second = await ready({ company_name: '重名(上海)有限公司' });
      expect((await convert('repA1', second, { duplicates: 'accept' })).status).toBe(200);
    });

    it('ORG-2, DQ-5: of a colleague’s customer a rep learns that there is one, and nothing else', async () => {
      const { convert, preview, world } = scene();
      const theirs = await world.create('repA2', 'crm_customers', { name: '同事的有限公司' });
      const id = await ready({ company_name: '同事的有限公司' });
      const refused = await convert('repA1', id);
      expect(refused.body.errors[0]!.extensions).toMatchObject({ code: 'DUPLICATES', duplicates: [], elsewhere: true });
      expect(refused.text + (await preview('repA1', id)).text).not.toContain(theirs.id);
      expect((await convert('repA1', id, { customer: theirs.id })).status).toBe(403);
      expect((await preview('headA', id)).body['duplicates']).toMatchObject([{ id: theirs.id }]);
      await world.create('repB', 'crm_customers', { name: '别的版块有限公司' });
      const other = await ready({ company_name: '别的版块有限公司' });
      expect((await preview('repA1', other)).body['elsewhere']).toBe(false);
    });

    it('SAL-1: a head converts for the lead’s owner, and the rows are the owner’s', async () => {
      const { convert, world } = scene();
      const id = await ready();
      const { status, body } = await convert('headA', id);
      expect(status).toBe(200);
      for (const [collection, item] of [
        ['crm_customers', body.customer] as const,
        ['crm_contacts', body.contact!] as const,
        ['crm_opportunities', body.opportunity!] as const,
      ])
        expect(await world.row(collection, item)).toMatchObject({ owner: world.id.repA1, segment: world.segment.a });
      const theirs = await world.create('repA2', 'crm_customers', { name: '另一负责人有限公司' });
      expect(codeOf(await convert('headA', await ready(), { customer: theirs.id }))).toEqual([409, 'CONFLICT']);
    });

    it('SAL-1: what is over, nobody’s or unknown is not converted', async () => {
      const { convert, enter, patch } = scene();
      const id = await ready();
      const first = await convert('repA1', id);
      const again = await convert('repA1', id);
      expect(codeOf(again)).toEqual([409, 'ALREADY_CONVERTED']);
      expect(again.body.errors[0]!.extensions).toMatchObject({ customer: first.body.customer, opportunity: first.body.opportunity });
      expect((await patch('repA1', id, { status: 'lost', lost_reason: '反悔' })).status).toBe(400);
      expect(codeOf(await convert('adminA', await enter('adminA', { owner: null, status: 'qualified' })))).toEqual([409, 'UNALLOCATED']);
      expect(codeOf(await convert('repA1', await ready({ status: 'lost', lost_reason: '价格' })))).toEqual([409, 'CLOSED']);
      expect((await convert('repA1', await enter('repA1', { company_name: null }))).status).toBe(400);
      for (const body of [
        { customer: 'x' },
        { opportunity: true },
        { opportunity: { amount: -1 } },
        { duplicates: 'yes' },
        { stage: 'won' },
      ])
        expect((await convert('repA1', await ready(), body)).status).toBe(400);
    });

    it('SAL-1, F7: a converted lead stays with its customer, on no path is it taken away or hung elsewhere', async () => {
      const { convert, lead, patch, outcome, world } = scene();
      const id = await ready();
      const { customer } = (await convert('repA1', id)).body;
      const other = (await world.create('repA1', 'crm_customers', { name: '另挂有限公司' })).id;
      const as = world.as.repA1;
      for (const to of [null, other]) {
        expect(outcome(await patch('repA1', id, { customer: to }))).toEqual([400, 'customer', 'converted_stays']);
        expect((await as.request('PATCH', '/items/crm_leads', { keys: [id], data: { customer: to } })).status).toBe(400);
        expect((await as.request('PATCH', '/items/crm_leads', [{ id, customer: to }])).status).toBe(400);
      }
      const taken = { leads: { create: [], update: [{ id, customer: other }], delete: [] } };
      expect((await as.request('PATCH', `/items/crm_customers/${other}`, taken)).status).toBe(400);
      const emptied = await as.request('PATCH', `/items/crm_customers/${customer}`, { leads: [] });
      expect([400, 403]).toContain(emptied.status);
      expect(await lead(id)).toMatchObject({ customer, status: 'converted' });
      expect((await patch('repA1', id, { customer, title: '改名' })).status).toBe(200);
    });

    it('SAL-1: of two conversions at once one takes place', async () => {
      const { convert } = scene();
      const id = await ready({ company_name: '同时转化有限公司' });
      const answers = await Promise.all([1, 2, 3].map(() => convert('repA1', id, { duplicates: 'accept' })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect(await database()('crm_customers').where({ name: '同时转化有限公司' })).toHaveLength(1);
    });

    it('SAL-1: a fault in the middle of a conversion leaves nothing behind, and the lead as it was', async () => {
      const { convert, lead } = scene();
      const id = await ready({ company_name: '半途有限公司' });
      const before = [await counts(), await lead(id)];
      await failOn(`半途商机`);
      try {
        expect((await convert('repA1', id, { opportunity: { title: '半途商机' } })).status).toBeGreaterThanOrEqual(400);
      } finally {
        await heal();
      }
      expect([await counts(), await lead(id)]).toEqual(before);
      expect((await convert('repA1', id)).status).toBe(200);
    });

    /** The last of the three rows cannot be written. */
    async function failOn(title: string): Promise<void> {
      if (db === 'sqlite') {
        const body = `SELECT RAISE(ABORT, 'power cut');`;
        await database().raw(`CREATE TRIGGER half BEFORE INSERT ON crm_opportunities WHEN NEW.title = '${title}' BEGIN ${body} END`);
        return;
      }
      await database().raw(
        `CREATE FUNCTION half() RETURNS trigger AS $$ BEGIN IF NEW.title = '${title}' THEN RAISE EXCEPTION 'power cut'; END IF; RETURN NEW; END $$ LANGUAGE plpgsql`,
      );
      await database().raw('CREATE TRIGGER half BEFORE INSERT ON crm_opportunities FOR EACH ROW EXECUTE FUNCTION half()');
    }

    async function heal(): Promise<void> {
      await database().raw(db === 'sqlite' ? 'DROP TRIGGER half' : 'DROP TRIGGER half ON crm_opportunities');
      if (db === 'pg') await database().raw('DROP FUNCTION half()');
    }
  });
}
