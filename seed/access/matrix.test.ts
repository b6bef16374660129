import { describe, expect, it } from 'vitest';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { HISTORIES } from '../../extensions/crm/src/kernel/histories.ts';
import { ROLE_IDS, ROLE_NAMES, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { ACTIONS, decisionOf } from './decisions.ts';
import { policyIdOf } from './identities.ts';
import { accessRows, readReachOf, type FieldGrant, type PermissionRow } from './matrix.ts';

const { permissions, policies, access, roles } = accessRows();
const names = Object.keys(COLLECTIONS);
const cell = (role: RoleName, collection: string, action: string): PermissionRow | undefined =>
  permissions.find((row) => row.policy === policyIdOf(role) && row.collection === collection && row.action === action);
const text = (value: unknown) => JSON.stringify(value ?? null);

describe('the access matrix', () => {
  it.each(names)('ORG-11: %s has a decision for every role and action', (collection) => {
    for (const role of ROLE_NAMES) {
      const decision = decisionOf(role, collection);
      for (const action of ACTIONS) expect(decision[action], `${role} ${action}`).toMatch(/^(none|own|segment|shared|all)$/);
    }
  });

  it('refuses to decide about a collection that is not in the model', () => {
    expect(() => decisionOf('sales_rep', 'crm_forgotten')).toThrow(/crm_forgotten/);
  });

  it('has exactly one permission row per policy, collection and action', () => {
    const keys = permissions.map(({ policy, collection, action }) => `${policy} ${collection} ${action}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('ORG-8: no role has host admin access, and every role has its own policy only', () => {
    expect(policies.every(({ admin_access, app_access }) => !admin_access && app_access)).toBe(true);
    expect(access.map(({ role }) => role)).toEqual(ROLE_NAMES.map((name) => ROLE_IDS[name]));
    expect(roles.map(({ name }) => name)).toEqual(ROLE_NAMES);
  });

  it('ORG-8: a system admin touches no role, policy, permission, setting, flow or collection', () => {
    const closed =
      /^directus_(roles|policies|permissions|access|settings|flows|operations|collections|fields|relations|extensions|shares|revisions|activity)$/;
    const written = permissions.filter(({ collection, action }) => closed.test(collection) && action !== 'read');
    expect(written).toEqual([]);
    expect(permissions.filter(({ action }) => action === 'share')).toEqual([]);
  });
});

describe('row rules', () => {
  it('are flat: never a relation, never an empty condition', () => {
    const flat = /^[a-z_]+$/;
    const check = (filter: Record<string, unknown>): void => {
      expect(Object.keys(filter)).toHaveLength(1);
      for (const [key, value] of Object.entries(filter)) {
        if (key === '_and' || key === '_or') (value as Record<string, unknown>[]).forEach(check);
        else {
          expect(key).toMatch(flat);
          expect(Object.keys(value as object).every((operator) => operator.startsWith('_'))).toBe(true);
        }
      }
    };
    permissions.forEach(({ permissions: rule, validation }) => [rule, validation].forEach((one) => one && check(one)));
  });

  it('F6: compare a segment only beside a test that it is not empty', () => {
    for (const { collection, permissions: rule } of permissions) {
      if (!rule || text(rule).includes('_or')) continue;
      if (text(rule).includes('"segment":')) expect(text(rule), collection).toContain('{"segment":{"_nnull":true}}');
      if (text(rule).includes('"crm_segment":')) expect(text(rule), collection).toContain('{"crm_segment":{"_nnull":true}}');
    }
  });

  it('use OR for shared configuration only', () => {
    const withOr = permissions.filter(({ permissions: rule }) => text(rule).includes('_or'));
    expect(new Set(withOr.map(({ collection }) => COLLECTIONS[collection]?.tenancy))).toEqual(new Set(['config']));
  });

  /** Filed about people, by those who answer for them (ACC-8). */
  const NOT_FOR_REPS = ['crm_access_requests'];
  it.each(names.filter((name) => COLLECTIONS[name]!.tenancy === 'owned' && !NOT_FOR_REPS.includes(name)))(
    'ORG-5, ORG-6: %s is own for reps, of the segment for heads and admins',
    (name) => {
      expect(readReachOf('sales_rep', name)).toBe('own');
      expect(readReachOf('segment_head', name)).toBe('segment');
      expect(readReachOf('segment_admin', name)).toBe('segment');
      expect(readReachOf('group_executive', name)).toBe('all');
      expect(text(cell('sales_rep', name, 'read')?.permissions)).toContain('"owner":{"_eq":"$CURRENT_USER"}');
    },
  );
});

it('ACC-8, ACC-9, ACC-10, USE-1: what is filed about people is not for reps', () => {
  for (const name of ['crm_access_requests', 'crm_freezes', 'crm_handovers', 'crm_logins']) {
    expect(readReachOf('sales_rep', name), name).toBe('none');
    expect(readReachOf('segment_admin', name), name).toBe('segment');
    expect(readReachOf('system_admin', name), name).toBe('all');
  }
});

describe('fields', () => {
  const business = names.filter((name) => ['owned', 'segmental'].includes(COLLECTIONS[name]!.tenancy));

  it('ORG-3: nobody updates segment, of anything', () => {
    const wrong = permissions.filter(
      ({ collection, action, fields }) => collection.startsWith('crm_') && action === 'update' && fields.includes('segment'),
    );
    expect(wrong).toEqual([]);
  });

  it('a rep sends neither segment nor owner; presets give both', () => {
    for (const name of business) {
      const create = cell('sales_rep', name, 'create');
      if (!create) continue;
      expect(create.fields).not.toContain('segment');
      expect(create.fields).not.toContain('owner');
      expect(create.presets).toEqual({ segment: '$CURRENT_USER.crm_segment', owner: '$CURRENT_USER' });
    }
  });

  it('only customers and leads change owner, by heads, admins and system admins', () => {
    const movers = permissions.filter(
      ({ collection, action, fields }) => collection.startsWith('crm_') && action === 'update' && fields.includes('owner'),
    );
    expect(new Set(movers.map(({ collection }) => collection))).toEqual(new Set(['crm_customers', 'crm_leads']));
    expect(movers.map(({ policy }) => policy)).not.toContain(policyIdOf('sales_rep'));
    expect(movers.map(({ policy }) => policy)).not.toContain(policyIdOf('group_executive'));
  });

  it('whoever creates our rows may send an id, which the server replaces', () => {
    for (const row of permissions) if (row.collection.startsWith('crm_') && row.action === 'create') expect(row.fields).toContain('id');
  });

  it('computed fields are writable by nobody', () => {
    for (const { collection, action, fields } of permissions) {
      if (action !== 'create' && action !== 'update') continue;
      const computed = fields.filter((field) => COLLECTIONS[collection]?.fields[field]?.computed);
      expect(computed, `${collection} ${action}`).toEqual([]);
    }
  });

  it('are written out, so that a field somebody adds is granted to nobody', () => {
    const stars = permissions.filter(
      ({ action, fields, collection }) => action !== 'delete' && fields.includes('*') && collection.startsWith('crm_'),
    );
    expect(stars).toEqual([]);
  });

  it('ORG-2: a segment role reads only id, code and name of segments', () => {
    expect(cell('sales_rep', 'crm_segments', 'read')?.fields).toEqual(['id', 'code', 'name']);
    expect(cell('segment_head', 'crm_companies', 'read')?.fields).not.toContain('project_owner');
  });
});

describe('what roles may not', () => {
  it('ORG-4: an executive reads all, creates activities and changes nothing of ours', () => {
    const own = permissions.filter(
      ({ policy, collection, action }) => policy === policyIdOf('group_executive') && action !== 'read' && collection.startsWith('crm_'),
    );
    expect(own.map(({ collection, action }) => `${collection} ${action}`)).toEqual([
      'crm_activities create',
      'crm_transfers create',
      'crm_trips create',
      'crm_leaves create',
      'crm_faults create',
    ]);
  });

  it('SAL-3, ORG-8: only a system admin deletes business rows; nobody writes or deletes history', () => {
    const deleters = permissions.filter(
      ({ action, collection }) => action === 'delete' && collection.startsWith('crm_') && collection !== 'crm_customers_tags',
    );
    expect(new Set(deleters.map(({ policy }) => policy))).toEqual(new Set([policyIdOf('system_admin')]));
    expect(permissions.filter(({ collection, action }) => HISTORIES.includes(collection) && action !== 'read')).toEqual([]);
    for (const collection of HISTORIES) expect(permissions.some((one) => one.collection === collection)).toBe(true);
  });

  it('F9: whoever manages users gives one of the five roles, and no policy', () => {
    const writers = permissions.filter(
      ({ collection, action, fields }) => collection === 'directus_users' && action !== 'read' && fields.includes('role'),
    );
    expect(new Set(writers.map(({ policy }) => policy))).toEqual(new Set([policyIdOf('system_admin')]));
    for (const { validation, fields } of writers) {
      expect(text(validation)).toContain(ROLE_IDS.sales_rep);
      expect(
        fields.filter((field) => ['policies', 'token', 'tfa_secret', 'provider', 'external_identifier', 'auth_data'].includes(field)),
      ).toEqual([]);
    }
  });
});

describe('the admin’s own fields', () => {
  const grant = (field: string, collection = 'crm_customers'): FieldGrant => ({
    collection,
    field,
    role: 'sales_rep',
    can_read: true,
    can_create: false,
    can_update: true,
  });
  const fieldsWith = (grants: FieldGrant[], action: string) =>
    accessRows(grants).permissions.find(
      (row) => row.policy === policyIdOf('sales_rep') && row.collection === 'crm_customers' && row.action === action,
    )!.fields;

  it('are granted as written', () => {
    expect(fieldsWith([grant('warehouse')], 'read')).toContain('warehouse');
    expect(fieldsWith([grant('warehouse')], 'update')).toContain('warehouse');
    expect(fieldsWith([grant('warehouse')], 'create')).not.toContain('warehouse');
  });

  it.each(['segment', 'owner', 'completeness', '*', 'contacts'])('cannot widen what is ours: %s', (field) => {
    expect(accessRows([grant(field)])).toEqual(accessRows());
  });

  it('cannot open internal collections or those of the host', () => {
    expect(accessRows([grant('value', 'crm_install_state'), grant('token', 'directus_users')])).toEqual(accessRows());
  });
});
