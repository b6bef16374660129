import { describe, expect, it } from 'vitest';
import { diffRights } from './diff-rights.ts';
import { describeRights, replay, type RightsEntry, type RightsState } from './rights.ts';

const entry = (collection: string, item: string, action: string, after: Record<string, unknown> | null): RightsEntry => ({
  collection,
  item,
  action,
  after,
});

const FIRST: RightsEntry[] = [
  entry('directus_users', 'u1', 'baseline', {
    id: 'u1',
    first_name: '李',
    email: 'li@example.com',
    role: 'r1',
    status: 'active',
    crm_segment: 's1',
  }),
  entry('directus_roles', 'r1', 'baseline', { id: 'r1', name: 'sales_rep', parent: null }),
  entry('directus_roles', 'r2', 'baseline', { id: 'r2', name: 'segment_head', parent: null }),
  entry('directus_policies', 'p1', 'baseline', { id: 'p1', name: 'crm_sales_rep', admin_access: false, app_access: true }),
  entry('directus_access', 'a1', 'baseline', { id: 'a1', role: 'r1', user: null, policy: 'p1' }),
  entry('directus_permissions', '1', 'baseline', {
    id: 1,
    policy: 'p1',
    collection: 'crm_customers',
    action: 'read',
    permissions: { owner: 1 },
    fields: ['id'],
  }),
];
const base: RightsState = replay({}, FIRST);

describe('SEC-3: who had what on day D', () => {
  it('says role, state, segments and rules', () => {
    const { users, roles } = describeRights(base);
    expect(users).toEqual([
      {
        id: 'u1',
        name: '李',
        email: 'li@example.com',
        status: 'active',
        role: 'r1',
        role_name: 'sales_rep',
        segment: 's1',
        managed_segments: [],
        policies: [],
      },
    ]);
    expect(roles.find(({ id }) => id === 'r1')!.policies[0]!.rules).toEqual([
      { collection: 'crm_customers', action: 'read', permissions: { owner: 1 }, validation: null, presets: null, fields: ['id'] },
    ]);
  });

  it('follows changes, deletions and what was only observed', () => {
    const later = replay(base, [
      entry('directus_users', 'u1', 'update', { role: 'r2' }),
      entry('crm_user_segments', 'm1', 'create', { id: 'm1', crm_user: 'u1', crm_segment: 's1' }),
      entry('directus_permissions', '1', 'observed', null),
    ]);
    const then = describeRights(later);
    expect(then.users[0]).toMatchObject({ role_name: 'segment_head', managed_segments: ['s1'], status: 'active' });
    expect(then.roles.find(({ id }) => id === 'r1')!.policies[0]!.rules).toEqual([]);
    expect(describeRights(base).users[0]).toMatchObject({ role_name: 'sales_rep' });
    expect(replay(later, [entry('directus_users', 'u1', 'delete', null)])['directus_users']).toEqual({});
  });

  it('a rule whose policy is gone is nobody’s', () => {
    const later = replay(base, [entry('directus_policies', 'p1', 'delete', null)]);
    expect(describeRights(later).roles.find(({ id }) => id === 'r1')!.policies).toEqual([]);
  });

  it('a new password is no change of rights', () => {
    const later = replay(base, [entry('directus_users', 'u1', 'update', { password: '#12345678' })]);
    expect(diffRights(describeRights(base), describeRights(later))).toEqual([]);
  });
});

describe('SEC-3: the diff of two dates', () => {
  it('names people, roles and rules that changed', () => {
    const later = replay(base, [
      entry('directus_users', 'u1', 'update', { role: 'r2', status: 'suspended' }),
      entry('directus_users', 'u2', 'create', { id: 'u2', first_name: '王', role: 'r1', status: 'active' }),
      entry('directus_permissions', '1', 'update', { permissions: null }),
      entry('directus_roles', 'r2', 'delete', null),
    ]);
    const changes = diffRights(describeRights(base), describeRights(later));
    expect(changes.map(({ kind, name, change }) => [kind, name, change])).toEqual([
      ['user', '李', 'changed'],
      ['user', '王', 'added'],
      ['role', 'segment_head', 'removed'],
      ['rule', 'sales_rep · crm_customers.read', 'changed'],
    ]);
    expect(changes[0]!.fields).toContainEqual({ field: 'status', before: 'active', after: 'suspended' });
    expect(changes.at(-1)!.fields).toEqual([{ field: 'permissions', before: { owner: 1 }, after: null }]);
  });

  it('finds nothing between a state and itself', () => {
    expect(diffRights(describeRights(base), describeRights(base))).toEqual([]);
  });
});
