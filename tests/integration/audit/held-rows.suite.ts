import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { expect, it } from 'vitest';
import type { Changes } from '../../../extensions/crm/src/audit/changes.ts';
import { withLast } from '../../../extensions/crm/src/audit/journal.ts';
import { provideChangeLog, updateLogged } from '../../../extensions/crm/src/platform/api/change-log.ts';
import type { World } from '../access/world.ts';
import { entriesOf, lastEntry } from './log.ts';

const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

/** Our own set-based writes beside somebody else's: PostgreSQL runs two at once, SQLite has one writer. */
export function heldRows(the: () => World, changes: Changes): void {
  const only = (id: string) => (rows: Knex.QueryBuilder) => rows.where({ id });

  it('SEC-3: a set-based write waits for somebody else’s change and does not sign it', async () => {
    provideChangeLog(changes);
    const { create, host } = the();
    const { id } = await create('repA1', 'crm_customers', { name: '并发一有限公司' });
    const first = await host.database.transaction();
    await updateLogged(first, 'crm_customers', only(id), { needs: '甲' });
    const second = host.database.transaction((other) => updateLogged(other, 'crm_customers', only(id), { short_name: '乙' }));
    await soon();
    await first.commit();
    await second;
    const [, one, two] = await entriesOf(the(), { item: id });
    expect([one, two].map((entry) => [entry!.nth, entry!.before, entry!.after])).toEqual([
      [2, { needs: null }, { needs: '甲' }],
      [3, { short_name: null }, { short_name: '乙' }],
    ]);
  });

  it('SEC-3: what no longer fits when it is held is neither written nor logged', async () => {
    provideChangeLog(changes);
    const { create, host, row } = the();
    const { id } = await create('repA1', 'crm_customers', { name: '并发二有限公司' });
    const first = await host.database.transaction();
    await first('crm_customers').where({ id }).update({ needs: '甲' });
    const unmet = (rows: Knex.QueryBuilder) => rows.where({ id }).whereNull('needs');
    const second = host.database.transaction((other) => updateLogged(other, 'crm_customers', unmet, { short_name: '乙', needs: '丙' }));
    await soon();
    await first.commit();
    await second;
    expect(await row('crm_customers', id)).toMatchObject({ needs: '甲', short_name: null });
    expect((await entriesOf(the(), { item: id })).map(({ action }) => action)).toEqual(['create']);
  });

  it('B1: the last number of a row is one step in an index, however many entries it has', async () => {
    const { create, host } = the();
    const { id } = await create('repA1', 'crm_customers', { name: '很多条目有限公司' });
    const { id: _id, ...like } = await host.database('crm_audit').where({ item: id }).first();
    const many = Array.from({ length: 5000 }, (_, n) => ({
      ...like,
      // In a block already, so that the sealer leaves them alone.
      ...{ id: randomUUID(), nth: n + 2, before: null, after: null, block: 0, item: n % 2 ? id : randomUUID() },
    }));
    await host.database.batchInsert('crm_audit', many, 100);
    await host.database.raw('ANALYZE');
    const query = withLast(host.database, 'crm_customers').whereIn('standing.id', [id]).toQuery();
    const { rows } = await host.database.raw(`EXPLAIN ANALYZE ${query}`);
    const plan = (rows as Record<string, string>[]).map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).not.toMatch(/Seq Scan on "?crm_audit/);
    expect(plan).toMatch(/Index (Only )?Scan Backward using \S+ on crm_audit .*rows=1(\.00)? loops=1/);
    await host
      .database('crm_audit')
      .whereIn(
        'id',
        many.map((entry) => entry.id),
      )
      .delete();
    expect(await lastEntry(the(), { item: id })).toMatchObject({ nth: 1 });
  }, 60_000);
}
