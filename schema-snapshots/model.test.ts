import { describe, expect, it } from 'vitest';
import type { Collection, Field } from './define.ts';
import { drifted } from './generate.ts';
import { COLLECTIONS, EXTENSIONS } from './model/index.ts';
import { listsOn } from './generate/facts.ts';
import { stableId } from '../seed/ids.ts';
import { FIRST_STAGE_ID } from './model/opportunities.ts';

const collection = (name: string): Collection => COLLECTIONS.find((one) => one.name === name)!;
const field = (of: string, name: string): Field | undefined => collection(of).fields.find((one) => one.name === name);
const tables = [
  ...COLLECTIONS.map(({ name, fields }) => ({ name: name, fields })),
  ...EXTENSIONS.map((one) => ({ name: one.collection, fields: one.fields })),
];
const allFields = tables.flatMap(({ name, fields }) => fields.map((one) => ({ of: name, field: one })));
const choicesOf = (of: string, name: string) => field(of, name)?.choices?.map(({ value }) => value);
const hasList = (of: string, name: string) => name in listsOn(of);

describe('contract.md: the names that programs outside rely on', () => {
  const CONTRACT: Record<string, string[]> = {
    crm_companies: ['name', 'project_owner'],
    crm_segments: ['code', 'name', 'company'],
    crm_teams: ['name'],
    crm_regions: ['code', 'name', 'parent'],
    crm_industries: ['code', 'name', 'parent'],
    crm_tags: ['name'],
    crm_products: ['name'],
    crm_customers: [
      ...['name', 'short_name', 'kind', 'uscc', 'industry', 'region', 'grade', 'class', 'status', 'employees'],
      ...['annual_revenue', 'phone', 'address', 'needs', 'source', 'parent', 'completeness', 'last_activity_at'],
    ],
    crm_contacts: ['customer', 'name', 'position', 'phone', 'email', 'wechat', 'hobbies', 'is_decision_maker'],
    crm_leads: ['title', 'company_name', 'contact_name', 'phone', 'region', 'grade', 'status', 'customer', 'lost_reason'],
    crm_opportunities: [
      ...['customer', 'title', 'needs', 'stage', 'amount', 'discount_percent'],
      ...['expected_close_on', 'closed_on', 'lost_reason'],
    ],
    crm_stages: ['key', 'segment', 'required_fields'],
    crm_stage_changes: ['opportunity', 'from_stage', 'to_stage', 'changed_at', 'changed_by', 'reason'],
    crm_activities: [
      ...['type', 'subject', 'notes', 'customer', 'lead', 'opportunity', 'owner', 'assigned_by', 'done_by'],
      ...['priority', 'due_on', 'done_at'],
    ],
    crm_orders: ['opportunity', 'customer', 'number', 'amount', 'signed_on'],
    crm_order_lines: ['order'],
    crm_contracts: ['opportunity', 'customer'],
    crm_targets: ['user', 'period', 'amount'],
    crm_attachments: ['file', 'customer', 'lead', 'opportunity', 'contract', 'order'],
    crm_calendar_days: ['day', 'kind'],
    crm_audit: ['collection', 'item', 'action', 'user', 'at'],
  };

  it.each(Object.entries(CONTRACT))('%s has the fields of the contract', (name, fields) => {
    expect(fields.filter((one) => !field(name, one))).toEqual([]);
  });

  it('customers have the lists of the contract', () => {
    const lists = ['contacts', 'leads', 'opportunities', 'activities', 'orders'];
    expect(lists.filter((name) => !hasList('crm_customers', name))).toEqual([]);
  });

  it('people and files bear the fields of the contract', () => {
    const users = EXTENSIONS.find((one) => one.collection === 'directus_users')!.fields.map(({ name }) => name);
    expect(users).toEqual(expect.arrayContaining(['crm_segment', 'crm_team', 'crm_company', 'crm_employee_no', 'crm_position']));
    expect(hasList('directus_users', 'crm_managed_segments')).toBe(true);
    const files = EXTENSIONS.find((one) => one.collection === 'directus_files')!.fields.map(({ name }) => name);
    expect(files).toEqual(['segment', 'owner']);
  });

  it.each([
    ['crm_customers', 'grade', ['A', 'B', 'C']],
    ['crm_customers', 'class', ['key', 'general', 'potential']],
    ['crm_customers', 'status', ['draft', 'active', 'merged', 'archived']],
    ['crm_customers', 'kind', ['company', 'institution', 'sole_trader', 'person', 'foreign']],
    ['crm_leads', 'status', ['new', 'qualified', 'allocated', 'following', 'converted', 'lost']],
    ['crm_activities', 'type', ['call', 'mail', 'visit', 'meeting', 'message', 'task', 'no_change']],
    ['crm_activities', 'priority', ['high', 'medium', 'low']],
  ])('%s.%s offers what the contract says', (of, name, values) => {
    expect(choicesOf(of, name)).toEqual(values);
  });
});

