import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Accountability, Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { REVEALS } from './closed-step.ts';
import { MY_DAY } from './contract.ts';
import { readableRows } from './readable.ts';
import { holdPerson, limitsOf } from './reveal-log.ts';
import { isMaskOf } from './rules/mask.ts';
import { decidePage, mayLook, type RevealLimits } from './rules/reveal-limits.ts';
import { isSealedIn, sealedColumn, sealedFieldsOf } from './rules/sealed-fields.ts';
import { derivedId, openValue, subjectKeyId } from './subject-key.ts';
import { subjectsAmong } from './subject-keys.ts';
import { tellHeads } from './tell-heads.ts';
import type { RevealPorts } from './workflow.ts';

const PHONE = 'phone';

/** Whose phone numbers are wanted: ids by collection. */
export type OwnPhones = ReadonlyMap<string, readonly string[]>;

interface Asker {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
}

/** A number that stands behind a mask, and where. */
interface Shown {
  id: string;
  collection: string;
  item: string;
  value: string;
  segment: string;
}

export const keyOfPhone = (collection: string, item: string): string => `${collection}/${item}`;

export interface OwnPhonePorts extends RevealPorts {
  /** The stored rights are the matrix at this moment, and `reaches` says what they say: the host need not be asked row by row. */
  isAsPlanned(): boolean;
  reaches(actor: Actor, place: { segment: string | null; owner: string | null }): boolean;
}

/**
 * The phone numbers of the caller's own records in clear, for the page of their day (Q11): only what the stored rights let them
 * read, each written down once a person, record and day, none counted by the alarm. Once the alarm has stopped the person, or as
 * many were shown on the page, there are no more: what is not in the answer stays a mask.
 */
export async function showOwnPhones(ports: OwnPhonePorts, asker: Asker, wanted: OwnPhones): Promise<Map<string, string>> {
  const { actor } = asker;
  const { database } = ports.context;
  const ring = ports.keys.ring();
  if (!ring.accepted) return new Map();
  const at = ports.clock.now();
  const places = [...wanted].flatMap(([collection, ids]) => ids.map((item) => ({ collection, item })));
  const [own, subjects, looked] = await Promise.all([
    ownRows(ports, asker, wanted),
    subjectsAmong(database, ring.value, places),
    lookedAt(database, actor, at),
  ]);
  const day = toBusinessDate(at);
  const found = own.flatMap(({ collection, item, cipher, segment }): Shown[] => {
    const subject = subjects.get(subjectKeyId(collection, item));
    const opened = subject && cipher ? openValue(subject, PHONE, cipher) : null;
    if (!opened?.accepted) return [];
    const id = derivedId('my-day', actor.user, collection, item, PHONE, day);
    return [{ id, collection, item, value: opened.value, segment }];
  });
  const open = own.filter(({ cipher }) => cipher === null);
  const shown = [...open, ...(await writeDown(ports, actor, found, { at, looked }))];
  return new Map(shown.map(({ collection, item, value }) => [keyOfPhone(collection, item), value]));
}

/** A row of the caller's own with a number: `cipher` is null where the number is no secret and stands in the row. */
interface OwnRow {
  collection: string;
  item: string;
  value: string;
  cipher: string | null;
  segment: string;
}

interface StoredPhone {
  collection: string;
  id: string;
  owner: string | null;
  segment: string | null;
  phone: string | null;
  cipher: string | null;
  /** The column that says whether the number is a secret, where there is one. */
  kind: string | null;
}

/** The caller's own among the rows that are wanted, of all collections in one statement. */
async function storedRows({ context, reaches }: OwnPhonePorts, { actor }: Asker, wanted: OwnPhones): Promise<StoredPhone[]> {
  const { database } = context;
  const parts = [...wanted].flatMap(([collection, ids]) => {
    const declared = phoneOf(collection);
    if (!declared || !ids.length) return [];
    return [
      database(collection)
        .whereIn('id', [...ids])
        .where({ owner: actor.user })
        .select(database.raw('? as collection', [collection]), 'id', 'owner', 'segment', PHONE, {
          cipher: sealedColumn(PHONE),
          kind: declared.when ? declared.when.field : database.raw('null'),
        }),
    ];
  });
  const rows: StoredPhone[] = parts.length ? await database.unionAll(parts) : [];
  return rows.filter(({ segment, owner }) => reaches(actor, { segment, owner }));
}

async function ownRows(ports: OwnPhonePorts, asker: Asker, wanted: OwnPhones): Promise<OwnRow[]> {
  const stored = await storedRows(ports, asker, wanted);
  const byCollection = [...Map.groupBy(stored, ({ collection }) => collection)];
  const rows = await Promise.all(byCollection.map(([collection, reached]) => readableOf(ports, asker, collection, reached)));
  return rows.flat();
}

