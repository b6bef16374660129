import { describe, expect, it } from 'vitest';
import { describeRights } from './describe-rights.ts';
import { diffRights, namesOfRights } from './diff-rights.ts';
import { replay, type RightsEntry, type RightsState } from './rights.ts';

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
const SALES = { id: 'p1', name: 'crm_sales_rep', admin_access: false, app_access: true, enforce_tfa: false, ip_access: null };

describe('SEC-3: who had what on day D', () => {
  it('says role, state, segments and rules', () => {
    const { users, roles, policies } = describeRights(base);
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
        admin_access: false,
        policies: [],
        role_policies: [{ ...SALES, inherited_from: null }],
      },
    ]);
    const rules = [
      { id: '1', collection: 'crm_customers', action: 'read', permissions: { owner: 1 }, validation: null, presets: null, fields: ['id'] },
    ];
    expect(roles.find(({ id }) => id === 'r1')!.policies).toEqual([{ ...SALES, inherited_from: null, rules }]);
    expect(policies).toEqual([{ ...SALES, holders: [{ kind: 'role', id: 'r1', name: 'sales_rep' }], rules }]);
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

  it('a role has what the roles above it have, and its people too; a circle ends', () => {
    const later = replay(base, [
      entry('directus_roles', 'r2', 'update', { parent: 'r1' }),
      entry('directus_roles', 'r1', 'update', { parent: 'r2' }),
      entry('directus_policies', 'p2', 'create', { id: 'p2', name: 'all', admin_access: true, app_access: true }),
      entry('directus_access', 'a2', 'create', { id: 'a2', role: 'r1', user: null, policy: 'p2' }),
      entry('directus_users', 'u1', 'update', { role: 'r2' }),
    ]);
    const { users, roles } = describeRights(later);
    const given = [
      ['all', 'r1'],
      ['crm_sales_rep', 'r1'],
    ];
    expect(roles.find(({ id }) => id === 'r2')!.policies.map((one) => [one.name, one.inherited_from])).toEqual(given);
    expect(users[0]!.role_policies.map((one) => [one.name, one.inherited_from])).toEqual(given);
    expect(users[0]).toMatchObject({ admin_access: true, policies: [] });
  });

  it('says what everybody without a log-in may do, and what a person holds alone', () => {
    const { policies, users } = describeRights(
      replay(base, [
        entry('directus_access', 'a2', 'create', { id: 'a2', role: null, user: null, policy: 'p1' }),
        entry('directus_access', 'a3', 'create', { id: 'a3', role: null, user: 'u1', policy: 'p1' }),
      ]),
    );
    expect(policies[0]!.holders).toEqual([
      { kind: 'public', id: null, name: '' },
      { kind: 'role', id: 'r1', name: 'sales_rep' },
      { kind: 'user', id: 'u1', name: '李' },
    ]);
    expect(users[0]!.policies).toEqual([SALES]);
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
      ['rule', 'crm_sales_rep · crm_customers.read', 'changed'],
    ]);
    expect(changes[0]!.fields).toContainEqual({ field: 'status', before: 'active', after: 'suspended' });
    expect(changes.at(-1)!.fields).toEqual([{ field: 'permissions', before: { owner: 1 }, after: null }]);
  });

  const changesBy = (...entries: RightsEntry[]) => diffRights(describeRights(base), describeRights(replay(base, entries)));

  it('names a policy that gives everything, asks for a second factor or holds from elsewhere, whoever holds it', () => {
    const lonely = replay(base, [entry('directus_policies', 'p2', 'create', { id: 'p2', name: 'alone' })]);
    const change = (after: Record<string, unknown>) =>
      diffRights(describeRights(lonely), describeRights(replay(lonely, [entry('directus_policies', 'p2', 'update', after)])));
    for (const after of [{ admin_access: true }, { enforce_tfa: true }, { ip_access: ['10.0.0.0/8'] }, { app_access: true }]) {
      const [[field, value]] = Object.entries(after) as [[string, unknown]];
      expect(change(after)).toEqual([
        { kind: 'policy', id: 'p2', name: 'alone', change: 'changed', fields: [expect.objectContaining({ field, after: value })] },
      ]);
    }
  });

  it('tells two rules of one policy for the same collection and action apart', () => {
    const second = { id: 2, policy: 'p1', collection: 'crm_customers', action: 'read', permissions: { team: 1 }, fields: ['id'] };
    expect(changesBy(entry('directus_permissions', '2', 'create', second))).toMatchObject([{ kind: 'rule', id: '2', change: 'added' }]);
  });

  it('names who holds a policy: a role, a person or everybody', () => {
    const give = (row: Record<string, unknown>) => changesBy(entry('directus_access', 'a2', 'create', { id: 'a2', policy: 'p1', ...row }));
    const holders = (after: string[]) => ({ kind: 'policy', fields: [{ field: 'holders', before: ['r1'], after }] });
    expect(give({ role: null, user: null })).toMatchObject([holders(['public', 'r1'])]);
    expect(give({ role: 'r2', user: null })).toMatchObject([{ kind: 'role', id: 'r2' }, holders(['r1', 'r2'])]);
    expect(give({ role: null, user: 'u1' })).toMatchObject([{ kind: 'user', id: 'u1' }, holders(['r1', 'u1'])]);
  });

  it('tells a move to another role of the same name, with the ids named', () => {
    const twins = replay(base, [entry('directus_roles', 'r3', 'create', { id: 'r3', name: 'sales_rep' })]);
    const moved = replay(twins, [entry('directus_users', 'u1', 'update', { role: 'r3' })]);
    expect(diffRights(describeRights(twins), describeRights(moved))).toMatchObject([
      { kind: 'user', fields: [{ field: 'role', before: 'r1', after: 'r3' }] },
    ]);
    expect(namesOfRights(describeRights(twins))).toMatchObject({ r1: 'sales_rep', r3: 'sales_rep', u1: '李', p1: 'crm_sales_rep' });
  });

  it('finds nothing between a state and itself', () => {
    expect(diffRights(describeRights(base), describeRights(base))).toEqual([]);
  });
});
