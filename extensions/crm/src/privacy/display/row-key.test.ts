import type { ComponentInternalInstance } from 'vue';
import { describe, expect, it } from 'vitest';
import { rowKeyOf } from './row-key.ts';

/** A display below the given components, the outermost first. */
const below = (...above: object[]) =>
  above.reduce<object | null>((parent, props) => ({ parent, props }), null) as ComponentInternalInstance | null;
const inside = (...above: object[]) => below(...above, { collection: 'of the display itself' });

const ROW = { item: { id: 'c1', phone: '138****8000' } };

describe('Q11: a call from a list is a call to the row of that list', () => {
  it.each([
    ['a column of the list', [{ collection: 'crm_contacts' }, {}, ROW, {}], 'c1'],
    ['a row that says itself of what it is', [{ collection: 'crm_customers' }, { ...ROW, collection: 'crm_contacts' }], 'c1'],
    ['`contact.phone` in a list of others', [{ collection: 'crm_activities' }, ROW], null],
    ['a row of others that says so', [{ collection: 'crm_contacts' }, { ...ROW, collection: 'crm_activities' }], null],
    ['`parent.phone` in a list of the same kind', [{ collection: 'crm_contacts' }, { item: { id: 'c1', phone: '139****0000' } }], null],
    [
      'a related row without its key',
      [{ collection: 'crm_contacts' }, ROW, { item: { phone: '138****8000' }, collection: 'crm_contacts' }],
      null,
    ],
    ['no list at all', [{ collection: 'crm_contacts' }], null],
    ['nothing that says which list', [ROW], null],
  ] as const)('%s', (_name, above, key) => {
    expect(rowKeyOf(inside(...above), { collection: 'crm_contacts', field: 'phone', value: '138****8000' })).toBe(key);
  });
});
