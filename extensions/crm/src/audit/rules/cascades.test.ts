import { describe, expect, it } from 'vitest';
import { graphqlCascades, relationCascades, schemaCascades, type OwnKeys } from './cascades.ts';

const KEYS: OwnKeys = {
  isOurs: (collection) => collection.startsWith('crm_'),
  cascades: (collection, field) => `${collection}.${field}` === 'crm_lines.order',
};
const relation = (collection: string, schema: object | null, field = 'lever') => ({ collection, field, related_collection: 'x', schema });
const applied = (...relations: object[]) => ({ hash: 'x', diff: { collections: [], fields: [], relations } });

describe('SEC-3: no row of ours goes with one of somebody else’s', () => {
  it.each([
    [relation('crm_contacts', { on_delete: 'CASCADE' }), true],
    [relation('crm_contacts', { on_delete: 'set null on update cascade' }), true],
    [relation('crm_contacts', { on_update: 'cascade' }), true],
    [relation('crm_contacts', { on_delete: 'SET NULL' }), false],
    [relation('crm_contacts', null), false],
    [relation('lever', { on_delete: 'CASCADE' }), false],
    [relation('crm_lines', { on_delete: 'CASCADE' }, 'order'), false],
    [relation('crm_lines', { on_delete: 'CASCADE' }, 'lever'), true],
    ['no relation', false],
  ])('a relation %j: %s', (body, expected) => expect(relationCascades(body, KEYS)).toBe(expected));

  it.each([
    [{ collection: 'crm_contacts', field: 'lever', diff: [{ kind: 'N', rhs: relation('crm_contacts', { on_delete: 'CASCADE' }) }] }, true],
    [{ collection: 'x', field: 'y', diff: [{ kind: 'N', rhs: relation('crm_contacts', { on_delete: 'CASCADE' }) }] }, true],
    [{ collection: 'crm_contacts', field: 'lever', diff: [{ kind: 'E', path: ['schema', 'on_delete'], rhs: 'CASCADE' }] }, true],
    [{ collection: 'crm_contacts', field: 'lever', diff: [{ kind: 'N', path: ['schema'], rhs: { on_delete: 'CASCADE' } }] }, true],
    [{ collection: 'crm_contacts', field: 'lever', diff: [{ kind: 'E', path: ['meta', 'one_field'], rhs: 'cascade' }] }, false],
    [{ collection: 'lever', field: 'x', diff: [{ kind: 'E', path: ['schema', 'on_delete'], rhs: 'CASCADE' }] }, false],
  ])('/schema/apply with %j: %s', (entry, expected) => expect(schemaCascades(applied(entry), KEYS)).toBe(expected));

  it.each([
    ['mutation { create_relations_item(data: {collection: "crm_x", schema: {on_delete: "CASCADE"}}) { field } }', null, true],
    [
      'mutation ($d: x) { update_relations_item(data: $d) { field } }',
      { d: { collection: 'crm_x', schema: { on_delete: 'Cascade' } } },
      true,
    ],
    ['mutation { create_relations_item(data: {collection: "crm_x", schema: {on_delete: "SET NULL"}}) { field } }', null, false],
    ['mutation { create_relations_item(data: {collection: "lever", schema: {on_delete: "CASCADE"}}) { field } }', null, false],
    ['query { relations { collection } } # crm_x cascade', null, false],
  ])('GraphQL %s', (text, variables, expected) => expect(graphqlCascades(text, variables)).toBe(expected));
});
