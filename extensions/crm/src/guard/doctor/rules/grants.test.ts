import { describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../../kernel/roles.ts';
import { extendAccess, refuseGrant, type CustomField, type FieldGrant } from './grants.ts';
import type { ExpectedAccess } from './stored-access.ts';

const FIELDS: CustomField[] = [
  { collection: 'crm_customers', field: 'loyalty_level', type: 'string', target: null },
  { collection: 'crm_customers', field: 'their_articles', type: 'alias', target: null },
  { collection: 'crm_customers', field: 'second_customer', type: 'uuid', target: 'crm_customers' },
  { collection: 'crm_customers', field: 'their_user', type: 'uuid', target: 'directus_users' },
  { collection: 'crm_customers', field: 'their_club', type: 'integer', target: 'clubs' },
];
const grant = (field: string, more: Partial<FieldGrant> = {}): FieldGrant => ({
  collection: 'crm_customers',
  field,
  role: 'sales_rep',
  can_read: true,
  can_create: false,
  can_update: true,
  ...more,
});

describe("design 3: which of the administrator's own fields may be granted", () => {
  it.each<[string, FieldGrant, ReturnType<typeof refuseGrant>]>([
    ['a plain field', grant('loyalty_level'), null],
    ['a relation to a collection of the administrator', grant('their_club'), null],
    ['a field of ours', grant('phone'), 'our_own_field'],
    ['a list of ours', grant('contacts'), 'our_own_field'],
    ['a field that is gone (F11)', grant('deleted_field'), 'no_such_field'],
    ['a list', grant('their_articles'), 'dangerous_relation'],
    ['a relation to our rows', grant('second_customer'), 'dangerous_relation'],
    ['a relation to people', grant('their_user'), 'dangerous_relation'],
    ['a role that is not ours', grant('loyalty_level', { role: 'Administrator' }), 'no_such_role'],
    ['a foreign collection', grant('title', { collection: 'articles' }), 'not_a_crm_collection'],
    ['bookkeeping of ours', grant('title', { collection: 'crm_install_state' }), 'not_a_crm_collection'],
  ])('%s', (_name, asked, refusal) => expect(refuseGrant(asked, FIELDS)).toBe(refusal));

  it('adds the field to the rows of that role and no others, and reports a void grant', () => {
    const base = { collection: 'crm_customers', permissions: null, validation: null, presets: null, fields: ['id'] };
    const matrix: ExpectedAccess = {
      roles: [{ id: ROLE_IDS.sales_rep, name: 'sales_rep' }],
      policies: [],
      access: [{ role: ROLE_IDS.sales_rep, policy: 'p-rep' }],
      permissions: ['read', 'create', 'update', 'delete']
        .map((action) => ({ ...base, policy: 'p-rep', action }))
        .concat({ ...base, policy: 'p-other', action: 'read' }),
    };
    const { expected, findings } = extendAccess(matrix, [grant('loyalty_level'), grant('phone')], FIELDS);
    expect(expected.permissions.map((row) => [row.policy, row.action, row.fields])).toEqual([
      ['p-rep', 'read', ['id', 'loyalty_level']],
      ['p-rep', 'create', ['id']],
      ['p-rep', 'update', ['id', 'loyalty_level']],
      ['p-rep', 'delete', ['id']],
      ['p-other', 'read', ['id']],
    ]);
    expect(findings.map((found) => [found.kind, found.path])).toEqual([['grant_void', 'sales_rep.crm_customers.phone']]);
  });
});
