import { v7 as idInOrder } from 'uuid';
import { COLLECTIONS } from '../kernel/collections.ts';
import { loadActor } from '../platform/api/actor.ts';
import { among } from '../platform/api/among.ts';
import { insertMany } from '../platform/api/bulk-rows.ts';
import { nextTurn, sent } from '../platform/api/meanwhile.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { LoggedEvent } from '../platform/api/change-log.ts';
import type { HostLogger, Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { currentOrigin } from '../platform/api/origin.ts';
import { signed } from './entry.ts';
import type { AuditPorts } from './ports.ts';
import { keysMissing } from './refusals.ts';
import { canonical } from './rules/canonical.ts';
import type { Image } from './rules/image.ts';
import { RIGHTS_COLLECTIONS } from './rules/rights.ts';

export const LOG = 'crm_audit';
export const BLOCKS = 'crm_audit_blocks';

/** Of the host's collections those whose rows are nothing but rights. */
const GIVES_RIGHTS: ReadonlySet<string> = new Set(RIGHTS_COLLECTIONS.filter((collection) => collection !== 'directus_users'));

const isAsked = (): boolean => ['request', 'job'].includes(currentOrigin().kind);

/** How an entry relates to the others of its row. */
interface Place {
  /** Which change of its row it is, from 1; 0 for what happened to a row without changing it (a look, a log-in). */
  nth: number;
}

/** Later entries of one row, as a diff needs them. */
export interface LaterEntry {
  nth: number;
  action: string;
  after: Image | null;
}

export interface Journal {
  /**
   * null while the keys cannot be read, and the collection is neither ours nor says who may do what: the host's own work goes
   * on, unlogged but told. Keys are repaired on the server, for which nobody needs other rights; its commands (the doctor's
   * repair, the technical administrator) change rights all the same, and what they did is observed afterwards.
   */
  ring(collection: string, database: Knex): Promise<Keyring | null>;
  /** @param after what is under way with the same connection; entries are made meanwhile, and written when it has come to its end. */
  write(database: Knex, events: readonly (LoggedEvent & Place)[], after?: Promise<unknown>): Promise<void>;
  /** The number of the last entry of each row; for rows that stand `withLast` is cheaper. */
  lastOf(database: Knex, collection: string, items: readonly string[]): Promise<Map<string, number>>;
  /** All entries of each row, in order; for rows of which there are few. */
  entriesOf(database: Knex, collection: string, items: readonly string[]): Promise<Map<string, LaterEntry[]>>;
  /** Entries of one row after the `nth`, in order. */
  since(database: Knex, collection: string, item: string, nth: number): Promise<LaterEntry[]>;
}

/** The column that `withLast` adds. */
export const LAST = 'crm_last_nth';

/** Rows of a collection, each with the number of its last entry: one statement, and one step in an index for each row. */
export function withLast(database: Knex, collection: string): Knex.QueryBuilder {
  const last = database(LOG).max('nth').where({ collection }).whereRaw('?? = cast(?? as text)', ['item', 'standing.id']);
  return database({ standing: collection }).select('standing.*', last.as(LAST));
}

const CHUNK = 200;
const MANY = 2000;
const IMAGES = ['before', 'after'];

/** JSON comes parsed from PostgreSQL and as text from SQLite. */
export function fromJson(value: unknown): Image | null {
  if (typeof value !== 'string') return value as Image | null;
  try {
    return JSON.parse(value) as Image;
  } catch {
    // Somebody's hand in the database: verification names the entry, everything else goes on.
    return null;
  }
}
const laterEntry = (row: Row): LaterEntry => ({ nth: Number(row['nth']), action: String(row['action']), after: fromJson(row['after']) });
const toJson = (value: Image | null | undefined): string | null => (value ? canonical(value).toWellFormed() : null);

/** Texts of clients as the columns take them and give them back: half a character would come back as another one. */
const cut = (text: string | null, length: number): string | null =>
  text === null ? null : text.slice(0, length).replaceAll('\0', '').toWellFormed();

/** Where entries are made: signed, numbered within their row, in the caller's transaction (design.md 5). */
export function createJournal(keys: Keys, clock: Clock, logger: HostLogger, { maskText }: Pick<AuditPorts, 'maskText'>): Journal {
  /** Gives what happened as signed entries; what they all have in common is made once. */
  function entriesFor(ring: Keyring): (event: LoggedEvent & Place) => Row {
    const origin = currentOrigin();
    const masked = new Map<string, string | null>();
    const reasonOf = (reason: string | null): string | null => {
      if (reason === null) return null;
      if (!masked.has(reason)) masked.set(reason, cut(maskText(reason), 500));
      return masked.get(reason)!;
    };
    const at = clock.now();
    const whence = {
      ...{ origin: origin.kind, ip: cut(origin.ip, 64), user_agent: cut(origin.userAgent, 500), request_id: origin.requestId },
    };
    return (event) =>
      signed(
        {
          // Next to the entry before it in every index: random keys cost a page of each (B6).
          id: idInOrder(),
          at,
          user: origin.user,
          acting_for: origin.actingFor,
          action: event.action,
          collection: event.collection,
          item: cut(event.item, 255),
          nth: event.nth,
          segment: event.segment ?? null,
          before: toJson(event.before),
          after: toJson(event.after),
          reason: reasonOf(event.reason ?? origin.reason),
          ...whence,
        },
        ring,
      );
  }

  return {
    async ring(collection, database) {
      const ring = keys.ring();
      if (ring.accepted) return ring.value;
      if (COLLECTIONS[collection] || (GIVES_RIGHTS.has(collection) && isAsked()))
        throw keysMissing((await loadActor(database, { user: currentOrigin().user } as never))?.language);
      logger.error(`crm: a change of ${collection} was not logged: ${ring.reason.reason}`);
      return null;
    },
    async write(database, events, after = Promise.resolve()) {
      const [first] = events;
      const ring = first && (await this.ring(first.collection, database));
      if (!ring) return void (await after);
      let written: Promise<unknown> = after;
      for (let at = 0; at < events.length; at += CHUNK) {
        // Made while those before are being written.
        const entries = events.slice(at, at + CHUNK).map(entriesFor(ring));
        await written;
        written = sent(insertMany(database, LOG, entries, { jsonTexts: IMAGES }));
        await nextTurn();
      }
      await written;
    },
    async lastOf(database, collection, items) {
      const last = new Map<string, number>();
      for (let at = 0; at < items.length; at += MANY) {
        const rows: { item: string; last: number }[] = await database(LOG)
          .where({ collection })
          .andWhere(among(database, 'item', items.slice(at, at + MANY)))
          .groupBy('item')
          .select('item')
          .max({ last: 'nth' });
        for (const row of rows) last.set(row.item, Number(row.last));
      }
      return last;
    },
    async entriesOf(database, collection, items) {
      const entries: (LaterEntry & { item: string })[] = [];
      for (let at = 0; at < items.length; at += CHUNK) {
        const rows: Row[] = await database(LOG)
          .where({ collection })
          .whereIn('item', items.slice(at, at + CHUNK))
          .orderBy('nth')
          .select('item', 'nth', 'action', 'after');
        entries.push(...rows.map((row) => ({ item: String(row['item']), ...laterEntry(row) })));
      }
      return Map.groupBy(entries, ({ item }) => item);
    },
    async since(database, collection, item, nth) {
      const rows: Row[] = await database(LOG)
        .where({ collection, item })
        .andWhere('nth', '>', nth)
        .orderBy('nth')
        .select('nth', 'action', 'after');
      return rows.map(laterEntry);
    },
  };
}
