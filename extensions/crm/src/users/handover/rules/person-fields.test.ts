import { describe, expect, it } from 'vitest';
import { COLLECTIONS, EXTENDED } from '../../../kernel/collections.ts';
import { treeLinks } from '../../../segments/rules/tree.ts';
import { handlingOf, isStamp, PERSON_FIELDS, PERSON_JSON } from './person-fields.ts';

const model = Object.entries({ ...COLLECTIONS, ...EXTENDED }).flatMap(([collection, { fields }]) =>
  Object.entries(fields).map(([field, info]) => ({ name: `${collection}.${field}`, collection, field, info })),
);

describe('what becomes of every reference to a person', () => {
  it('N5: every field of the model that names a person is decided, and none that is gone', () => {
    const people = model.filter(({ field, info }) => info.relation?.to === 'directus_users' && !isStamp(field)).map(({ name }) => name);
    expect(people.filter((name) => !PERSON_FIELDS.has(name))).toEqual([]);
    expect([...PERSON_FIELDS.keys()].filter((name) => !people.includes(name))).toEqual([]);
  });

  it('N5: every JSON of the model is decided', () => {
    const json = model.filter(({ info }) => info.type === 'json').map(({ name }) => name);
    expect(json.filter((name) => !PERSON_JSON.has(name))).toEqual([]);
    expect([...PERSON_JSON.keys()].filter((name) => name.startsWith('crm_') && !json.includes(name))).toEqual([]);
  });

  it('N5: whatever hangs in a tree goes with it', () => {
    const below = [...new Set(treeLinks().map(({ collection }) => collection))];
    expect(below.filter((collection) => PERSON_FIELDS.get(`${collection}.owner`)?.handling !== 'work')).toEqual([]);
  });

  it.each([
    ['crm_customers', 'key_account_manager', [], 'post'],
    ['crm_customers', 'entered_by', ['user-created'], 'author'],
    ['crm_anything_new', 'user_created', [], 'author'],
    ['crm_anything_new', 'manager', [], 'named'],
    ['projects', 'manager', [], 'named'],
    ['projects', 'user_created', ['user-created'], 'author'],
    ['directus_users', 'crm_manager', [], 'named'],
    ['directus_access', 'user', [], 'right'],
    ['directus_presets', 'user', [], 'personal'],
    ['directus_flows', 'user_created', [], 'author'],
    ['directus_files', 'owner', [], 'work'],
  ])('N5: %s.%s, which an administrator or the host brings, is decided: %s → %s', (collection, field, special, handling) => {
    expect(handlingOf({ collection, field, special }).handling).toBe(handling);
  });
});
