import { COLLECTIONS } from '../kernel/collections.ts';
import type { Actor } from '../platform/api/actor.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../platform/api/write-pipeline.ts';
import { askAgain } from './ask-again.ts';
import { cascadePlace, hasStragglers } from './cascade.ts';
import { leaveTreeBehind } from './leave-behind.ts';
import { refusalFor } from './refusals.ts';
import { loadPerson } from './people.ts';
import { asked, formerFiles, formerPlaces, ROOTS } from './placement-step.ts';
import { belongsTo, mayReach, type Place } from './rules/reach.ts';
import { fileLinks, judgeParents, parentLinks, segmentLinks, type TreeLink } from './rules/tree.ts';

interface Settling {
  database: Knex;
  actor: Actor;
  collection: string;
  row: Row & Place & { id: string };
}

const samePlace = (one: Place, other: Place) => one.segment === other.segment && one.owner === other.owner;
const refuse = (reason: Parameters<typeof refusalFor>[0], { actor }: Pick<Settling, 'actor'>) => refusalFor(reason, actor.language);
const ofCollection = (links: readonly TreeLink[], collection: string) => links.filter((link) => link.collection === collection);
const ROOT = 'crm_customers';
const FILES = fileLinks();
const NEIGHBOURS = segmentLinks();

/** Writes a row's place where it differs, and everything below. */
async function moveTo({ database, collection, row }: Settling, place: Place): Promise<void> {
  if (samePlace(row, place)) return;
  if (collection === 'crm_activities') await askAgain(database, place.owner, (rows) => rows.where({ id: row.id }));
  await database(collection).where({ id: row.id }).update({ segment: place.segment, owner: place.owner });
  Object.assign(row, place);
  await cascadePlace(database, collection, row.id, place);
}

/**
 * Makes a change of owner and a row that is being hung under it wait for each other: else the one would not see the other's
 * row, which then stayed with the former owner (Q1). The customer comes first, as in every write; SQLite has one writer.
 */
async function holdTree({ database, row }: Settling, set: readonly TreeLink[]): Promise<void> {
  const customers = new Set<string>();
  for (const { field, parent } of set) {
    const above = parent === ROOT ? row[field] : (await database(parent).where({ id: row[field] }).first('customer'))?.customer;
    if (above) customers.add(above as string);
  }
  for (const id of [...customers].sort()) await database(ROOT).where({ id }).forNoKeyUpdate().first('id');
}

/** Brings the row to where its parents stand, and makes sure that several parents are in one tree. */
async function settleBelowParents(settling: Settling): Promise<void> {
  const { database, collection, row } = settling;
  const set = parentLinks(collection).filter(({ field }) => row[field]);
  const fault = judgeParents(collection, set.length);
  if (fault) throw refuse(fault, settling);
  await holdTree(settling, set);
  const parents: (Row & Place)[] = [];
  for (const { field, parent } of set) {
    const stored = await database(parent).where({ id: row[field] }).forNoKeyUpdate().first();
    if (!stored) throw refuse('forbidden', settling);
    parents.push({ ...stored, customer: parent === 'crm_customers' ? stored.id : stored.customer });
  }
  const [first] = parents;
  if (!first) return;
  if (parents.some(({ customer }) => customer !== first['customer'])) throw refuse('parents_disagree', settling);
  if (first.owner === null && !COLLECTIONS[collection]!.ownerOptional) throw refuse('lead_unallocated', settling);
  await moveTo(settling, { segment: first.segment, owner: first.owner });
  if ('opportunity' in row && 'customer' in row && parentLinks(collection)[0]!.field === 'opportunity' && row['customer'] === null) {
    await database(collection).where({ id: row.id }).update({ customer: first['customer'] });
  }
}

/** A sale follows its opportunity to another customer. */
async function carrySales({ database, collection, row }: Settling): Promise<void> {
  if (collection !== 'crm_opportunities') return;
  for (const sale of ['crm_orders', 'crm_contracts']) {
    const left = (rows: Knex.QueryBuilder) => rows.where({ opportunity: row.id }).whereNot({ customer: row['customer'] as string });
    await updateLogged(database, sale, left, { customer: row['customer'] });
  }
}

/** Rows beside it (parent organisation, stage, product): same segment, or shared by all; a parent organisation that would cross is cleared. */
async function settleNeighbours(settling: Settling): Promise<void> {
  const { database, collection, row, actor } = settling;
  for (const { field, parent } of ofCollection(NEIGHBOURS, collection)) {
    if (!row[field]) continue;
    const owned = Boolean(COLLECTIONS[parent]!.fields['owner']);
    const neighbour = await database(parent)
      .where({ id: row[field] })
      .first(owned ? ['segment', 'owner'] : ['segment']);
    if (!neighbour) throw refuse('forbidden', settling);
    if (neighbour.segment === null && !owned) continue;
    if (owned && !mayReach(actor, neighbour)) throw refuse('forbidden', settling);
    if (owned && !samePlace(neighbour, row) && field === 'parent' && asked.of(collection, row.id)?.parent === row[field])
      throw refuse('neighbour_elsewhere', settling);
    if (owned && !samePlace(neighbour, row))
      await database(collection)
        .where({ id: row.id })
        .update({ [field]: null });
    if (!owned && neighbour.segment !== row.segment) throw refuse('forbidden', settling);
  }
}

