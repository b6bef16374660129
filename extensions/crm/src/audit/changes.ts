import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { ChangeLog, LoggedEvent } from '../platform/api/change-log.ts';
import type { Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { nextTurn, sent } from '../platform/api/meanwhile.ts';
import { auditImages, withoutNames } from './image.ts';
import { LAST, withLast, type Journal } from './journal.ts';
import type { AuditPorts } from './ports.ts';
import { applied, difference, type Image } from './rules/image.ts';
import { treatmentOf } from './treatments.ts';

/** What was seen of a row just before a write, and how many entries it had then. */
export interface Noted {
  nth: number;
  image: Image;
}

/** What was done to one row; `noted` is what was seen of it just before. */
export interface Written {
  item: string;
  action: string;
  noted: Noted | undefined;
}

export interface Changes extends ChangeLog {
  /** The rows as they stand, with the number of their last entry; `hold` keeps others from changing them until the end. */
  look(
    database: Knex,
    collection: string,
    items: readonly string[],
    schema: SchemaOverview | null,
    hold?: boolean,
  ): Promise<Map<string, Noted>>;
  /** Logs what happened to a row beside its columns: an action with its own facts, and what changed of the row as well. */
  happened(database: Knex, collection: string, item: string, happening: Happening, schema: SchemaOverview | null): Promise<void>;
  /** Logs what became of rows; a row that is gone was deleted. `stored`: they are new, and this is how they stand. */
  settle(
    database: Knex,
    collection: string,
    written: readonly Written[],
    schema: SchemaOverview | null,
    stored?: readonly Row[],
  ): Promise<void>;
}

/** What happened; its facts are compared with those of the entries before, like columns. */
export interface Happening {
  action: string;
  facts?: Image;
}

const CHUNK = 200;
const keyOf = ({ id }: Row): string => String(id).toLowerCase();

/** What the log knows of a row, as far as its image has it now: facts of earlier entries are no columns. */
const comparable = (before: Image, after: Image): Image => Object.fromEntries(Object.entries(before).filter(([name]) => name in after));

/**
 * Whose segment admins read of it. A row that left its segment is told to nobody but administrators: what stood before is
 * one segment's business, what stands now another's (ORG-2).
 */
function segmentOf(collection: string, before: Image | null, after: Image | null): string | null {
  if (!COLLECTIONS[collection]?.fields['segment']) return null;
  const [was, is] = [before?.['segment'] ?? null, after?.['segment'] ?? null];
  if (before && after && was !== is) return null;
  return (is ?? was) as string | null;
}

/** What stands now, how many entries it has, and the keys of its masks. */
interface Standing {
  nth: number;
  after: Image | null;
  ring: Keyring;
}

/** What was and what is, in one entry. */
type Pair = [before: Image | null, after: Image | null];

/** Who becomes a person was one: neither side of the entry that says so names them (Q8). */
function withoutNamesOfPersons(collection: string, [before, after]: Pair, ring: Keyring, ports: AuditPorts): Pair {
  if (![before, after].some((image) => image && ports.isOfPerson(collection, image))) return [before, after];
  const cover = (image: Image | null) => image && withoutNames(collection, image, ring, ports);
  return [cover(before), cover(after)];
}

/** Turns what was and what is into entries; `null` where nothing changed that the log keeps. */
function toEvent(collection: string, item: string, action: string, [before, after]: Pair): LoggedEvent | null {
  const segment = segmentOf(collection, before, after);
  if (action !== 'update' || !before || !after) return { action, collection, item, segment, before, after };
  const changed = difference(before, after);
  return changed && { action, collection, item, segment, ...changed };
}

/**
 * What changed in rows, for the host's writes and for our own set-based ones alike (SEC-3).
 *
 * @param schemaOf the host's schema, where our own code writes rows of the host.
 */
export function createChanges(
  journal: Journal,
  ports: AuditPorts,
  schemaOf: (database: Knex) => Promise<SchemaOverview | null> = async () => null,
): Changes {
  const hasOwnTypes = (collection: string) => Boolean(COLLECTIONS[collection] ?? EXTENDED[collection]);
  const schemaFor = async (collection: string, database: Knex) => (hasOwnTypes(collection) ? null : schemaOf(database));

  /** What happened to one row, from what was seen of it before, what was logged in between and what stands now. */
  async function eventOf(database: Knex, collection: string, { item, action, noted }: Written, { nth, after, ring }: Standing) {
    const seen = noted?.nth ?? 0;
    const isNew = action === 'create';
    if (isNew && !after) return null;
    const later = !isNew && nth > seen ? await journal.since(database, collection, item, seen) : [];
    const known = isNew ? null : applied(noted?.image ?? null, later);
    const before = known && after ? comparable(known, after) : known;
    // It went with another row, and that is logged.
    if (noted && !before && !after) return null;
    const pair = withoutNamesOfPersons(collection, [before, after], ring, ports);
    const event = toEvent(collection, item, action === 'update' && !after ? 'delete' : action, pair);
    return event && { ...event, nth: Math.max(seen, nth) + 1 };
  }

  const changes: Changes = {
    async look(database, collection, items, schema, hold = false) {
      const noted = new Map<string, Noted>();
      const ring = items.length ? await journal.ring(collection, database) : null;
      if (!ring) return noted;
      const toImage = auditImages(ring, ports);
      const wanted = hold ? [...items].sort() : items;
      for (let at = 0; at < wanted.length; at += CHUNK) {
        const query = withLast(database, collection).whereIn('standing.id', wanted.slice(at, at + CHUNK));
        // What is held may be newer than the number: entries in between are then applied once more, which changes nothing.
        const rows: Row[] = await (hold ? query.orderBy('standing.id').forNoKeyUpdate() : query);
        for (const { [LAST]: last, ...row } of rows)
          noted.set(keyOf(row), { nth: Number(last ?? 0), image: toImage(collection, row, schema) });
      }
      return noted;
    },

    async settle(database, collection, written, schema, stored) {
      const ring = written.length ? await journal.ring(collection, database) : null;
      if (!ring) return;
      const kept = written.filter(({ action }) => action !== 'delete').map(({ item }) => item);
      const toImage = auditImages(ring, ports);
      const standing = stored
        ? new Map(stored.map((row): [string, Noted] => [keyOf(row), { nth: 0, image: toImage(collection, row, schema) }]))
        : await changes.look(database, collection, kept, schema);
      const gone = written.filter(({ item }) => !standing.has(item)).map(({ item }) => item);
      const last = gone.length ? await journal.lastOf(database, collection, gone) : new Map<string, number>();
      const events: (LoggedEvent & { nth: number })[] = [];
      for (const one of written) {
        const now = standing.get(one.item);
        const nth = now?.nth ?? last.get(one.item) ?? 0;
        const event = await eventOf(database, collection, one, { nth, after: now?.image ?? null, ring });
        if (event) events.push(event);
      }
      await journal.write(database, events);
    },

    async around(database, collection, ids, work) {
      const items = [...new Set(ids.map((id) => String(id).toLowerCase()))];
      const schema = items.length ? await schemaFor(collection, database) : null;
      const before = await changes.look(database, collection, items, schema, true);
      const result = await work();
      const written = [...before].map(([item, noted]): Written => ({ item, action: 'update', noted }));
      await changes.settle(database, collection, written, schema);
      return result;
    },

    async created(database, collection, ids, stored) {
      const written = ids.map((item): Written => ({ item: String(item).toLowerCase(), action: 'create', noted: undefined }));
      await changes.settle(database, collection, written, await schemaFor(collection, database), stored);
    },

    async rewriting(database, collection, rows, work) {
      const ring = rows.length ? await journal.ring(collection, database) : null;
      if (!ring) return void (await work());
      const hidden = Object.keys(rows[0]!.after).find((column) => treatmentOf(collection, column, null) !== 'plain');
      if (hidden) throw new Error(`audit: ${collection}.${hidden} does not stand in the log as it is`);
      const last = await journal.lastOf(
        database,
        collection,
        rows.map(({ id }) => id),
      );
      const hasSegment = Boolean(COLLECTIONS[collection]?.fields['segment']);
      const events = rows.map(({ id, segment, before, after }) => ({
        ...{ action: 'update', collection, item: id, segment: hasSegment ? segment : null },
        ...{ before, after, nth: (last.get(id) ?? 0) + 1 },
      }));
      // The first entries are made while the rows are being written.
      const done = sent(Promise.resolve(work()));
      await nextTurn();
      await journal.write(database, events, done);
    },

    async happened(database, collection, item, { action, facts = {} }, schema) {
      const ring = await journal.ring(collection, database);
      const standing = ring && (await changes.look(database, collection, [item], schema)).get(item);
      if (!ring || !standing) return;
      const known = applied(null, await journal.since(database, collection, item, 0));
      const after = { ...standing.image, ...facts };
      const [was, is] = withoutNamesOfPersons(collection, [comparable(known ?? {}, after), after], ring, ports);
      const changed = difference(was!, is!);
      const segment = segmentOf(collection, was, is);
      await journal.write(database, [
        { action, collection, item, segment, before: changed?.before ?? null, after: changed?.after ?? null, nth: standing.nth + 1 },
      ]);
    },

    event: (database, event) => journal.write(database, [{ ...event, nth: 0 }]),
  };
  return changes;
}
