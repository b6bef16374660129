import { randomUUID } from 'node:crypto';
import { COLLECTIONS } from '../kernel/collections.ts';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { loadPerson } from './people.ts';
import { refusalFor } from './refusals.ts';
import { decideOwnerChange, decidePlacement, type Sent } from './rules/placement.ts';
import { belongsTo, mayReach, type Place } from './rules/reach.ts';
import { fileLinks, judgeParents, parentLinks } from './rules/tree.ts';
import { writeNotes } from './write-notes.ts';

/** Rows with a tree of their own, whose owner can be changed. */
export const ROOTS: readonly string[] = ['crm_customers', 'crm_leads'];
const isBusiness = (collection: string) => ['owned', 'segmental'].includes(COLLECTIONS[collection]?.tenancy ?? '');
const hasOwner = (collection: string) => Boolean(COLLECTIONS[collection]?.fields['owner']);
/** The key behind a foreign key as clients send it: plain, or as the row itself (GraphQL, nested). */
const toId = (value: unknown): string | null => {
  const key = typeof value === 'object' && value ? (value as Row)['id'] : value;
  return typeof key === 'string' && key ? key : null;
};

/** Whom and what the last write of a row named: `settle` judges them again inside the transaction. */
export const asked = writeNotes<{ owner: string | null; parent: string | null }>();
/** Where roots stood before the last write that named their owner. */
export const formerPlaces = writeNotes<Row & Place>();
/** The files that rows carried before their last write. */
export const formerFiles = writeNotes<Row>();

/** People whom the slice judges that executes it: of another segment in transfers/ (ORG-3), frozen or of anywhere in users/requests. */
const JUDGED_ELSEWHERE: Readonly<Record<string, readonly string[]>> = { crm_transfers: ['to_owner'], crm_access_requests: ['user'] };

/** People other than the owner whom a client names; they work in the segment too. */
const personFields = (collection: string): string[] =>
  Object.entries(COLLECTIONS[collection]!.fields)
    .filter(([field, { relation, computed }]) => relation?.kind === 'user' && !computed && field !== 'owner')
    .map(([field]) => field)
    .filter((field) => !JUDGED_ELSEWHERE[collection]?.includes(field));

const sentPlace = (collection: string, payload: Row): Sent => ({
  ...('segment' in payload ? { segment: toId(payload['segment']) } : {}),
  // A target is owned by whomever it is for.
  ...(collection === 'crm_targets' ? { owner: toId(payload['user']) } : 'owner' in payload ? { owner: toId(payload['owner']) } : {}),
});

/** The place of the first parent that is set; a parent created in the same write stands where it will be put. */
async function parentPlace(database: Knex, actor: Actor, collection: string, payload: Row): Promise<Place | null> {
  const set = parentLinks(collection).filter(({ field }) => payload[field] !== null && payload[field] !== undefined);
  const fault = judgeParents(collection, set.length);
  if (fault) throw refusalFor(fault, actor.language);
  const [link] = set;
  if (!link) return null;
  const value = payload[link.field];
  const id = toId(value);
  const stored = isUuid(id) ? await database(link.parent).where({ id }).first('segment', 'owner') : null;
  if (stored) return stored;
  // A key that leads nowhere gets the answer of a foreign one, also where a whole row comes with it.
  if (id || typeof value !== 'object') throw refusalFor('forbidden', actor.language);
  return placeOf(database, actor, link.parent, value as Row);
}

async function placeOf(database: Knex, actor: Actor, collection: string, payload: Row): Promise<Place> {
  const sent = sentPlace(collection, payload);
  const placed = decidePlacement({
    person: actor,
    sent,
    parent: await parentPlace(database, actor, collection, payload),
    candidate: sent.owner ? await loadPerson(database, sent.owner) : null,
    owned: hasOwner(collection),
    ownerOptional: COLLECTIONS[collection]!.ownerOptional,
  });
  if (!placed.accepted) {
    const isActivity = placed.reason === 'owner_of_tree' && collection === 'crm_activities';
    throw refusalFor(isActivity ? 'activity_of_record' : placed.reason, actor.language);
  }
  return placed.value;
}

async function checkPeople(database: Knex, actor: Actor, collection: string, payload: Row, segment: string | null): Promise<void> {
  for (const field of personFields(collection)) {
    const id = toId(payload[field]);
    const person = id ? await loadPerson(database, id) : null;
    if (id && !(person && segment && belongsTo(person, segment))) throw refusalFor('person_not_in_segment', actor.language, field);
  }
}

