import { describe, expect, it } from 'vitest';
import type { Deadly, killer } from '../../harness/killer.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { freshPhone, type LeadScene } from './scene.ts';

const TABLES = [
  'crm_customers',
  'crm_contacts',
  'crm_opportunities',
  'crm_stage_changes',
  'crm_subject_keys',
  'crm_audit',
  'crm_activities',
];
const CUSTOMER = 'insert into .crm_customers';

/** The moments at which the process dies; at the last one all of it stands already. */
const MOMENTS: [name: string, deadly: Deadly][] = [
  ['before the contact', { after: CUSTOMER, at: 'insert into .crm_contacts' }],
  ['before the lead', { after: 'insert into .crm_stage_changes', at: 'update .crm_leads' }],
  ['before it is committed', { after: CUSTOMER, at: '^commit' }],
  ['when it is committed', { after: CUSTOMER, at: '^commit', isDone: true }],
];

/** SAL-1: all or nothing, whenever the process dies. */
export function killedConversions(scene: () => LeadScene, death: ReturnType<typeof killer>): void {
  describe('killed conversions', () => {
    const database = () => scene().world.host.database;
    const standing = () =>
      Promise.all(TABLES.map(async (table) => [table, Number((await database()(table).count({ n: '*' }).first())!['n'])]));

    it('SAL-1, SEC-1: killed in the middle of a conversion, everything stands or nothing, and what was sealed opens', async () => {
      const { convert, enter, lead, world } = scene();
      const phone = freshPhone();
      const row = { status: 'qualified', grade: 'A', contact_name: '断电', needs: '三台', phone, email: 'duandian@example.com' };
      const id = await enter('repA1', row);
      await world.create('repA1', 'crm_activities', { type: 'call', subject: '首访', lead: id, done_at: '2026-11-02T08:00:00Z' });
      const before = { lead: await lead(id), rows: await standing() };
      for (const [name, deadly] of MOMENTS) {
        death.arm(deadly);
        const answer = await convert('repA1', id, { opportunity: { title: '断电商机' } }).catch(() => null);
        death.disarm();
        expect(answer, `${name}: ${answer?.text}`).toBeNull();
        await world.host.crash();
        if (deadly.isDone) continue;
        expect({ lead: await lead(id), rows: await standing() }, name).toEqual(before);
        expect(await openSealed(database(), 'crm_leads', id, 'phone'), name).toBe(phone);
      }
      const converted = await lead(id);
      expect(converted).toMatchObject({ status: 'converted', phone_sealed: before.lead['phone_sealed'] });
      const customer = converted['customer'] as string;
      const contact = await database()('crm_contacts').where({ customer }).first();
      expect(await database()('crm_opportunities').where({ customer }).select('id')).toEqual([{ id: converted['converted_to'] }]);
      expect(await database()('crm_stage_changes').where({ opportunity: converted['converted_to'] })).toHaveLength(1);
      expect(contact.phone_sealed).not.toBe(before.lead['phone_sealed']);
      expect(await openSealed(database(), 'crm_contacts', contact.id, 'phone')).toBe(phone);
      expect(await openSealed(database(), 'crm_leads', id, 'phone')).toBe(phone);
      expect((await world.row('crm_customers', customer))['last_activity_at']).not.toBeNull();
      const again = await convert('repA1', id);
      expect(again.body.errors[0]!.extensions).toMatchObject({ code: 'ALREADY_CONVERTED', customer });
    });
  });
}
