import { withVerified } from '../../customers/index.ts';
import { isLeftUnallocated } from '../../pipeline/leads/index.ts';
import type { Row } from '../../platform/api/host.ts';
import { decideOwnerChange, decidePlacement, mayReach, type Place, type PlacementReason } from '../../segments/index.ts';
import type { RowFault, RowReason } from '../rules/row-fault.ts';
import { ROOT } from '../rules/row-key.ts';
import { maskedFault } from '../rules/take-masks.ts';
import { fault, forbiddenFields } from './forbidden-fields.ts';
import type { JudgedLine, Judging, OpenLine } from './import-record.ts';
import type { LookUps } from './look-ups.ts';
import { planContact } from './plan-contact.ts';
import { planValues } from './plan-values.ts';
import { unreadyLead } from './unready-lead.ts';

/** What is going to be written of one line. */
export type LinePlan = OpenLine & Planned;

interface Planned {
  collection: string;
  /** The values of the row itself, in stored forms. */
  values: Row;
  /** Where a new row stands; for one that stands already where it is to stand. */
  place: Place;
  /** The row that is updated, as it stands now. */
  stored: (Row & { id: string }) | null;
  /** In a table of customers: the contact of the line, and the tags that it names. */
  contact: Row | null;
  /** The contact that it is written over; null for a new one. */
  person: (Row & { id: string }) | null;
  /** More contacts of the company follow in the file, and it has no main contact yet: this one is it. */
  leads: boolean;
  tags: string[];
}

export const outOfReach = (): RowFault => fault(null, 'out_of_reach');

/** What the rules of segments refuse, in the words of an import. */
const PLACE_FAULTS: Record<PlacementReason, [string | null, RowReason]> = {
  forbidden: [null, 'out_of_reach'],
  segment_required: [null, 'out_of_reach'],
  owner_required: ['owner', 'owner_needed'],
  owner_of_tree: ['owner', 'owner_of_customer'],
  owner_not_in_segment: ['owner', 'owner_elsewhere'],
  lead_unallocated: [null, 'out_of_reach'],
};

/**
 * Judges what a line would write, by the rules that decide for a form; what they refuse becomes a fault of the line. The dry run
 * asks before anything is written, and the commit once more at the moment in which it writes: whom a line names may have left
 * since, what it updates may be somebody else's by now (IMP-1).
 *
 * @param stored the row that it updates.
 * @param contacts the contacts of that row, where it is a customer.
 * @param leads whether more contacts of its company follow.
 * @returns `suspect` where a person has to say whether its contact is the stored one of that name.
 */
export function planLine<Line extends JudgedLine>(
  work: Judging,
  line: Line,
  lookUps: LookUps,
  stored: (Row & { id: string }) | null,
  contacts: readonly (Row & { id: string })[] = [],
  leads = false,
): (Line & Planned) | RowFault[] | 'suspect' {
  const { kind } = work.record;
  const collection = ROOT[kind];
  const named = resolve(line, lookUps);
  if (named.faults.length) return named.faults;
  const isUpdate = line.staged.verdict === 'update';
  if (isUpdate && (!stored || !mayReach(work.actor, stored as unknown as Place) || stored['status'] === 'merged')) return [outOfReach()];
  const parent = named.customer ? lookUps.customers.get(named.customer)! : null;
  const place = stored
    ? placeOfStored(work, stored, parent, named, lookUps)
    : placeOfNew(work, collection, parent, ownerNamed(work, line, collection, named), lookUps);
  if (Array.isArray(place)) return place;
  if (collection === 'crm_leads' && isAllocated(work, stored, parent, place)) return [fault('owner', 'needs_approval')];
  const { [collection]: own = {}, crm_contacts: contact } = line.content.values;
  const unready = collection === 'crm_leads' ? unreadyLead(stored, own, place) : null;
  if (unready) return [unready];
  const person = kind === 'customers' && contact && Object.keys(contact).length ? contact : null;
  const masked = stored ? [] : (line.content.masked ?? []).filter(({ target }) => !target?.startsWith('contact.'));
  if (masked.length) return masked.map(maskedFault);
  // Below a customer the owner is not the importer's to send: it comes with the customer.
  const isGiven = stored && !parent && stored['owner'] !== place.owner;
  const refused = [
    ...forbiddenFields(work, collection, isUpdate ? 'update' : 'create', [
      ...Object.keys(own),
      ...Object.keys(named.keys),
      ...(isGiven ? ['owner'] : []),
    ]),
    ...(named.tags.length ? forbiddenFields(work, 'crm_customers_tags', 'create', ['tag'], '', 'tags') : []),
  ];
  if (refused.length) return refused;
  const planned = planValues(work, collection, { ...own, ...named.keys }, { stored, deals: lookUps.deals });
  if (Array.isArray(planned)) return planned;
  const over = person ? planContact(work, line, person, contacts) : { stored: null };
  if (over === 'suspect' || Array.isArray(over)) return over;
  const hasMain = contacts.some((row) => Boolean(row['is_primary']));
  return {
    ...line,
    collection,
    values: withVerified(collection, planned, work.today),
    place,
    stored,
    contact: person && withVerified('crm_contacts', person, work.today),
    person: over.stored,
    leads: leads && !hasMain && !forbiddenFields(work, 'crm_contacts', over.stored ? 'update' : 'create', ['is_primary']).length,
    tags: named.tags,
  };
}

