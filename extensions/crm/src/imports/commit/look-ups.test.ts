import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Work } from './import-record.ts';
import { loadLookUps } from './look-ups.ts';

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
