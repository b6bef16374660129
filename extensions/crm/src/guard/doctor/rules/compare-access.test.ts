import { describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../../kernel/roles.ts';
import { compareAccess } from './compare-access.ts';
import { isClosing, levelOf } from './finding.ts';
import { planRepair } from './plan-repair.ts';
import type { ExpectedAccess, PermissionRow, StoredAccess } from './stored-access.ts';

const REP = ROLE_IDS.sales_rep;
const HEAD = ROLE_IDS.segment_head;
const SEGMENT_RULE = { _and: [{ segment: { _nnull: true } }, { segment: { _in: '$CURRENT_USER.crm_managed_segments.crm_segment' } }] };
const OWN_RULE = {
  _and: [{ segment: { _nnull: true } }, { segment: { _eq: '$CURRENT_USER.crm_segment' } }, { owner: { _eq: '$CURRENT_USER' } }],
};

const row = (policy: string, collection: string, action: string, more: Partial<PermissionRow> = {}): PermissionRow => ({
  policy,
  collection,
  action,
  permissions: null,
  validation: null,
  presets: null,
  fields: ['id', 'name'],
  ...more,
});

const EXPECTED: ExpectedAccess = {
  roles: [
    { id: REP, name: 'sales_rep' },
    { id: HEAD, name: 'segment_head' },
  ],
  policies: [
    { id: 'p-rep', name: 'crm_sales_rep', admin_access: false, app_access: true },
    { id: 'p-head', name: 'crm_segment_head', admin_access: false, app_access: true },
  ],
  access: [
    { role: REP, policy: 'p-rep' },
    { role: HEAD, policy: 'p-head' },
  ],
  permissions: [
    row('p-rep', 'crm_customers', 'read', { permissions: OWN_RULE }),
    row('p-rep', 'crm_customers', 'create', {
      validation: { segment: { _eq: '$CURRENT_USER.crm_segment' } },
      presets: { segment: '$CURRENT_USER.crm_segment', owner: '$CURRENT_USER' },
      fields: ['name'],
    }),
    row('p-head', 'crm_customers', 'read', { permissions: SEGMENT_RULE }),
    row('p-head', 'directus_users', 'read', { permissions: SEGMENT_RULE }),
  ],
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? Mutable<U>[] : T[K] };

function standing(change: (stored: Mutable<StoredAccess>) => void = () => undefined): StoredAccess {
  const stored: StoredAccess = structuredClone({
    roles: [...EXPECTED.roles.map((role) => ({ ...role, parent: null })), { id: 'editors', name: 'Editors', parent: null }],
    policies: [
      ...EXPECTED.policies,
      { id: 'p-other', name: 'Editing', admin_access: false, app_access: true },
      { id: 'p-public', name: 'Public', admin_access: false, app_access: false },
    ],
    access: [
      { id: 'a1', role: REP, user: null, policy: 'p-rep' },
      { id: 'a2', role: HEAD, user: null, policy: 'p-head' },
      { id: 'a3', role: 'editors', user: null, policy: 'p-other' },
      { id: 'a4', role: null, user: null, policy: 'p-public' },
    ],
    permissions: EXPECTED.permissions.map((permission, index) => ({ ...permission, id: index + 1 })),
    holders: [
      { id: 'u-rep', role: REP, email: 'rep@example.com' },
      { id: 'u-editor', role: 'editors', email: 'e@example.com' },
    ],
  });
  change(stored as Mutable<StoredAccess>);
  return stored;
}

const rowOf = (stored: Mutable<StoredAccess>, index: number) => stored.permissions[index]!;
const add = (stored: Mutable<StoredAccess>, permission: PermissionRow) => stored.permissions.push({ ...permission, id: 99 });

const WIDENINGS: [string, string, (stored: Mutable<StoredAccess>) => void][] = [
  ['rule_wider', 'sales_rep.crm_customers.read', (s) => void (rowOf(s, 0).permissions = null)],
  ['rule_wider', 'sales_rep.crm_customers.read', (s) => void (rowOf(s, 0).permissions = { _or: [OWN_RULE, {}] })],
  ['rule_wider', 'segment_head.directus_users.read', (s) => void (rowOf(s, 3).permissions = {})],
  ['fields_wider', 'sales_rep.crm_customers.read', (s) => void (rowOf(s, 0).fields = ['*'])],
  ['fields_wider', 'sales_rep.crm_customers.create', (s) => void (rowOf(s, 1).fields = ['name', 'segment'])],
  ['validation_wider', 'sales_rep.crm_customers.create', (s) => void (rowOf(s, 1).validation = null)],
  ['preset_wider', 'sales_rep.crm_customers.create', (s) => void (rowOf(s, 1).presets = { owner: '$CURRENT_USER' })],
  [
    'preset_wider',
    'sales_rep.crm_customers.create',
    (s) => void (rowOf(s, 1).presets = { ...EXPECTED.permissions[1]!.presets, status: 'active' }),
  ],
  ['permission_doubled', 'sales_rep.crm_customers.read', (s) => add(s, EXPECTED.permissions[0]!)],
  ['permission_extra', 'sales_rep.crm_customers.delete', (s) => add(s, row('p-rep', 'crm_customers', 'delete'))],
  ['permission_extra', 'sales_rep.crm_install_state.read', (s) => add(s, row('p-rep', 'crm_install_state', 'read'))],
  ['permission_extra', 'sales_rep.directus_revisions.read', (s) => add(s, row('p-rep', 'directus_revisions', 'read'))],
  ['permission_foreign', 'Editing.crm_customers.read', (s) => add(s, row('p-other', 'crm_customers', 'read'))],
  ['permission_foreign', 'public.crm_customers.read', (s) => add(s, row('p-public', 'crm_customers', 'read'))],
  ['public_side_path', 'public.directus_files.read', (s) => add(s, row('p-public', 'directus_files', 'read'))],
  ['policy_flag', 'crm_sales_rep.admin_access', (s) => void (s.policies[0]!.admin_access = true)],
  ['access_extra', 'sales_rep.Editing', (s) => void s.access.push({ id: 'x', role: REP, user: null, policy: 'p-other' })],
  ['access_extra', 'Editors.crm_sales_rep', (s) => void s.access.push({ id: 'x', role: 'editors', user: null, policy: 'p-rep' })],
  ['access_extra', 'public.crm_sales_rep', (s) => void s.access.push({ id: 'x', role: null, user: null, policy: 'p-rep' })],
  ['user_policy', 'user.Editing', (s) => void s.access.push({ id: 'x', role: null, user: 'u-rep', policy: 'p-other' })],
  ['user_policy', 'user.crm_segment_head', (s) => void s.access.push({ id: 'x', role: null, user: 'u-editor', policy: 'p-head' })],
  ['role_parent', 'sales_rep.parent', (s) => void (s.roles[0]!.parent = 'editors')],
  ['role_parent', 'Editors.parent', (s) => void (s.roles[2]!.parent = REP)],
];

describe('F1: the stored rights against the matrix', () => {
  it('finds nothing where they are the same', () => expect(compareAccess(EXPECTED, standing())).toEqual([]));

  it.each(WIDENINGS)('%s at %s closes the CRM', (kind, path, widen) => {
    const findings = compareAccess(EXPECTED, standing(widen)).filter(isClosing);
    expect(findings.map((found) => ({ kind: found.kind, path: found.path }))).toEqual([{ kind, path }]);
  });

  it.each(WIDENINGS.filter(([kind]) => kind !== 'public_side_path'))('%s at %s is repaired by a plan', (_kind, _path, widen) => {
    const stored = structuredClone(standing(widen)) as Mutable<StoredAccess>;
    for (const step of planRepair(EXPECTED, stored)) {
      if (step.do === 'delete_permission') stored.permissions = stored.permissions.filter((permission) => permission.id !== step.id);
      if (step.do === 'update_permission')
        stored.permissions = stored.permissions.map((old) => (old.id === step.id ? { ...step.row, id: step.id } : old));
      if (step.do === 'delete_access') stored.access = stored.access.filter((access) => access.id !== step.id);
      if (step.do === 'reset_policy')
        stored.policies = stored.policies.map((policy) => (policy.id === step.policy.id ? step.policy : policy));
      if (step.do === 'clear_parent') stored.roles = stored.roles.map((role) => (role.id === step.role ? { ...role, parent: null } : role));
    }
    expect(compareAccess(EXPECTED, stored)).toEqual([]);
  });

  it.each<[string, (stored: Mutable<StoredAccess>) => void]>([
    ['permission_missing', (s) => void s.permissions.shift()],
    ['permission_narrower', (s) => void (rowOf(s, 0).fields = ['id'])],
    ['permission_narrower', (s) => void (rowOf(s, 0).permissions = { _and: [...OWN_RULE._and, { name: { _eq: 'x' } }] })],
    [
      'policy_unused',
      (s) => {
        s.access.pop();
        add(s, row('p-public', 'crm_customers', 'read'));
      },
    ],
  ])('%s only warns', (kind, narrow) => {
    const findings = compareAccess(EXPECTED, standing(narrow));
    expect(findings.map((found) => [found.kind, levelOf(found)])).toEqual([[kind, 'warning']]);
  });

  it.each<[string, PermissionRow]>([
    ['our role on a foreign collection', row('p-rep', 'articles', 'read')],
    ['a foreign role on a foreign collection', row('p-other', 'articles', 'read')],
    ['everyone on files that are not ours', row('p-public', 'directus_files', 'read', { permissions: { segment: { _null: true } } })],
  ])('%s is left alone', (_name, permission) => {
    expect(
      compareAccess(
        EXPECTED,
        standing((s) => add(s, permission)),
      ),
    ).toEqual([]);
  });

  it('repairs nothing where nothing is wrong', () => expect(planRepair(EXPECTED, standing())).toEqual([]));
});