describe('ORG-2: every row that belongs to a segment says so itself', () => {
  const belonging = COLLECTIONS.filter(({ tenancy }) => tenancy === 'owned' || tenancy === 'segmental');

  it.each(belonging.map((one) => [one.name, one] as const))('%s has a segment that is never empty and is indexed', (name) => {
    expect(field(name, 'segment')).toMatchObject({ type: 'uuid', notNull: true, indexed: true });
  });

  /** Leads before their allocation, what is about them, faults reported by nobody who is logged in, forms that group marketing files. */
  const UNALLOCATED = ['crm_leads', 'crm_approvals', 'crm_approval_decisions', 'crm_allocations', 'crm_faults', 'crm_access_requests'];
  const owned = COLLECTIONS.filter(({ tenancy }) => tenancy === 'owned');
  it.each(owned.map((one) => [one.name, one] as const))('%s has an indexed owner, empty on unallocated leads only (Q21)', (name) => {
    expect(field(name, 'owner')).toMatchObject({ type: 'uuid', indexed: true, notNull: !UNALLOCATED.includes(name) });
    expect(collection(name).ownerOptional ?? false).toBe(UNALLOCATED.includes(name));
  });

  it('configuration may be for all segments, everything else that names a segment may not', () => {
    const config = COLLECTIONS.filter(({ tenancy }) => tenancy === 'config').map(({ name }) => name);
    expect(config.filter((name) => field(name, 'segment')?.notNull !== false)).toEqual([]);
  });

  it('every parent is a relation of the same tree', () => {
    const wrong = COLLECTIONS.flatMap(({ name, parents = [] }) =>
      parents.filter((parent) => field(name, parent)?.relation?.kind !== 'tree').map((parent) => `${name}.${parent}`),
    );
    expect(wrong).toEqual([]);
  });

  it('every relation of a tree is a parent, so that a cascade can find it', () => {
    const forgotten = COLLECTIONS.flatMap(({ name, fields, parents = [] }) =>
      fields.filter((one) => one.relation?.kind === 'tree' && !parents.includes(one.name)).map((one) => `${name}.${one.name}`),
    );
    expect(forgotten).toEqual([]);
  });
});

describe('what the database is told', () => {
  it('PRV-1: what will be sealed has no length, no unique index, no index', () => {
    const sealed = allFields.filter(({ field: one }) => ['phone', 'email', 'wechat'].includes(one.name));
    expect(sealed.map(({ of, field: one }) => `${of}.${one.name}`)).toHaveLength(7);
    for (const { field: one } of sealed) {
      expect(one).toMatchObject({ type: 'text', sealed: true });
      expect([one.length, one.unique, one.indexed, one.choices]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('keys are uuids everywhere', () => {
    expect(COLLECTIONS.filter(({ name }) => field(name, 'id')?.type !== 'uuid')).toEqual([]);
  });

  it('amounts are decimals with two digits', () => {
    const decimals = allFields.filter(({ field: one }) => one.type === 'decimal');
    expect(decimals.filter(({ field: one }) => one.scale !== 2 || (one.precision !== 15 && one.precision !== 5))).toEqual([]);
  });

  it('every relation points to a collection that is there', () => {
    const known = new Set([...tables.map(({ name }) => name), 'directus_users', 'directus_files']);
    expect(allFields.filter(({ field: one }) => one.relation && !known.has(one.relation.to))).toEqual([]);
  });

  it('no business row vanishes with another one: only junctions and parts of a row go with their parent', () => {
    const cascading = COLLECTIONS.filter(({ fields }) => fields.some((one) => one.relation?.onDelete === 'CASCADE'));
    expect(cascading.map(({ name }) => name)).toEqual([
      'crm_user_segments',
      'crm_customers_tags',
      'crm_order_lines',
      'crm_approval_steps',
      'crm_recent_records',
      'crm_sessions',
      'crm_reset_links',
    ]);
  });

  it('a column that must not be empty is never emptied by the database', () => {
    const wrong = allFields.filter(({ field: one }) => one.notNull && one.relation?.onDelete === 'SET NULL');
    expect(wrong.map(({ of, field: one }) => `${of}.${one.name}`)).toEqual([]);
  });

  it('SAL-2: an opportunity begins in the shared first stage', () => {
    expect(FIRST_STAGE_ID).toBe(stableId('stage:initial_contact'));
  });

  it('names of lists and of fields do not meet', () => {
    const double = tables.flatMap(({ name, fields }) =>
      Object.keys(listsOn(name)).filter((list) => fields.some((one) => one.name === list)),
    );
    expect(double).toEqual([]);
  });
});

it('the generated kernel files are up to date with the model', () => {
  expect(drifted()).toEqual([]);
});
