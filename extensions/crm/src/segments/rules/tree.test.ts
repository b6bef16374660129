import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { fileLinks, judgeParents, parentLinks, pathsBelow, treeLinks } from './tree.ts';

const name = ({ collection, field }: { collection: string; field: string }) => `${collection}.${field}`;

describe('a customer’s tree', () => {
  it('has every tree relation of the model as a parent of its row, so that a new one cannot be forgotten', () => {
    const parents = Object.keys(COLLECTIONS).flatMap((collection) => parentLinks(collection).map(name));
    expect(parents.sort()).toEqual(treeLinks().map(name).sort());
  });

  it('is reached whole from the customer', () => {
    const reached = new Set(pathsBelow('crm_customers').map((path) => name(path.at(-1)!)));
    expect([...reached].sort()).toEqual(treeLinks().map(name).sort());
  });

  it('has every owned collection in it, save what can only stand alone', () => {
    const inTree = new Set(treeLinks().map(({ collection }) => collection));
    const alone = Object.entries(COLLECTIONS).filter(([collection, { tenancy }]) => tenancy === 'owned' && !inTree.has(collection));
    expect(alone.map(([collection]) => collection).sort()).toEqual([
      'crm_access_requests',
      'crm_customers',
      'crm_disputes',
      'crm_exports',
      'crm_faults',
      'crm_imports',
      'crm_leaves',
      'crm_targets',
      'crm_trips',
    ]);
  });

  it('carries files only on rows that have an owner; a form that group marketing files is nobody’s, and no rep reads one (ACC-8)', () => {
    const withoutOwner = fileLinks().filter(({ collection }) => !COLLECTIONS[collection]?.fields['owner']?.notNull);
    expect([...new Set(withoutOwner.map(({ collection }) => collection))]).toEqual(['crm_access_requests']);
  });

  it('ends: a model whose tree comes back to itself is refused', () => {
    const ring = [
      { collection: 'b', field: 'a', parent: 'a' },
      { collection: 'a', field: 'b', parent: 'b' },
    ];
    expect(() => pathsBelow('a', ring)).toThrow(/comes back/);
  });
});

describe('judgeParents', () => {
  it.each([
    ['crm_activities', 0, null],
    ['crm_activities', 2, 'one_parent_only'],
    ['crm_attachments', 2, 'one_parent_only'],
    ['crm_orders', 0, 'parent_required'],
    ['crm_orders', 2, null],
    ['crm_contracts', 0, 'parent_required'],
    ['crm_leads', 0, null],
  ])('SAL-5: %s with %i parents', (collection, set, outcome) => expect(judgeParents(collection, set)).toBe(outcome));
});
