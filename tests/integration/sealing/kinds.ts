import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Stage } from '../customers/stage.ts';
import { Canaries, openSealed } from './open-sealed.ts';

/** SEC-1: a company's switchboard is readable, a person's number is sealed, and a change of kind seals. */
export function kindsOfCustomers(stage: () => Stage, canaries: Canaries): void {
  const database = () => stage().world.host.database;

  describe('kinds', () => {
    test('SEC-1: a company keeps its switchboard readable; a person and a sole trader do not', async () => {
      const company = await stage().enter({ name: '总机有限公司', phone: '010-65588888' });
      expect(await stage().customer(company)).toMatchObject({ phone: '010-65588888', phone_sealed: null });
      for (const kind of ['person', 'sole_trader']) {
        const phone = canaries.phone();
        const id = await stage().enter({ name: '王五', kind, phone });
        expect((await stage().customer(id))['phone']).toMatch(/\*{4}/);
        expect(await openSealed(database(), 'crm_customers', id, 'phone')).toBe(phone);
      }
    });

    test('SEC-1: who becomes a person is sealed in the same transaction, history included; back to a company opens nothing', async () => {
      const phone = canaries.phone();
      const id = await stage().enter({ name: '个人工作室', phone });
      expect((await stage().customer(id))['phone']).toBe(phone);
      expect((await stage().patch('crm_customers', id, { kind: 'person' })).status).toBe(200);
      expect((await stage().customer(id))['phone']).toMatch(/\*{4}/);
      expect(await openSealed(database(), 'crm_customers', id, 'phone')).toBe(phone);
      const history = await database()('directus_revisions').where({ collection: 'crm_customers', item: id }).select('data', 'delta');
      expect(history.length).toBeGreaterThan(1);
      expect(canaries.in(JSON.stringify(history))).toEqual([]);
      expect((await stage().patch('crm_customers', id, { kind: 'company' })).status).toBe(200);
      expect((await stage().customer(id))['phone']).toMatch(/\*{4}/);
    });

    test('SEC-1: kind and number in one form', async () => {
      const [first, second] = [canaries.phone(), canaries.phone()];
      const id = await stage().enter({ name: '合并表单', phone: '010-65588888' });
      expect((await stage().patch('crm_customers', id, { kind: 'person', phone: first })).status).toBe(200);
      expect(await openSealed(database(), 'crm_customers', id, 'phone')).toBe(first);
      expect((await stage().patch('crm_customers', id, { phone: second })).status).toBe(200);
      expect(await openSealed(database(), 'crm_customers', id, 'phone')).toBe(second);
      expect((await stage().patch('crm_customers', id, { kind: 'company', phone: '010-65588888' })).status).toBe(200);
      expect(await stage().customer(id)).toMatchObject({ phone: '010-65588888', phone_sealed: null });
    });

    test('SEC-1: a number that is written while somebody makes the customer a person never stays in clear', async () => {
      for (let round = 0; round < 6; round += 1) {
        const id = await stage().enter({ name: '同时修改', phone: '010-65588888' });
        const phone = canaries.phone();
        const [kind, number] = await Promise.all([
          stage().patch('crm_customers', id, { kind: 'person' }),
          stage().patch('crm_customers', id, { phone }),
        ]);
        expect(kind.status, kind.text).toBe(200);
        expect([200, 409]).toContain(number.status);
        const row = await stage().customer(id);
        expect(row['phone']).toMatch(/\*{4}/);
        expect(String(row['phone_index'])).not.toContain('~');
        // Whoever wrote first wrote a switchboard, which then became a person's: masked like the rest.
        const history = await database()('directus_revisions').where({ collection: 'crm_customers', item: id }).select('data', 'delta');
        expect(canaries.in(JSON.stringify(history))).toEqual([]);
      }
    });

    test('SEC-1: the database’s own file lets go of the number at once (SQLite)', async () => {
      const { host } = stage().world;
      if (host.env['DB_CLIENT'] !== 'sqlite3') return;
      const own = new Canaries();
      const { repA1 } = stage().world.as;
      for (let round = 0; round < 4; round += 1) {
        const rows = Array.from({ length: 20 }, (_, nth) => ({ name: `改为个人 ${round}-${nth}`, phone: own.phone() }));
        const made = await repA1.request<{ data: { id: string }[] }>('POST', '/items/crm_customers', rows);
        expect(made.status, made.text).toBe(200);
        const keys = made.body.data.map(({ id }) => id);
        expect(own.in(JSON.stringify(await host.database('crm_customers').whereIn('id', keys)))).toHaveLength(20);
        expect((await repA1.request('PATCH', '/items/crm_customers', { keys, data: { kind: 'person' } })).status).toBe(200);
      }
      for (const name of readdirSync(host.dataDir).filter((file) => file.startsWith('crm.db')))
        expect(own.in(readFileSync(join(host.dataDir, name), 'latin1')), name).toEqual([]);
    });

    test('one switchboard for several companies is no personal number', async () => {
      const keys = [await stage().enter({ name: '一分公司' }), await stage().enter({ name: '二分公司' })];
      const bulk = () => stage().world.as.repA1.request('PATCH', '/items/crm_customers', { keys, data: { phone: '010-65588888' } });
      expect((await bulk()).status).toBe(200);
      expect(await database()('crm_customers').whereIn('id', keys).pluck('phone')).toEqual(['010-65588888', '010-65588888']);
      await stage().patch('crm_customers', keys[1]!, { kind: 'person' });
      expect((await bulk()).status).toBe(400);
    });
  });
}
