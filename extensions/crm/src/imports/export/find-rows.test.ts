import { expect, test } from 'vitest';
import type { Row } from '../../platform/api/host.ts';
import type { CallerRows } from './caller-rows.ts';
import { findRows, readRows, sampleOf } from './find-rows.ts';
import { exportRefusal } from './refuse.ts';

/** A table in memory that answers as the host does, with at most so many rows a page. */
function tableOf(rows: Row[]) {
  const asked: number[] = [];
  const page = (query: object, fits: (row: Row) => boolean) => {
    const { limit, filter } = query as { limit: number; filter?: { id?: { _in?: string[] } } };
    const named = filter?.id?._in;
    const found = rows.filter((row) => fits(row) && (!named || named.includes(String(row['id'])))).slice(0, limit);
    asked.push(found.length);
    return Promise.resolve(found);
  };
  const caller: CallerRows = {
    read: (query) => page(query, () => true),
    readBehind: (key, query) => page({ ...query, filter: {} }, ({ id }) => String(id) > key),
    stillMay: () => Promise.resolve(),
  };
  return { rows, caller, asked };
}

const many = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ id: `id-${String(at).padStart(6, '0')}`, name: `n${count - at}` }));
const refusing = (most: number) => ({ tooMany: exportRefusal('too_many_rows', 'zh-CN', { most }), language: 'zh-CN' as const });
const all = { filter: null, search: null, sort: [] };

test('IMP-5: every row once, whichever number of pages they fill', async () => {
  for (const count of [0, 1, 999, 1000, 1001, 2000, 2500]) {
    const { caller } = tableOf(many(count));
    const found = await findRows(caller, all, 10_000, refusing(10_000));
    expect([count, new Set(found).size, found.length]).toEqual([count, count, count]);
  }
});

test('SEC-5: one row more than somebody may take ends the search at once', async () => {
  const { caller, asked } = tableOf(many(5000));
  await expect(findRows(caller, all, 1500, refusing(1500))).rejects.toMatchObject({ extensions: { reason: 'too_many_rows', most: 1500 } });
  expect(asked).toEqual([1000, 1000]);
  expect(await findRows(tableOf(many(1500)).caller, all, 1500, refusing(1500))).toHaveLength(1500);
});

test('IMP-5: rows keep the order of the search, and what is gone meanwhile is left out', async () => {
  const { rows, caller } = tableOf(many(450));
  const sort = [{ path: 'name', descending: true, numeric: false }];
  const ids = await findRows(caller, { filter: null, search: null, sort }, 1000, refusing(1000));
  rows.splice(10, 5);
  const read: string[] = [];
  for await (const page of readRows(caller, ids, ['name'])) read.push(...page.map(({ id }) => String(id)));
  expect(read).toEqual(ids.filter((id) => rows.some((row) => row['id'] === id)));
  expect(read).toHaveLength(445);
});

test('IMP-5: where the first rows are gone meanwhile, the next one says which columns there are', async () => {
  const { rows, caller } = tableOf(many(450));
  const ids = rows.map(({ id }) => String(id));
  rows.splice(0, 230);
  expect(await sampleOf(caller, ids)).toEqual(rows[0]);
  rows.length = 0;
  expect(await sampleOf(caller, ids)).toBeNull();
});
