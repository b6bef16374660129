import { expect, test } from 'vitest';
import type { SchemaOverview } from '../../platform/api/host.ts';
import { comparing, valuesBack } from './compare.ts';

const field = (type: string) => ({ type, alias: false });
const schema = {
  collections: { crm_orders: { fields: { number: field('string'), added: field('string') } } },
} as unknown as SchemaOverview;
const work = { database: null as never, ring: null as never, schema };

test('N6: a column that came or went since the import says nothing of what was edited, and is not put back', async () => {
  const imported = { id: '1', number: 'A-1', gone: 'x' };
  const now = { id: '1', number: 'A-1', added: 'default' };
  const conflictsAt = await comparing(work, [
    { collection: 'crm_orders', imported, now },
    { collection: 'crm_orders', imported, now: { ...now, number: 'A-2' } },
  ]);
  expect(conflictsAt(0)).toEqual([]);
  expect(conflictsAt(1)).toEqual([{ field: 'number', imported: 'A-1', now: 'A-2' }]);
  expect(valuesBack({ ...imported, number: 'A-0', gone: 'y' }, imported, now)).toEqual({ number: 'A-0' });
});
