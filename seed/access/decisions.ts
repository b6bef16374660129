import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { isSegmentRole, managesSegments, type Reach } from './row-rules.ts';

export const ACTIONS = ['create', 'read', 'update', 'delete', 'share'] as const;
export type Action = (typeof ACTIONS)[number];

/** Which rows of a collection a role may do what with. */
export type Decision = Readonly<Record<Action, Reach>>;

const NOTHING: Decision = { create: 'none', read: 'none', update: 'none', delete: 'none', share: 'none' };
const READ_ALL: Decision = { ...NOTHING, read: 'all' };
const EVERYTHING: Decision = { create: 'all', read: 'all', update: 'all', delete: 'all', share: 'none' };

/** The collections that have no decision by their tenancy alone, with the reason beside each. */
const EXCEPTIONS: Record<string, (role: RoleName) => Partial<Decision>> = {
  // An executive assigns activities to staff of any segment and edits nothing else (ORG-4).
  crm_activities: (role) => (role === 'group_executive' ? { create: 'all' } : {}),
  // Histories keep their rows and only the server writes them.
  crm_stage_changes: () => ({ create: 'none', update: 'none', delete: 'none' }),
  // Who looked at sealed values is for those who answer for the segment's data, and written by the server alone (SEC-5).
  crm_reveals: (role) => ({
    ...NOTHING,
    ...(role === 'system_admin' ? { read: 'all' } : role === 'segment_admin' ? { read: 'segment' } : {}),
  }),
  // An import is made, resumed and undone through its endpoints, never by writing its row (IMP-1).
  crm_imports: () => ({ create: 'none', update: 'none', delete: 'none' }),
  // Who took rows out stays written as the server wrote it (IMP-5).
  crm_exports: () => ({ create: 'none', update: 'none', delete: 'none' }),
  // An approval and its history are written by the server alone, through the endpoints of approvals/ (APR-1, F8).
  crm_approvals: () => ({ create: 'none', update: 'none', delete: 'none' }),
  crm_approval_decisions: () => ({ create: 'none', update: 'none', delete: 'none' }),
  // Who got which lead stays as the server wrote it (SAL-9).
  crm_allocations: () => ({ create: 'none', update: 'none', delete: 'none' }),
  // Anyone asks for a transfer, group executives too; what becomes of it the server writes. Group marketing names the owner (ORG-3).
  crm_transfers: (role) => ({
    ...(role === 'group_executive' ? { create: 'all' } : {}),
    update: role === 'system_admin' ? 'all' : 'none',
    delete: 'none',
  }),
  // A claim is filed by whoever has it, and judged through the endpoint (CUS-13).
  crm_disputes: () => ({ update: 'none', delete: 'none' }),
  // The form is filed by a segment admin for their segment; what becomes of it the server writes (ACC-8).
  crm_access_requests: (role) => ({
    ...(role === 'sales_rep' ? NOTHING : {}),
    create: role === 'system_admin' ? 'all' : role === 'segment_admin' ? 'segment' : 'none',
    update: 'none',
    delete: 'none',
  }),
  // Freezes, hand-overs and log-ins are written by the server alone, and are for those who answer for people (ACC-9, ACC-10, USE-1).
  crm_freezes: (role) => ({ ...(role === 'sales_rep' ? NOTHING : {}), create: 'none', update: 'none', delete: 'none' }),
  crm_handovers: (role) => ({ ...(role === 'sales_rep' ? NOTHING : {}), create: 'none', update: 'none', delete: 'none' }),
  crm_logins: (role) => ({ ...(role === 'sales_rep' ? NOTHING : {}), create: 'none', update: 'none', delete: 'none' }),
  // Whoever is away says so; executives too. It is taken back through the endpoint (Q12).
  crm_trips: (role) => ({ ...(role === 'group_executive' ? { create: 'all' } : {}), update: 'none', delete: 'none' }),
  crm_leaves: (role) => ({ ...(role === 'group_executive' ? { create: 'all' } : {}), update: 'none', delete: 'none' }),
  // Anybody reports a fault; IT, which is group marketing here, works on it (ACC-4, OPS-1).
  crm_faults: (role) => ({
    ...(role === 'group_executive' ? { create: 'all' } : {}),
    update: role === 'system_admin' ? 'all' : 'none',
    delete: 'none',
  }),
  // Targets are set for people, not by them.
  crm_targets: (role) => (role === 'sales_rep' ? { create: 'none', update: 'none' } : {}),
  // A tag comes off a customer by whoever may put it on; the link is no business row.
  crm_customers_tags: (role) => (isSegmentRole(role) ? { delete: segmentReach(role) } : {}),
  // Segments and companies are switched off, never deleted: their history stays.
  crm_segments: () => ({ delete: 'none' }),
  crm_companies: () => ({ delete: 'none' }),
  // What the administrator granted to roles is system information.
  crm_field_grants: (role) => (role === 'system_admin' ? {} : NOTHING),
  // Which segments a head manages is part of managing users.
  crm_user_segments: (role) => (role === 'system_admin' ? EVERYTHING : NOTHING),
};

const segmentReach = (role: RoleName): Reach => (managesSegments(role) ? 'segment' : 'own');

/** The log is read by system admins, and of their own segments by segment admins; nobody writes it (three-way split of duties). */
function readsLog(role: RoleName, collection: string): Decision {
  if (role === 'system_admin') return READ_ALL;
  return role === 'segment_admin' && COLLECTIONS[collection]!.fields['segment'] ? { ...NOTHING, read: 'segment' } : NOTHING;
}

function byTenancy(role: RoleName, collection: string): Decision {
  const { tenancy } = COLLECTIONS[collection]!;
  if (tenancy === 'internal') return NOTHING;
  if (tenancy === 'log') return readsLog(role, collection);
  if (role === 'system_admin') return EVERYTHING;
  if (role === 'group_executive') return READ_ALL;
  switch (tenancy) {
    case 'owned': {
      const reach = segmentReach(role);
      return { create: reach, read: reach, update: reach, delete: 'none', share: 'none' };
    }
    case 'segmental':
      return managesSegments(role)
        ? { create: 'segment', read: 'segment', update: 'segment', delete: 'none', share: 'none' }
        : { ...NOTHING, read: 'segment' };
    case 'config':
      return { ...NOTHING, read: 'shared' };
    case 'reference':
      return READ_ALL;
  }
}

/** What `role` may do with one of our collections (ORG-4 … ORG-8, ORG-11): default deny, one answer for every action. */
export function decisionOf(role: RoleName, collection: string): Decision {
  if (!COLLECTIONS[collection]) throw new Error(`No access decision for ${collection}: it is not in the model`);
  return { ...byTenancy(role, collection), ...EXCEPTIONS[collection]?.(role) };
}
