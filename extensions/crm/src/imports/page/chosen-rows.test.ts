import { expect, test } from 'vitest';
import { chosenRows, MOST_CHOSEN } from './chosen-rows.ts';

const id = (at: number) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const read = (query: string) => chosenRows(query, ['crm_customers', 'crm_leads']);

test('IMP-5: an address names the rows of an export, each once, and nothing that is no row', () => {
  expect(read(`?collection=crm_leads&ids=${id(1)},${id(2).toUpperCase()},${id(1)},x,`)).toEqual({
    collection: 'crm_leads',
    ids: [id(1), id(2)],
    isTooMany: false,
  });
  expect(read('?collection=crm_leads')).toEqual({ collection: 'crm_leads', ids: [], isTooMany: false });
  for (const query of ['', `?ids=${id(1)}`, `?collection=directus_users&ids=${id(1)}`])
    expect([query, read(query)]).toEqual([query, { collection: '', ids: [], isTooMany: false }]);
});

test('IMP-5: more rows than an address carries are refused whole, not cut', () => {
  const all = Array.from({ length: MOST_CHOSEN + 1 }, (_, at) => id(at));
  expect(read(`?collection=crm_leads&ids=${all.join(',')}`)).toEqual({ collection: 'crm_leads', ids: [], isTooMany: true });
  expect(read(`?collection=crm_leads&ids=${all.slice(1).join(',')}`).ids).toHaveLength(MOST_CHOSEN);
});
