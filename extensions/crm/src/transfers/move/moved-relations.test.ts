import { expect, test } from 'vitest';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { pathsBelow, segmentLinks, treeLinks } from '../../segments/index.ts';

/** What becomes of each reference to a person on a row that moves: the owner changes, authorship stays as it was (design.md 2). */
const OF_PEOPLE: Readonly<Record<string, 'owner' | 'authorship' | 'transfer'>> = {
  owner: 'owner',
  user_created: 'authorship',
  user_updated: 'authorship',
  assigned_by: 'authorship',
  done_by: 'authorship',
  changed_by: 'authorship',
  by: 'authorship',
  acting_for: 'authorship',
  decided_by: 'authorship',
  requested_by: 'authorship',
  executed_by: 'authorship',
  from_owner: 'authorship',
  to_owner: 'transfer',
  named_owner: 'transfer',
};

const moving = new Set(['crm_customers', ...pathsBelow('crm_customers').map((path) => path.at(-1)!.collection)]);

test('ORG-3: every collection of a customer’s tree is reached from the customer, whatever the model grows by', () => {
  for (const { collection, parent } of treeLinks()) expect(moving.has(collection), `${collection} below ${parent}`).toBe(true);
});

test('ORG-3: every reference to a person on a row that moves has an answer', () => {
  const unanswered = [...moving].flatMap((collection) =>
    Object.entries(COLLECTIONS[collection]!.fields)
      .filter(([field, { relation }]) => relation?.kind === 'user' && !(field in OF_PEOPLE))
      .map(([field]) => `${collection}.${field}`),
  );
  expect(unanswered).toEqual([]);
});

test('ORG-3: a link that must not be empty has a row of the new segment to point at', () => {
  const required = segmentLinks().filter(
    ({ collection, field }) => moving.has(collection) && COLLECTIONS[collection]!.fields[field]!.notNull,
  );
  expect(required.map(({ collection, field }) => `${collection}.${field}`)).toEqual(['crm_opportunities.stage']);
});

test('ORG-2: everything that moves carries segment and owner of its own', () => {
  for (const collection of moving)
    expect(Object.keys(COLLECTIONS[collection]!.fields), collection).toEqual(expect.arrayContaining(['segment', 'owner']));
});
