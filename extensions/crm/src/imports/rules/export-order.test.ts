import { expect, test } from 'vitest';
import { orderRows, readSort, typeAt, valueAt } from './export-order.ts';

const rows = (...values: unknown[]) => values.map((value, at) => ({ id: `id${at}`, values: [value] }));
const keys = (sort: string, numeric = false) => readSort([sort], () => (numeric ? 'decimal' : 'string'))!;

test('IMP-5: rows come in the order of the list: texts as the language has them, numbers by size, what is empty last', () => {
  expect(orderRows(rows('张', '李', null, '安'), keys('name'), 'zh-CN')).toEqual(['id3', 'id1', 'id0', 'id2']);
  expect(orderRows(rows('9.00', '10.00', null, '-1'), keys('amount', true), 'zh-CN')).toEqual(['id3', 'id0', 'id1', 'id2']);
  expect(orderRows(rows('9.00', '10.00', null, '-1'), keys('-amount', true), 'zh-CN')).toEqual(['id1', 'id0', 'id3', 'id2']);
  expect(orderRows(rows('2026-01-02', '2025-12-31'), keys('due_on'), 'en-US')).toEqual(['id1', 'id0']);
  expect(orderRows(rows(true, false), keys('flag'), 'en-US')).toEqual(['id1', 'id0']);
  expect(orderRows(rows('b', 'a'), [], 'en-US')).toEqual(['id0', 'id1']);
});

test('IMP-5: equal rows keep one order, whichever came first', () => {
  const same = [
    { id: 'b', values: ['x'] },
    { id: 'a', values: ['x'] },
  ];
  expect(orderRows(same, keys('name'), 'en-US')).toEqual(['a', 'b']);
  expect(orderRows([...same].reverse(), keys('name'), 'en-US')).toEqual(['a', 'b']);
});

test('an order is fields and fields of linked rows, nothing else', () => {
  expect(readSort(['-owner.last_name', 'name'], (path) => (path === 'name' ? 'integer' : 'string'))).toEqual([
    { path: 'owner.last_name', descending: true, numeric: false },
    { path: 'name', descending: false, numeric: true },
  ]);
  for (const sort of ['year(due_on)', 'a.b.c.d', '', '*', '$FOLLOW(a,b)'])
    expect([sort, readSort([sort], () => 'string')]).toEqual([sort, null]);
  expect(valueAt({ owner: { name: 'x' } }, 'owner.name')).toBe('x');
  expect(valueAt({ owner: null }, 'owner.name')).toBeNull();
  expect(valueAt({}, 'constructor')).toBeNull();
});

test('IMP-5, F16: an order ends at a step to many rows; numbers of linked rows are ordered by size', () => {
  const fields = (types: Record<string, string>) => ({
    fields: Object.fromEntries(Object.entries(types).map(([field, type]) => [field, { type }])),
  });
  const schema = {
    collections: {
      deals: fields({ amount: 'decimal', customer: 'uuid', file: 'uuid' }),
      customers: fields({ name: 'string', employees: 'integer', contacts: 'alias' }),
      contacts: fields({ customer: 'uuid', notes: 'text' }),
    },
    relations: [
      { collection: 'deals', field: 'customer', related_collection: 'customers' },
      { collection: 'contacts', field: 'customer', related_collection: 'customers' },
      { collection: 'deals', field: 'file', related_collection: null },
    ],
  };
  const typeOf = (path: string) => typeAt(schema, 'deals', path);
  expect(['amount', 'customer', 'customer.employees', 'customer.name'].map(typeOf)).toEqual(['decimal', 'uuid', 'integer', 'string']);
  for (const path of ['customer.contacts.notes', 'customer.contacts', 'file.name', 'amount.name'])
    expect([path, readSort([path], typeOf)]).toEqual([path, null]);
  expect(readSort(['-customer.employees'], typeOf)).toEqual([{ path: 'customer.employees', descending: true, numeric: true }]);
  // The host says of these what it says of a field that the caller does not read.
  for (const path of ['secret', 'customer.secret', 'secret.name', 'constructor'])
    expect([path, readSort([path], typeOf)]).toEqual([path, [{ path, descending: false, numeric: false }]]);
});
