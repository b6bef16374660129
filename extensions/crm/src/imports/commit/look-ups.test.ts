import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Work } from './import-record.ts';
import { loadLookUps, takeDeal } from './look-ups.ts';

const TAG = '11111111-1111-4111-8111-111111111111';
let database: Knex;
beforeAll(async () => {
  database = knex({ client: 'sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
  await database.schema.createTable('crm_tags', (table) => {
    table.string('id').primary();
    table.boolean('active');
  });
  await database.schema.createTable('crm_user_segments', (table) => {
    table.string('crm_user');
    table.string('crm_segment');
  });
  await database.schema.createTable('directus_users', (table) => {
    for (const column of ['id', 'role', 'status', 'crm_segment']) table.string(column);
  });
  await database('crm_tags').insert({ id: TAG, active: true });
});
afterAll(() => database.destroy());

test('CUS-6: a tag that is switched off while an import runs is none for the lines that are written after that', async () => {
  const work = { database, today: '2026-11-22', record: { segment: 'a' } } as unknown as Work;
  const named = (target: string) => (target === 'tags' ? [TAG] : []);
  expect([...(await loadLookUps(work, named)).tags]).toEqual([TAG]);
  await database('crm_tags').update({ active: false });
  expect([...(await loadLookUps(work, named)).tags]).toEqual([]);
});

describe('SAL-7, ADR 0028: a deal that was won and waits for its order', () => {
  const won = { id: 'won', waits: true };
  const open = { id: 'open', waits: false };
  const left = (deal: typeof won, values: object, stored: object | null = null) => {
    const deals = new Map([['c', [deal]]]);
    takeDeal({ deals }, { stored: stored as never, values: { customer: 'c', opportunity: deal.id, ...values } });
    return deals.get('c');
  };

  test.each([
    ['is taken by the first new order that stands', won, {}, null, []],
    ['waits on after a cancelled one', won, { status: 'cancelled' }, null, [won]],
    ['waits on after one that belongs to another deal', won, { opportunity: 'other' }, null, [won]],
    ['waits on after an order that is only written over', won, {}, { id: 'o' }, [won]],
    ['is none of those that are open, which have as many orders as they like', open, {}, null, [open]],
  ])('%s', (_, deal, values, stored, expected) => {
    expect(left(deal, values, stored)).toEqual(expected);
  });
});
