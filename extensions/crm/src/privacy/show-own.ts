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
import { subjectsOf } from './subject-keys.ts';
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

/**
 * The phone numbers of the caller's own records in clear, for the page of their day (Q11): read as the host lets them read, each
 * written down once a person, record and day, none counted by the alarm. Once the alarm has stopped the person, or as many were
 * shown on the page, there are no more: what is not in the answer stays a mask.
 */
export async function showOwnPhones(ports: RevealPorts, asker: Asker, wanted: OwnPhones): Promise<Map<string, string>> {
  const found = (await Promise.all([...wanted].map(([collection, ids]) => openOwn(ports, asker, collection, ids)))).flat();
  const values = new Map(found.flatMap((one) => ('segment' in one ? [] : [[keyOfPhone(one.collection, one.item), one.value] as const])));
  const shown = await writeDown(
    ports,
    asker.actor,
    found.filter((one) => 'segment' in one),
  );
  for (const { collection, item, value } of shown) values.set(keyOfPhone(collection, item), value);
  return values;
}

/** What is no secret comes without a segment: it is not logged. */
type Opened = Shown | Omit<Shown, 'id' | 'segment'>;

async function openOwn(ports: RevealPorts, asker: Asker, collection: string, ids: readonly string[]): Promise<Opened[]> {
  const declared = sealedFieldsOf(collection).find(({ field }) => field === PHONE);
  const ring = ports.keys.ring();
  if (!declared || !ids.length || !ring.accepted) return [];
  const { database, services } = ports.context;
  const { actor, accountability, schema } = asker;
  const fields = ['owner', 'segment', PHONE, ...(declared.when ? [declared.when.field] : [])];
  const readable = await readableRows(services)({ database, schema, accountability }, collection, ids, fields);
  const own = readable.filter((row) => row['owner'] === actor.user && typeof row[PHONE] === 'string' && row[PHONE] !== '');
  const isOpen = (row: Row) => !isMaskOf(declared.mask, String(row[PHONE])) && !isSealedIn(declared, row);
  const hidden = own.filter((row) => !isOpen(row));
  const ciphers = await ciphersOf(database, collection, hidden);
  const subjects = hidden.length ? await subjectsOf(database, ring.value, collection, idsOf(hidden)) : new Map<string, never>();
  const day = toBusinessDate(ports.clock.now());
  return own.flatMap((row): Opened[] => {
    const item = String(row['id']).toLowerCase();
    if (isOpen(row)) return [{ collection, item, value: String(row[PHONE]) }];
    const [subject, cipher] = [subjects.get(subjectKeyId(collection, item)), ciphers.get(item)];
    const opened = subject && cipher ? openValue(subject, PHONE, cipher) : null;
    if (!opened?.accepted) return [];
    const id = derivedId('my-day', actor.user, collection, item, PHONE, day);
    return [{ id, collection, item, value: opened.value, segment: String(row['segment']) }];
  });
}

const idsOf = (rows: readonly Row[]): string[] => rows.map((row) => String(row['id']).toLowerCase());

async function ciphersOf(database: Knex, collection: string, rows: readonly Row[]): Promise<Map<string, string>> {
  if (!rows.length) return new Map();
  const stored = await database(collection)
    .whereIn('id', idsOf(rows))
    .select('id', { cipher: sealedColumn(PHONE) });
  return new Map(stored.map(({ id, cipher }) => [String(id).toLowerCase(), String(cipher ?? '')]));
}

/**
 * Only what was not shown on this day is new in the log; without anything new nothing is written. The page has marks of its own,
 * as high as those of the alarm: what would go beyond the last stays a mask, and the heads are told once of the first.
 */
async function writeDown(ports: RevealPorts, actor: Actor, found: readonly Shown[]): Promise<readonly Shown[]> {
  if (!found.length) return [];
  const { database } = ports.context;
  const ids = found.map(({ id }) => id);
  const known = new Set<string>(await database(REVEALS).whereIn('id', ids).pluck('id'));
  const at = ports.clock.now();
  if (known.size === found.length) return (await lookedAt(database, actor, at)).isStopped ? [] : found;
  return database.transaction(async (transaction) => {
    await holdPerson(transaction, actor);
    const { isStopped, onPage, limits } = await lookedAt(transaction, actor, at);
    if (isStopped) return [];
    const meanwhile = new Set<string>(await transaction(REVEALS).whereIn('id', ids).pluck('id'));
    const fresh = found.filter(({ id }) => !meanwhile.has(id));
    const pageMarks = decidePage(onPage, fresh.length, limits);
    if (!pageMarks.mayShow) return found.filter(({ id }) => meanwhile.has(id));
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
    if (pageMarks.isNotice) await tellHeads(transaction, actor, 'many', onPage + fresh.length);
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
  /** How many records this page has shown today. */
  onPage: number;
  /** Whether the person has opened as many records today as may be, or this page has shown as many. */
  isStopped: boolean;
  limits: RevealLimits;
}

async function lookedAt(database: Knex, actor: Actor, at: Date): Promise<LookedAt> {
  const day = toStoredDay(database, toBusinessDate(at));
  const limits = await limitsOf(database, actor);
  const records = database(REVEALS)
    .where({ user: actor.user, day })
    .select({ page: database.raw('case when purpose = ? then 1 else 0 end', [MY_DAY]) }, 'collection', 'item')
    .distinct();
  const counted: { page: number; records: string | number }[] = await database
    .from(records.as('records'))
    .groupBy('page')
    .select('page')
    .count({ records: '*' });
  const onPage = Number(counted.find(({ page }) => Number(page) === 1)?.records ?? 0);
  return { onPage, limits, isStopped: counted.some(({ records: number }) => !mayLook(Number(number), limits)) };
}
