import { describe, expect, it } from 'vitest';
import { queryOfChange } from './by-query.ts';
import { staysOpen, tellsNothing } from './closed-paths.ts';

describe('F1: what stays open while isolation cannot be vouched for', () => {
  it.each([
    ['sales_rep', 'POST', '/auth/login', true],
    ['sales_rep', 'GET', '/users/me', true],
    ['sales_rep', 'GET', '/users', false],
    ['sales_rep', 'GET', '/revisions', false],
    ['sales_rep', 'GET', '/items/crm_customers', false],
    ['sales_rep', 'POST', '/graphql', false],
    ['sales_rep', 'GET', '/dashboards', true],
    ['sales_rep', 'GET', '/notifications/1', false],
    ['system_admin', 'GET', '/crm/doctor', true],
    ['system_admin', 'GET', '/users', true],
    ['system_admin', 'PATCH', '/users', false],
    ['system_admin', 'GET', '/crmx', false],
  ] as const)('%s %s %s: %s', (role, method, path, open) => expect(staysOpen(role, method, path)).toBe(open));

  it.each([
    [['*', 'avatar.id', 'role.name'], true],
    [undefined, true],
    [['*.*'], false],
    [['crm_team.name'], false],
    [['role.users.email'], false],
  ])('reading %j stays on the row: %s', (fields, stays) => expect(tellsNothing('directus_users', fields ? { fields } : {})).toBe(stays));

  const inbox = { _and: [{ recipient: { _eq: 'me' } }, { status: { _eq: 'inbox' } }] };
  it.each([
    ['the figure at the bell', { aggregate: { count: ['id'] }, filter: inbox }, true],
    ['the messages', { filter: inbox }, false],
    ['a figure about their texts', { aggregate: { count: ['id'] }, filter: { message: { _contains: 'x' } } }, false],
    ['a search', { aggregate: { count: ['id'] }, search: 'x' }, false],
    ['the largest', { aggregate: { max: ['id'] } }, false],
  ])('of notifications %s: %s', (_name, query, open) => expect(tellsNothing('directus_notifications', query)).toBe(open));
});

describe('LEAK 2: the filter of a change by query', () => {
  it.each([
    [{ query: { filter: { a: { _eq: 1 } } } }, { filter: { a: { _eq: 1 } } }],
    [{ query: { filter: '{"a":{"_eq":1}}', sort: 'a,-b' } }, { filter: { a: { _eq: 1 } }, sort: ['a', '-b'] }],
    [{ query: {} }, { sort: null }],
  ])('%j is read as the host reads it', (body, query) => expect(queryOfChange(body)).toMatchObject(query));
  it.each([[{ query: 'x' }], [{ query: { filter: '{' } }], [{ query: { filter: '{}', sort: [1] } }], [[]]])('%j cannot be judged', (body) =>
    expect(queryOfChange(body)).toBeNull(),
  );
});
