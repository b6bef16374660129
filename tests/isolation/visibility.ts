/**
 * The slow, obvious model of who may read what (ORG-2, ORG-4 … ORG-8, Q1, Q18, Q21). Written independently of the access
 * matrix on purpose: the isolation tests compare the running system with this page, not with itself.
 */
import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import type { Tenancy } from '../../schema-snapshots/define.ts';

export interface Viewer {
  id: string;
  email: string;
  /** null: a person whose role was taken away. */
  role: RoleName | null;
  active: boolean;
  home: string | null;
  managed: readonly string[];
}

export interface WorldRow {
  collection: string;
  id: string;
  tenancy: Tenancy;
  segment: string | null;
  owner: string | null;
}

/** What is filed about people is for those who answer for them (ACC-8 … ACC-10, USE-1). */
const ABOUT_PEOPLE = ['crm_access_requests', 'crm_freezes', 'crm_handovers', 'crm_logins'];

const groupWide = (viewer: Viewer) => viewer.role === 'system_admin' || viewer.role === 'group_executive';

export function canRead(viewer: Viewer, row: WorldRow): boolean {
  if (!viewer.active || !viewer.role) return false;
  if (row.tenancy === 'internal') return false;
  if (row.tenancy === 'reference') return true;
  // Who looked at sealed values is for a system admin, and for a segment admin in the own segment (SEC-5).
  if (row.collection === 'crm_reveals' && viewer.role !== 'system_admin')
    return viewer.role === 'segment_admin' && row.segment !== null && viewer.managed.includes(row.segment);
  if (row.tenancy === 'log') {
    if (viewer.role === 'system_admin') return true;
    return viewer.role === 'segment_admin' && row.segment !== null && viewer.managed.includes(row.segment);
  }
  if (groupWide(viewer)) return true;
  if (viewer.role === 'sales_rep' && ABOUT_PEOPLE.includes(row.collection)) return false;
  if (row.tenancy === 'config') {
    if (row.segment === null) return true;
    return viewer.role === 'sales_rep' ? row.segment === viewer.home : viewer.managed.includes(row.segment);
  }
  if (row.segment === null) return false;
  if (viewer.role === 'sales_rep') return row.segment === viewer.home && (row.tenancy === 'segmental' || row.owner === viewer.id);
  return viewer.managed.includes(row.segment);
}

/**
 * People: one's own segment and the group staff, nobody of other segments (ORG-2 "system information"). Whoever manages a segment works
 * there, and its admins answer for them (Q18).
 */
export function canSeePerson(viewer: Viewer, person: Viewer, groupSegment: string): boolean {
  if (!viewer.active || !viewer.role) return false;
  if (viewer.id === person.id || groupWide(viewer)) return true;
  if (person.home === null) return false;
  if (viewer.role === 'sales_rep') return viewer.home !== null && (person.home === viewer.home || person.home === groupSegment);
  const manages = person.role === 'segment_head' || person.role === 'segment_admin';
  if (viewer.role === 'segment_admin' && manages && person.managed.some((segment) => viewer.managed.includes(segment))) return true;
  return viewer.managed.length > 0 && (viewer.managed.includes(person.home) || person.home === groupSegment);
}
