import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonName } from '../access/world.ts';
import type { LeadScene } from './scene.ts';

/** SAL-9: leads that the company supplies go to the rep of the region with the fewest open ones. */
export function routingOfLeads(scene: () => LeadScene): void {
  describe('routing', () => {
    const database = () => scene().world.host.database;
    const supplied = async (code = '330100') => ({
      ...{ source: 'company', grade: 'A', status: 'qualified', region: await scene().region(code) },
    });
    async function route(user: PersonName, code: string | null, more: Record<string, unknown> = {}): Promise<void> {
      const { world, region } = scene();
      const row = { id: randomUUID(), user: world.id[user], region: code && (await region(code)), active: true, segment: world.segment.a };
      await database()('crm_lead_routes').insert({ ...row, ...more });
    }
    beforeEach(async () => {
      const { world } = scene();
      await database()('crm_leads').where({ segment: world.segment.a }).update({ status: 'lost' });
    });
    afterEach(() => database()('crm_lead_routes').delete());

    it('SAL-9: it goes to the closest region, and among equals to the least loaded, in the write that supplies it', async () => {
      const { enter, lead, allocations, world } = scene();
      await route('repA1', '330000');
      await route('repA2', null);
      const id = await enter('adminA', await supplied());
      expect(await lead(id)).toMatchObject({ owner: world.id.repA1, status: 'allocated' });
      expect(await allocations(id)).toMatchObject([{ how: 'routed', to_owner: world.id.repA1, by: world.id.adminA, open_leads: 0 }]);
      const elsewhere = await enter('adminA', await supplied('320100'));
      expect((await lead(elsewhere))['owner']).toBe(world.id.repA2);
      await route('repA2', '330000');
      const owners: unknown[] = [];
      for (let n = 0; n < 3; n += 1) owners.push((await lead(await enter('adminA', await supplied())))['owner']);
      expect(owners.map((owner) => (owner === world.id.repA1 ? 1 : 2))).toEqual(
        [1, 2, 1].map((n) => (owners[0] === world.id.repA1 ? n : 3 - n)),
      );
    });

    it('SAL-1, SAL-9: it waits until it is graded, and is routed by the write that grades it', async () => {
      const { enter, lead, patch, world } = scene();
      await route('repA1', null);
      const id = await enter('adminA', { ...(await supplied()), grade: null });
      expect(await lead(id)).toMatchObject({ owner: null, status: 'qualified' });
      expect((await patch('adminA', id, { grade: 'C' })).status).toBe(200);
      expect(await lead(id)).toMatchObject({ owner: world.id.repA1, status: 'allocated' });
    });

    it('SAL-9: whoever has enough, is not active or left the segment gets none; then the segment’s admins are told without a word of the lead', async () => {
      const { enter, lead, world, allocate } = scene();
      await route('repA1', '330000', { most_open: 1 });
      await route('repA2', '330000', { active: false });
      await route('repB', '330000');
      const first = await enter('adminA', await supplied());
      const second = await enter('adminA', { ...(await supplied()), title: '机密线索' });
      expect((await lead(first))['owner']).toBe(world.id.repA1);
      expect((await lead(second))['owner']).toBeNull();
      const told = await database()('directus_notifications').where({ item: second });
      expect(told.map(({ recipient }) => recipient)).toEqual([world.id.adminA]);
      expect(JSON.stringify(told)).not.toContain('机密线索');
      expect((await allocate('adminA', second, { owner: 'route' })).status).toBe(409);
      await database()('directus_users').where({ id: world.id.repA1 }).update({ status: 'suspended' });
      try {
        await database()('crm_lead_routes').update({ most_open: null });
        expect((await lead(await enter('adminA', await supplied())))['owner']).toBeNull();
      } finally {
        await database()('directus_users').where({ id: world.id.repA1 }).update({ status: 'active' });
      }
      const routed = await allocate('adminA', second, { owner: 'route' });
      expect([routed.status, routed.body]).toMatchObject([200, { owner: world.id.repA1 }]);
    });

    it('SAL-10: with the switch on the routing asks for the approval', async () => {
      const { enter, lead, switchOn, world } = scene();
      await route('repA1', null);
      await switchOn(world.segment.a, true);
      try {
        const id = await enter('adminA', await supplied());
        expect((await lead(id))['owner']).toBeNull();
        expect(await database()('crm_approvals').where({ item: id }).select('kind', 'state')).toEqual([
          { kind: 'lead_allocation', state: 'pending' },
        ]);
      } finally {
        await switchOn(world.segment.a, false);
      }
    });

    it('SAL-9: a segment that does not route is left alone, and so is what nobody supplied', async () => {
      const { enter, lead, world } = scene();
      await route('repA1', null);
      expect((await lead(await enter('adminA', { ...(await supplied()), source: 'website', owner: null })))['owner']).toBeNull();
      await database()('crm_segments').where({ id: world.segment.a }).update({ lead_routing: false });
      try {
        expect((await lead(await enter('adminA', await supplied())))['owner']).toBeNull();
      } finally {
        await database()('crm_segments').where({ id: world.segment.a }).update({ lead_routing: true });
      }
    });

    it('SAL-9: leads that come at once are counted one after the other', async () => {
      const { enter, lead, world } = scene();
      await route('repA1', null);
      await route('repA2', null);
      const row = await supplied();
      const ids = await Promise.all(Array.from({ length: 8 }, () => enter('adminA', row)));
      const owners = await Promise.all(ids.map(async (id) => (await lead(id))['owner']));
      expect(owners.filter((owner) => owner === world.id.repA1)).toHaveLength(4);
      expect(owners.filter((owner) => owner === world.id.repA2)).toHaveLength(4);
    });
  });
}
