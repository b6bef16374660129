import { COLLECTIONS } from '../kernel/collections.ts';
import { isUuid } from '../kernel/uuid.ts';
import type { Row } from '../platform/api/host.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import type { ReadRows } from './readable.ts';
import { refuseFields, type FieldFault } from './refuse.ts';
import { isMask } from './rules/mask.ts';
import { SEALED_COLLECTIONS, sealedFieldsOf, technicalColumnsOf } from './rules/sealed-fields.ts';
import { uncover } from './transit.ts';

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where in the sent form a row stands: the field of the outermost list, and the way from there. */
interface Spot {
  collection: string;
  field: string;
  path: string;
}

/**
 * First of all: what a client sends for cipher or index is dropped, and a mask that comes back unchanged (a form saved as it
 * was, a bulk edit, an import of an export) changes nothing. The mask of another value is refused at its field, since
 * nobody can know what was meant (design.md 4). Rows of the form's lists are judged here too, because the values of the
 * whole form are read before the host opens them one by one. Of a row out of reach nothing is said: the host refuses.
 */
export function maskStep(read: ReadRows): WriteStep {
  return {
    name: 'privacy/masks',
    collections: Object.keys(COLLECTIONS),
    beforeCreate: (payload, context) => judge(payload, null, context, read),
    beforeUpdate: (payload, keys, context) => judge(payload, keys, context, read),
  };
}

async function judge(payload: Row, keys: readonly string[] | null, context: WriteContext, read: ReadRows): Promise<Row | void> {
  if (!mayHoldMasks(context.collection)) return;
  const faults: FieldFault[] = [];
  const row = await judgeRow(context.collection, payload, keys, { context, read, faults, spot: null });
  refuseFields(faults, context.actor?.language);
  return row;
}

interface Judging {
  context: WriteContext;
  read: ReadRows;
  faults: FieldFault[];
  spot: Spot | null;
}

async function judgeRow(collection: string, payload: Row, keys: readonly string[] | null, judging: Judging): Promise<Row> {
  const row = uncover(collection, withoutTechnical(collection, payload));
  const masked = sealedFieldsOf(collection)
    .map(({ field }) => field)
    .filter((field) => isMask(row[field]));
  if (masked.length) await settleMasks(collection, row, masked, keys, judging);
  for (const [field, list] of Object.entries(COLLECTIONS[collection]?.lists ?? {})) {
    if (!mayHoldMasks(list.collection) || !row[field]) continue;
    const spot: Spot = judging.spot ? { ...judging.spot, path: `${judging.spot.path}.${field}` } : { collection, field, path: field };
    row[field] = await judgeList(list.collection, row[field], { ...judging, spot });
  }
  return row;
}

/** Drops the masks that say nothing new; the others become faults. */
async function settleMasks(
  collection: string,
  row: Row,
  masked: readonly string[],
  keys: readonly string[] | null,
  { context, read, faults, spot }: Judging,
): Promise<void> {
  const stored = keys?.length ? await read(context, collection, keys, masked) : [];
  // Nothing of these rows is the caller's to see: whatever the mask is, the answer is the host's own.
  const isOutOfReach = Boolean(keys?.length) && !stored.length;
  for (const field of masked) {
    if (keys && (isOutOfReach || stored.every((known) => known[field] === row[field]))) delete row[field];
    else if (spot) faults.push({ collection: spot.collection, field: spot.field, reason: 'hidden_value', path: `${spot.path}.${field}` });
    else faults.push({ collection, field, reason: 'hidden_value' });
  }
}

/** A list on a form: the rows themselves, or what to create, update and delete. A row with a key is one that stands. */
async function judgeList(collection: string, value: unknown, judging: Judging): Promise<unknown> {
  const judgeOne = (entry: unknown) => {
    if (!isRow(entry)) return entry;
    return judgeRow(collection, entry, isUuid(entry['id']) ? [entry['id']] : null, judging);
  };
  if (Array.isArray(value)) return inTurn(value, judgeOne);
  if (!isRow(value)) return value;
  const changed: Row = { ...value };
  for (const part of ['create', 'update']) if (Array.isArray(value[part])) changed[part] = await inTurn(value[part], judgeOne);
  return changed;
}

async function inTurn(entries: readonly unknown[], judgeOne: (entry: unknown) => unknown): Promise<unknown[]> {
  const judged: unknown[] = [];
  for (const entry of entries) judged.push(await judgeOne(entry));
  return judged;
}

function withoutTechnical(collection: string, payload: Row): Row {
  const dropped = technicalColumnsOf(collection);
  return dropped.some((column) => column in payload)
    ? Object.fromEntries(Object.entries(payload).filter(([name]) => !dropped.includes(name)))
    : { ...payload };
}

/** Whether rows of a collection, or those in the lists of its form, can hold a sealed field. */
const mayHoldMasks = (collection: string): boolean => HOLDERS.has(collection);

const HOLDERS: ReadonlySet<string> = (() => {
  const holders = new Set(SEALED_COLLECTIONS);
  for (let grew = true; grew;) {
    const more = Object.entries(COLLECTIONS).filter(
      ([name, { lists }]) => !holders.has(name) && Object.values(lists).some((list) => holders.has(list.collection)),
    );
    more.forEach(([name]) => holders.add(name));
    grew = more.length > 0;
  }
  return holders;
})();