/** Whether a line gives a lead to somebody where that asks for an approval (SAL-10, Q2). A new one below a customer is its owner's. */
function isAllocated({ needsApproval, actor }: Judging, stored: Row | null, parent: Place | null, { owner }: Place): boolean {
  if (!needsApproval || !owner) return false;
  return stored ? owner !== stored['owner'] : !parent && owner !== actor.user;
}

interface Named {
  owner: string | null;
  customer: string | null;
  tags: string[];
  /** Foreign keys of the row itself. */
  keys: Row;
  faults: RowFault[];
}

/** What the dry run has found for the line's cells, as far as it is still there to be named. */
function resolve({ content }: JudgedLine, lookUps: LookUps): Named {
  const named: Named = { owner: null, customer: null, tags: [], keys: {}, faults: [] };
  for (const { target, text, ids } of content.lookups) {
    const known = KNOWN[target as keyof typeof KNOWN];
    const gone = !ids.length || ids.some((id) => !known.in(lookUps, id));
    const [id] = ids;
    if (gone || !id) named.faults.push(fault(target, known.reason, { value: text.slice(0, LONGEST) }));
    else if (target === 'tags') named.tags.push(...ids);
    else if (target === 'owner') named.owner = id;
    else named.keys[target] = id;
    if (target === 'customer' && id) named.customer = id;
  }
  named.tags = [...new Set(named.tags)];
  return named;
}

const LONGEST = 64;

const KNOWN: Record<
  'owner' | 'customer' | 'industry' | 'region' | 'tags',
  { in(lookUps: LookUps, id: string): boolean; reason: RowReason }
> = {
  owner: { in: ({ people }, id) => people.has(id), reason: 'owner_elsewhere' },
  customer: { in: ({ customers }, id) => customers.has(id), reason: 'unknown_customer' },
  industry: { in: ({ industry }, id) => industry.has(id), reason: 'unknown_reference' },
  region: { in: ({ region }, id) => region.has(id), reason: 'unknown_reference' },
  tags: { in: ({ tags }, id) => tags.has(id), reason: 'unknown_reference' },
};

/** Whom a line gives its row to: null leaves a lead to its allocation, nothing to whoever imports it. */
function ownerNamed({ actor }: Judging, { content }: JudgedLine, collection: string, { owner }: Named): string | null | undefined {
  if (owner) return owner;
  return collection === 'crm_leads' && isLeftUnallocated(actor, content.values[collection] ?? {}) ? null : undefined;
}

function placeOfNew(
  { actor, record }: Judging,
  collection: string,
  parent: Place | null,
  owner: string | null | undefined,
  { people }: LookUps,
): Place | RowFault[] {
  const placed = decidePlacement({
    person: actor,
    sent: { segment: record.segment, ...(owner === undefined ? {} : { owner }) },
    parent,
    candidate: owner ? (people.get(owner) ?? null) : null,
    owned: true,
    ownerOptional: collection === 'crm_leads',
  });
  if (!placed.accepted) return [fault(...PLACE_FAULTS[placed.reason])];
  return mayReach(actor, placed.value) ? placed.value : [fault(...PLACE_FAULTS.forbidden)];
}

/** A row below a customer stands where that stands; any other one is given to somebody else by whoever may allocate. */
function placeOfStored(
  { actor }: Judging,
  stored: Row,
  parent: Place | null,
  { owner, customer }: Named,
  { people }: LookUps,
): Place | RowFault[] {
  const standing: Place = { segment: stored['segment'] as string, owner: stored['owner'] as string | null };
  if (parent) {
    const elsewhere = Boolean(stored['lead']) || (Boolean(stored['opportunity']) && stored['customer'] !== customer);
    if (elsewhere) return [fault('customer', 'out_of_reach')];
    return owner && owner !== parent.owner ? [fault('owner', 'owner_of_customer')] : { segment: parent.segment, owner: parent.owner };
  }
  if (!owner || owner === standing.owner) return standing;
  if (actor.role === 'sales_rep') return [fault('owner', 'out_of_reach')];
  const inTree = Boolean(stored['customer'] ?? stored['lead'] ?? stored['opportunity']);
  const decided = decideOwnerChange({ row: standing, inTree, owner, candidate: people.get(owner) ?? null });
  return decided.accepted ? { ...standing, owner: decided.value } : [fault(...PLACE_FAULTS[decided.reason])];
}
