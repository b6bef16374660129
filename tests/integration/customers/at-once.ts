import { describe, expect, test } from 'vitest';
import { recountCompleteness } from '../../../extensions/crm/src/customers/recount.ts';
import { LI, type Stage } from './stage.ts';

const ROUNDS = 4;

/** Several people write at the same moment: what the server counts is right afterwards, whoever was first. */
export function writesAtOnce(stage: () => Stage): void {
  describe('writes at once', () => {
    const everyRow = <Value>(count: number, make: (index: number) => Promise<Value>) =>
      Promise.all(Array.from({ length: count }, (_, index) => make(index)));
    const recounted = (id: string) => recountCompleteness(stage().world.host.database, { customers: [id] }, { demote: true });

    test('CUS-5, CUS-4: eight contacts of one important customer', { timeout: 240_000 }, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = await stage().enter({
          ...stage().complete(),
          class: 'key',
          address: '文三路 1 号',
          employees: 200,
          annual_revenue: 5_000_000,
          cooperation_history: '2019 年起供货',
        });
        const answers = await everyRow(8, (index) =>
          stage().post('crm_contacts', {
            ...LI,
            name: `联系人${index}`,
            customer: id,
            is_decision_maker: index === round,
            is_primary: true,
          }),
        );
        expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
        expect(await stage().customer(id)).toMatchObject({ status: 'active' });
        expect(await recounted(id)).toBe(0);
        expect(await stage().world.host.database('crm_contacts').where({ customer: id, is_primary: true })).toHaveLength(1);
        const contacts: string[] = await stage().world.host.database('crm_contacts').where({ customer: id }).pluck('id');
        await everyRow(8, (index) => stage().patch('crm_contacts', contacts[index]!, { status: 'archived' }));
        expect(await stage().customer(id)).toMatchObject({ status: 'draft' });
        expect(await recounted(id)).toBe(0);
      }
    });

    test('CUS-8: activities of one opportunity', { timeout: 240_000 }, async () => {
      const id = await stage().enter({ name: '同时有限公司' });
      const { id: opportunity } = await stage().world.create('repA1', 'crm_opportunities', { title: '同时', customer: id });
      for (let round = 1; round <= ROUNDS; round += 1) {
        const month = String(round).padStart(2, '0');
        const call = (day: number) => ({
          type: 'call',
          subject: '电话',
          ...(day % 2 ? { opportunity } : { customer: id }),
          done_at: `2026-${month}-${String(day).padStart(2, '0')}T08:00:00Z`,
        });
        // A batch with the latest day holds the customer for a while; whoever waits for it meanwhile has to see that day.
        const batch = Array.from({ length: 12 }, (_, index) => call(28 - index));
        await everyRow(5, (index) => stage().post('crm_activities', index ? call(index) : batch));
        const { data } = (await stage().world.as.repA1.request('GET', `/items/crm_customers/${id}?fields=last_activity_at`)).body;
        expect(data.last_activity_at).toBe(`2026-${month}-28T08:00:00.000Z`);
      }
    });

    test('CUS-5: a contact that two people move to different customers counts where it hangs', { timeout: 240_000 }, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const [from, one, other] = [
          await stage().enter({ ...stage().complete(), contacts: [LI] }),
          await stage().enter(stage().complete()),
          await stage().enter(stage().complete()),
        ];
        const { id } = await stage().world.host.database('crm_contacts').where({ customer: from }).first('id');
        await everyRow(2, (index) => stage().patch('crm_contacts', id, { customer: [one, other][index] }));
        for (const customer of [from, one, other]) expect(await recounted(customer)).toBe(0);
        const active = await stage().world.host.database('crm_customers').whereIn('id', [from, one, other]).where({ status: 'active' });
        expect(active).toHaveLength(1);
      }
    });

    test('organisations that are put below each other at once form no circle', { timeout: 240_000 }, async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const ring = await everyRow(3, (index) => stage().enter({ name: `环${round}${index}有限公司` }));
        await everyRow(3, (index) => stage().patch('crm_customers', ring[index]!, { parent: ring[(index + 1) % 3] }));
        const parents = await stage().world.host.database('crm_customers').whereIn('id', ring).whereNotNull('parent').pluck('parent');
        expect(parents.length).toBe(2);
      }
    });
  });
}
