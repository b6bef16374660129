import { COLLECTIONS, type CollectionInfo } from '../../extensions/crm/src/kernel/collections.ts';
import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { COLLECTIONS as MODEL } from '../../schema-snapshots/model/index.ts';
import { decisionOf, type Action } from './decisions.ts';
import { isSegmentRole } from './row-rules.ts';

/** Columns that the server decides for whoever may not: see segments/. */
const PLACE = ['segment', 'owner'];

/** Trees whose owner a head or an admin may change; everything below follows (design.md 2). */
const OWNER_MAY_MOVE = ['crm_customers', 'crm_leads'];

/** Who sends an owner when creating: heads, admins and executives assign; what a rep creates is the rep's. */
const mayPlace = (role: RoleName) => role !== 'sales_rep';

/** Of shared reference data a segment role needs what names the row, not how other segments are run (ORG-2). */
const NARROWED_READ: Record<string, readonly string[]> = {
  crm_segments: ['id', 'code', 'name'],
  crm_companies: ['id', 'name', 'short_name'],
  // From which address group staff work, and what proves the log, is not the segment's.
  crm_audit: ['id', 'at', 'user', 'acting_for', 'action', 'collection', 'item', 'nth', 'segment', 'before', 'after', 'reason', 'origin'],
};

/**
 * Which record a dispute is about, the judge finds out: to claimants its key may be one of a row that is not theirs (CUS-13). Whom of
 * another segment group marketing names, and on what basis, is not for the segment that gives the customer away (ORG-2); the log of
 * the segment that gets it says on what basis it came.
 */
const HIDDEN_READ: Record<string, readonly string[]> = { crm_disputes: ['record'], crm_transfers: ['named_owner', 'basis', 'basis_note'] };

/** What group marketing fills in on a transfer before it executes it; what was asked for stays as it was asked (ORG-3). */
const NARROWED_UPDATE: Record<string, readonly string[]> = { crm_transfers: ['to_owner', 'basis', 'basis_note', 'with_contacts'] };

/** Flags that only an installation sets. */
const FIXED: Record<string, readonly string[]> = { crm_segments: ['is_group_pool'] };

/** Sections of the form hold no data, but the Studio drops a field whose section is not granted. */
const SECTIONS: Record<string, string[]> = Object.fromEntries(
  MODEL.map(({ name, fields }) => [name, fields.filter(({ type }) => type === 'alias').map((field) => field.name)]),
);

const columnsOf = (info: CollectionInfo, wanted: (name: string) => boolean) => Object.keys(info.fields).filter(wanted);

/** Lists of other rows on this one, as far as the role may do one of `actions` with them. */
function listsOf(role: RoleName, info: CollectionInfo, actions: readonly Action[]): string[] {
  return Object.entries(info.lists)
    .filter(([, { collection }]) => COLLECTIONS[collection] && actions.some((action) => decisionOf(role, collection)[action] !== 'none'))
    .map(([name]) => name);
}

/** The fields behind one cell of the matrix. Always a written list: a field that somebody adds is granted to nobody. */
export function fieldsOf(role: RoleName, collection: string, action: Action): string[] {
  const info = COLLECTIONS[collection]!;
  const sections = SECTIONS[collection] ?? [];
  const fixed = FIXED[collection] ?? [];
  const writable = (name: string) => !info.fields[name]!.computed && !fixed.includes(name);
  const business = info.tenancy === 'owned' || info.tenancy === 'segmental';

  switch (action) {
    case 'read': {
      const narrowed = isSegmentRole(role) ? NARROWED_READ[collection] : undefined;
      if (narrowed) return [...narrowed];
      const hidden = isSegmentRole(role) ? (HIDDEN_READ[collection] ?? []) : [];
      const shown = columnsOf(info, (name) => !info.fields[name]!.secret && !hidden.includes(name));
      return [...shown, ...sections, ...listsOf(role, info, ['read'])];
    }
    case 'create': {
      const placed = (name: string) => !business || mayPlace(role) || !PLACE.includes(name);
      return [...columnsOf(info, (name) => writable(name) && placed(name)), ...sections, ...listsOf(role, info, ['create'])];
    }
    case 'update': {
      const few = NARROWED_UPDATE[collection];
      if (few) return [...few, ...sections];
      const fixedPlace = (name: string) => {
        if (name === 'id' || name === 'segment') return true;
        if (name !== 'owner') return false;
        return !(mayPlace(role) && OWNER_MAY_MOVE.includes(collection));
      };
      return [...columnsOf(info, (name) => writable(name) && !fixedPlace(name)), ...sections, ...listsOf(role, info, ['create', 'update'])];
    }
    default:
      return ['*'];
  }
}