/** Of rows of one collection what the stored rights let the caller read; where an administrator narrowed them, the host says it. */
async function readableOf(
  ports: OwnPhonePorts,
  { actor, accountability, schema }: Asker,
  collection: string,
  reached: readonly StoredPhone[],
): Promise<OwnRow[]> {
  const declared = phoneOf(collection)!;
  const { database, services } = ports.context;
  const condition = declared.when?.field;
  const columns = ['owner', 'segment', PHONE, ...(condition ? [condition] : [])];
  const rows = reached.map((row): Row => ({ ...row, ...(condition ? { [condition]: row.kind } : {}) }));
  const readable = ports.isAsPlanned()
    ? rows
    : await readableRows(services)({ database, schema, accountability }, collection, rows.map(keyOf), columns);
  const ciphers = new Map(rows.map((row) => [keyOf(row), row['cipher'] as string | null]));
  return readable.flatMap((row): OwnRow[] => {
    const value = row[PHONE];
    if (row['owner'] !== actor.user || typeof value !== 'string' || value === '') return [];
    const isOpen = !isMaskOf(declared.mask, value) && !isSealedIn(declared, row);
    const cipher = isOpen ? null : (ciphers.get(keyOf(row)) ?? '');
    return [{ collection, item: keyOf(row), value, cipher, segment: String(row['segment']) }];
  });
}

const phoneOf = (collection: string) => sealedFieldsOf(collection).find(({ field }) => field === PHONE);
const keyOf = (row: Row): string => String(row['id']).toLowerCase();

/**
 * Only what was not shown on this day is new in the log; without anything new nothing is written. The page has marks of its own,
 * as high as those of the alarm: what would go beyond the last stays a mask, and the heads are told once of the first.
 */
async function writeDown(
  ports: RevealPorts,
  actor: Actor,
  found: readonly Shown[],
  { at, looked }: { at: Date; looked: LookedAt },
): Promise<readonly Shown[]> {
  if (!found.length) return [];
  const isNew =
    ({ known }: LookedAt) =>
    (one: Shown) =>
      !known.has(keyOfPhone(one.collection, one.item));
  if (!found.some(isNew(looked))) return looked.isStopped ? [] : found;
  return ports.context.database.transaction(async (transaction) => {
    await holdPerson(transaction, actor);
    const now = await lookedAt(transaction, actor, at);
    if (now.isStopped) return [];
    const fresh = found.filter(isNew(now));
    const pageMarks = decidePage(now.onPage, fresh.length, now.limits);
    if (!pageMarks.mayShow) return found.filter((one) => !fresh.includes(one));
    if (fresh.length) await transaction(REVEALS).insert(fresh.map((one) => rowOf(transaction, actor, one, at)));
    for (const { collection, item, segment } of fresh)
      await ports.recordAudit(transaction, {
        action: 'reveal',
        collection,
        item,
        field: PHONE,
        user: actor.user,
        segment,
        reason: MY_DAY,
        at,
      });
    if (pageMarks.isNotice) await tellHeads(transaction, actor, 'many', now.onPage + fresh.length);
    return found;
  });
}

const rowOf = (database: Knex, actor: Actor, { id, collection, item, segment }: Shown, at: Date): Row => ({
  id,
  at,
  user: actor.user,
  collection,
  item,
  field: PHONE,
  purpose: MY_DAY,
  reason: null,
  day: toStoredDay(database, toBusinessDate(at)),
  count: 1,
  segment,
  owner: actor.user,
});

interface LookedAt {
  /** How many records this page has shown today, and which (`keyOfPhone`). */
  onPage: number;
  known: ReadonlySet<string>;
  /** Whether the person has opened as many records today as may be, or this page has shown as many. */
  isStopped: boolean;
  limits: RevealLimits;
}

async function lookedAt(database: Knex, actor: Actor, at: Date): Promise<LookedAt> {
  const day = toStoredDay(database, toBusinessDate(at));
  const [limits, records]: [RevealLimits, { page: number; collection: string; item: string }[]] = await Promise.all([
    limitsOf(database, actor),
    database(REVEALS)
      .where({ user: actor.user, day })
      .select({ page: database.raw('case when purpose = ? then 1 else 0 end', [MY_DAY]) }, 'collection', 'item')
      .distinct(),
  ]);
  const [shown, opened] = [1, 0].map((page) => records.filter((one) => Number(one.page) === page)) as [typeof records, typeof records];
  return {
    onPage: shown.length,
    known: new Set(shown.map(({ collection, item }) => keyOfPhone(collection, item))),
    limits,
    isStopped: [shown, opened].some(({ length }) => !mayLook(length, limits)),
  };
}
