import knex, { type Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { insertMany, updateMany } from './bulk-rows.ts';

let database: Knex;
beforeAll(async () => {
  database = knex({ client: 'sqlite3', connection: { filename: ':memory:' }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
  await database.schema.createTable('things', (table) => {
    table.string('id').primary();
    table.string('text');
    table.dateTime('moment');
    table.boolean('yes');
    table.decimal('amount', 10, 2);
    table.json('list');
  });
});
afterAll(() => database.destroy());

const AT = new Date('2026-02-03T04:05:06.789Z');
const rows = [
  { id: 'a', text: `'"\\ 北京 😀 {"x":1}`, moment: AT, yes: true, amount: '12.50', list: '["a",1]' },
  { id: 'b', text: '', moment: null, yes: false, amount: 3, list: null },
  { id: 'c', text: 'NUL \0 here', moment: AT, yes: null, amount: -0.5, list: '{}' },
  { id: 'd', text: String.raw`not one: \u0000 \ud800`, moment: AT, yes: true, amount: null, list: '"x"' },
];
const stored = () => database('things').orderBy('id');

test('B7: many rows in one value stand as rows inserted one by one', async () => {
  for (const row of rows) await database('things').insert(row);
  const slow = await stored();
  await database('things').delete();
  const given = [...(await insertMany(database, 'things', rows.slice(0, 2), { json: ['list'], returning: true }))];
  for (const row of rows.slice(2)) given.push(...(await insertMany(database, 'things', [row], { json: ['list'], returning: true })));
  expect(await stored()).toEqual(slow);
  expect(given.sort((one, other) => (String(one['id']) < String(other['id']) ? -1 : 1))).toEqual(slow);
  expect(await insertMany(database, 'things', [])).toEqual([]);
});

test('B7: what all rows say alike stands in each of them', async () => {
  const before = await stored();
  const alike = { text: `'"\\ 北京 {"x":1}`, moment: AT, yes: true, amount: '12.50', list: '{"a":"1"}' };
  const odd = { ...alike, text: 'NUL \0 in all' };
  const some = [undefined, null, 'x'].map((text, at) => ({ id: `s${at}`, ...alike, text }));
  const twins = ['f', 'g', 'h'].map((id) => ({ id, ...alike }));
  const odds = ['o', 'p'].map((id) => ({ id, ...odd }));
  for (const rows of [twins, odds, some]) {
    await database('things').delete();
    for (const row of rows) await database('things').insert({ ...row, text: row.text ?? null });
    const slow = await stored();
    await database('things').delete();
    expect(await insertMany(database, 'things', rows, { json: ['list'], returning: true })).toHaveLength(rows.length);
    expect(await stored()).toEqual(slow);
  }
  await database('things').delete();
  await database.schema.createTable('notes', (table) => void table.string('text'));
  await insertMany(database, 'notes', [{ text: 'same' }, { text: 'same' }]);
  expect(await database('notes')).toEqual([{ text: 'same' }, { text: 'same' }]);
  await updateMany(database, 'things', [{ id: 'nobody', text: 'x' }], ['text']);
  await database('things').insert(before);
  await updateMany(
    database,
    'things',
    before.map(({ id }) => ({ id, text: 'one for all', amount: 7 })),
    ['text', 'amount'],
  );
  expect((await stored()).map(({ text, amount }) => [text, amount])).toEqual(before.map(() => ['one for all', 7]));
  await database('things').delete();
  await database('things').insert(before);
});

test('B7: each row gets its own values, and others none', async () => {
  await updateMany(
    database,
    'things',
    [
      { id: 'a', text: 'new a', moment: null },
      { id: 'b', text: 'new b', moment: AT },
    ],
    ['text', 'moment'],
  );
  await updateMany(database, 'things', [{ id: 'c', text: 'x\0y' }], ['text']);
  await updateMany(database, 'things', [{ id: 'c', list: ['z'] }], ['list'], { json: ['list'] });
  const [a, b, c, d] = await stored();
  expect([a.text, a.moment, a.amount, b.text, b.moment]).toEqual(['new a', null, 12.5, 'new b', AT.getTime()]);
  expect([c.text, c.list, d.text]).toEqual(['x\0y', '["z"]', rows[3]!.text]);
});