/** The files of the row come along; a file that hangs on somebody else's record stays there. */
async function settleFiles(settling: Settling): Promise<void> {
  const { database, collection, row, actor } = settling;
  for (const { field } of ofCollection(FILES, collection)) {
    if (!row[field]) continue;
    const file = await database('directus_files').where({ id: row[field] }).first('segment', 'owner');
    if (!file || !mayReach(actor, file)) throw refuse('forbidden', settling);
    const others = await database(collection)
      .where({ [field]: row[field] })
      .whereNot({ id: row.id })
      .select('segment', 'owner');
    if (others.some((other: Place) => !samePlace(other, row))) throw refuse('file_elsewhere', settling);
    if (!samePlace(file, row))
      await updateLogged(database, 'directus_files', (files) => files.where({ id: row[field] }), {
        segment: row.segment,
        owner: row.owner,
      });
  }
}

/** A root whose owner was changed takes its tree along, leaves nothing with the former one, and lets go of organisations that are now somebody else's (Q1). */
async function settleBelow({ database, actor, collection, row }: Settling, action: AfterWrite['action']): Promise<void> {
  if (!ROOTS.includes(collection) || actor.role === 'sales_rep' || row.owner === null) return;
  if (await hasStragglers(database, collection, row.id, row)) await cascadePlace(database, collection, row.id, row);
  const { segment, owner } = row;
  if (action === 'update' && segment && asked.of(collection, row.id)?.owner === owner) {
    const former = formerPlaces.of(collection, row.id);
    const from = { segment: former?.segment ?? segment, owner: former && former.owner !== owner ? former.owner : null };
    await leaveTreeBehind(database, collection, row.id, { from, to: { segment, owner } });
  }
  if (collection === 'crm_customers') {
    const elsewhere = (query: Knex.QueryBuilder) => void query.whereNot('segment', row.segment).orWhereNot('owner', row.owner);
    await updateLogged(database, collection, (rows) => rows.where({ parent: row.id }).andWhere(elsewhere), { parent: null });
  }
}

/** Whoever was made the owner still works in the segment at this moment, whatever was true when the write was asked for. */
async function holdOwner(settling: Settling): Promise<void> {
  const { database, collection, row, actor } = settling;
  if (row.owner === null || row.owner === actor.user || asked.of(collection, row.id)?.owner !== row.owner) return;
  await database('directus_users').where({ id: row.owner }).forShare().first('id');
  const person = await loadPerson(database, row.owner);
  if (!person || !row.segment || !belongsTo(person, row.segment)) throw refuse('owner_not_in_segment', settling);
}

async function isCarried(database: Knex, file: unknown): Promise<boolean> {
  for (const { collection, field } of FILES) {
    if (
      await database(collection)
        .where({ [field]: file })
        .first('id')
    )
      return true;
  }
  return false;
}

/** A file that no record carries any more is nobody's: whoever owned the record does not keep it (Q1). */
async function letGoOfFiles(database: Knex, collection: string, item: string): Promise<void> {
  for (const { field } of ofCollection(FILES, collection)) {
    const former = formerFiles.of(collection, item)?.[field];
    if (former && !(await isCarried(database, former)))
      await updateLogged(database, 'directus_files', (files) => files.where({ id: former }), { owner: null });
  }
}

/** What follows from the row itself: a target is owned by its user, an activity for somebody else was assigned. */
async function settleOwner(settling: Settling, action: AfterWrite['action']): Promise<void> {
  const { database, collection, row, actor } = settling;
  if (collection === 'crm_targets') await moveTo(settling, { segment: row.segment, owner: row['user'] as string });
  if (collection === 'crm_activities' && action === 'create' && row.owner !== actor.user) {
    await database(collection).where({ id: row.id }).update({ assigned_by: actor.user });
  }
}

/**
 * The authority, inside the write's transaction and on every path: after it the row stands where its tree stands, its
 * tree stands with it, and it lies within what the actor may reach; else nothing was written (design.md 2 and 5).
 */
async function afterWrite({ collection, item, action, database, actor }: AfterWrite): Promise<void> {
  const tenancy = COLLECTIONS[collection]?.tenancy;
  if (actor && action !== 'create') await letGoOfFiles(database, collection, item);
  if (!actor || action === 'delete' || (tenancy !== 'owned' && tenancy !== 'segmental')) return;
  const row = await database(collection).where({ id: item }).first();
  if (!row) return;
  const settling: Settling = { database, actor, collection, row: { owner: null, ...row } };
  if (tenancy === 'owned') {
    await settleBelowParents(settling);
    await settleOwner(settling, action);
    await carrySales(settling);
    await holdOwner(settling);
  }
  if (!mayReach(actor, settling.row)) throw refuse('forbidden', settling);
  await settleNeighbours(settling);
  await settleFiles(settling);
  await settleBelow(settling, action);
}

export const settleStep: WriteStep = { name: 'segments/settle', afterWrite };
