import { accept, refuse, type Decision } from '../../kernel/decision.ts';
import { belongsTo, isGroupStaff, managesSegments, mayReach, type Person, type Place } from './reach.ts';

/** What the client sent; undefined means not at all. */
export interface Sent {
  segment?: string | null;
  owner?: string | null;
}

export interface Placement {
  person: Person;
  sent: Sent;
  /** The row it hangs under in a customer's tree; null where it starts a tree of its own. */
  parent: Place | null;
  /** The person behind `sent.owner`, null where there is nobody of that id. */
  candidate: Person | null;
  /** Whether the collection has an owner at all, and whether it may stay empty (leads before allocation, Q21). */
  owned: boolean;
  ownerOptional: boolean;
}

export type PlacementReason =
  'forbidden' | 'segment_required' | 'owner_required' | 'owner_of_tree' | 'owner_not_in_segment' | 'lead_unallocated';

type Placed = Decision<Place, PlacementReason>;

/**
 * Where a new row stands (design.md 2). Below a parent it takes the parent's segment and owner, whoever enters it; a row
 * of its own stands in the segment of whoever enters it, and system admins name one. Q1: the creator owns what is not
 * given to somebody else.
 */
export function decidePlacement(placement: Placement): Placed {
  return placement.parent ? placeBelow(placement, placement.parent) : placeAlone(placement);
}

function placeBelow({ person, sent, owned, ownerOptional }: Placement, parent: Place): Placed {
  if (!mayReach(person, parent)) return refuse('forbidden');
  if (sent.segment && sent.segment !== parent.segment) return refuse('forbidden');
  if (!owned) return accept({ segment: parent.segment, owner: null });
  if (sent.owner && sent.owner !== parent.owner) return refuse('owner_of_tree');
  if (parent.owner === null && !ownerOptional) return refuse('lead_unallocated');
  return accept({ segment: parent.segment, owner: parent.owner });
}

function placeAlone(placement: Placement): Placed {
  const segment = segmentFor(placement);
  if (!segment.accepted) return segment;
  if (!placement.owned) return accept({ segment: segment.value, owner: null });
  const owner = ownerFor(placement, segment.value);
  return owner.accepted ? accept({ segment: segment.value, owner: owner.value }) : owner;
}

function segmentFor({ person, sent, candidate }: Placement): Decision<string, PlacementReason> {
  if (person.admin || person.role === 'system_admin') return sent.segment ? accept(sent.segment) : refuse('segment_required');
  if (person.role === 'group_executive') return segmentOfAssignee(sent, sent.owner ? candidate : person);
  if (managesSegments(person.role)) {
    const segment = sent.segment ?? defaultSegment(person, sent.owner ? candidate : null);
    if (!segment) return refuse(person.managedSegments.length ? 'segment_required' : 'forbidden');
    return person.managedSegments.includes(segment) ? accept(segment) : refuse('forbidden');
  }
  if (person.role !== 'sales_rep' || !person.homeSegment) return refuse('forbidden');
  return sent.segment && sent.segment !== person.homeSegment ? refuse('forbidden') : accept(person.homeSegment);
}

/** An executive's activity stands in the segment of whoever is to do it (ORG-4). */
function segmentOfAssignee(sent: Sent, assignee: Person | null): Decision<string, PlacementReason> {
  if (!assignee?.homeSegment) return refuse('owner_not_in_segment');
  const segment = sent.segment ?? assignee.homeSegment;
  return belongsTo(assignee, segment) ? accept(segment) : refuse('owner_not_in_segment');
}

/**
 * The segment of somebody who manages several and names none: that of whoever is to own the row, where the actor manages it, else
 * the home one (Q18).
 */
function defaultSegment({ homeSegment, managedSegments }: Person, owner: Person | null): string | null {
  const theirs = owner?.homeSegment;
  if (theirs && managedSegments.includes(theirs)) return theirs;
  if (homeSegment && managedSegments.includes(homeSegment)) return homeSegment;
  return managedSegments.length === 1 ? managedSegments[0]! : null;
}

function ownerFor({ person, sent, candidate, ownerOptional }: Placement, segment: string): Decision<string | null, PlacementReason> {
  if (person.role === 'sales_rep' && !person.admin && sent.owner !== undefined && sent.owner !== person.user) return refuse('forbidden');
  if (sent.owner) {
    const owner = sent.owner === person.user ? person : candidate;
    return owner && belongsTo(owner, segment) ? accept(sent.owner) : refuse('owner_not_in_segment');
  }
  if (ownerOptional && (sent.owner === null || person.admin || isGroupStaff(person.role))) return accept(null);
  if (sent.owner === undefined && belongsTo(person, segment)) return accept(person.user);
  return refuse('owner_required');
}

export interface OwnerChange {
  row: Place;
  /** Below a customer the owner is the customer's. */
  inTree: boolean;
  owner: string | null;
  candidate: Person | null;
}

/** Whether the owner of a tree may become `owner`: within the segment, and never nobody again (ORG-5, ORG-7). */
export function decideOwnerChange({ row, inTree, owner, candidate }: OwnerChange): Decision<string | null, PlacementReason> {
  if (owner === row.owner) return accept(owner);
  if (inTree) return refuse('owner_of_tree');
  if (!owner) return refuse('owner_required');
  return candidate && row.segment && belongsTo(candidate, row.segment) ? accept(owner) : refuse('owner_not_in_segment');
}