async function beforeCreate(payload: Row, { collection, database, actor }: WriteContext): Promise<Row> {
  if (!actor) return payload;
  const named = { ...payload, id: randomUUID() };
  if (!isBusiness(collection)) return named;
  if (!actor.role && !actor.admin) throw refusalFor('forbidden', actor.language);
  const place = await placeOf(database, actor, collection, payload);
  await checkPeople(database, actor, collection, payload, place.segment);
  noteAsked(collection, named.id, { ...payload, owner: place.owner });
  // A rep may send neither field: the presets give the same values, and what a client sends is refused by the host.
  if (actor.role === 'sales_rep') return named;
  return { ...named, segment: place.segment, ...(hasOwner(collection) ? { owner: place.owner } : {}) };
}

/**
 * Early answers for updates. For keys that the actor may not reach it says nothing: the host's own refusal comes next
 * and is the same for a foreign row and for none.
 */
async function judgeUpdate(payload: Row, keys: readonly string[], { collection, database, actor }: WriteContext): Promise<void> {
  const touched = ['segment', 'owner', ...personFields(collection)].some((field) => field in payload);
  // Neither changes an owner: the host's own refusal is the answer (ORG-4, ORG-6).
  if (!actor || !touched || actor.role === 'sales_rep' || actor.role === 'group_executive') return;
  const parents = parentLinks(collection).map(({ field }) => field);
  const rows: (Row & Place)[] = await database(collection)
    .whereIn('id', [...keys])
    .select(['id', 'segment', ...(hasOwner(collection) ? ['owner'] : []), ...parents]);
  if (rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row))) return;

  if ('segment' in payload && rows.some(({ segment }) => segment !== toId(payload['segment'])))
    throw refusalFor('segment_fixed', actor.language);
  for (const row of rows) {
    await checkPeople(database, actor, collection, payload, row.segment);
    if (!hasOwner(collection) || !('owner' in payload)) continue;
    const owner = toId(payload['owner']);
    const inTree = parents.some((field) => (field in payload ? payload[field] : row[field]));
    const decided = decideOwnerChange({ row, inTree, owner, candidate: owner ? await loadPerson(database, owner) : null });
    if (!decided.accepted) throw refusalFor(decided.reason, actor.language);
  }
}

/** People are named by their key: a person who comes as a row would be changed in the same write, after the judgement. */
function withBareKeys(collection: string, payload: Row): Row {
  const objects = ['owner', ...personFields(collection), ...(JUDGED_ELSEWHERE[collection] ?? [])].filter(
    (field) => typeof payload[field] === 'object' && payload[field],
  );
  return objects.length ? { ...payload, ...Object.fromEntries(objects.map((field) => [field, toId(payload[field])])) } : payload;
}

/** Only what names other rows: values of the record are nobody's to keep in memory. */
function noteAsked(collection: string, item: string, payload: Row): void {
  const { owner, parent } = payload;
  asked.note(collection, item, { owner: toId(owner), parent: toId(parent) });
}

async function noteFormer(collection: string, keys: readonly string[], database: Knex): Promise<void> {
  const rows: (Row & Place & { id: string })[] = await database(collection)
    .whereIn('id', [...keys])
    .select('id', 'segment', 'owner');
  for (const row of rows) formerPlaces.note(collection, row.id, row);
}

async function noteFiles(collection: string, keys: readonly string[], database: Knex): Promise<void> {
  const fields = fileLinks()
    .filter((link) => link.collection === collection)
    .map(({ field }) => field);
  if (!fields.length) return;
  const rows: (Row & { id: string })[] = await database(collection)
    .whereIn('id', [...keys])
    .select(['id', ...fields]);
  for (const row of rows) formerFiles.note(collection, row.id, row);
}

async function beforeUpdate(payload: Row, keys: readonly string[], context: WriteContext): Promise<Row> {
  const { collection, database, actor } = context;
  if (!actor || !isBusiness(collection)) return payload;
  const named = withBareKeys(collection, payload);
  await judgeUpdate(named, keys, context);
  for (const key of keys) noteAsked(collection, String(key), named);
  if (ROOTS.includes(collection) && 'owner' in named) await noteFormer(collection, keys, database);
  await noteFiles(collection, keys, database);
  return named;
}

async function beforeDelete(keys: readonly string[], { collection, database, actor }: WriteContext): Promise<void> {
  if (actor && isBusiness(collection)) await noteFiles(collection, keys, database);
}

/** Stamps key, segment and owner of every new row of ours (ORG-2, F7). */
export const placementStep: WriteStep = { name: 'segments/placement', beforeCreate, beforeUpdate, beforeDelete };
