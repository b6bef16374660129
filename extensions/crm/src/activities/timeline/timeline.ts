import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Accountability, HostContext, SchemaOverview } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { byNewest, writePlace, type TimelinePlace } from '../rules/timeline-place.ts';
import { callerRows, type CallerRows } from './caller-rows.ts';
import { entriesAbout, entriesAt, placeOf, withNames, type TimelineEntry, type TimelineKind } from './entries.ts';
import { placesOf, TIMELINE_COLLECTIONS, type HangingKind, type TimelineRecord } from './places.ts';
import { noteOpened } from './recent.ts';

export interface Asked {
  kinds: readonly TimelineKind[];
  before: TimelinePlace | null;
  limit: number;
}

interface Asking {
  context: HostContext;
  clock: Clock;
  actor: Actor;
  schema: SchemaOverview;
  accountability: Accountability | null;
}

/**
 * Everything that happened to a record in one list, newest first (CUS-11): activities, moves of stages, approvals, and what
 * was looked at and changed for those who may read that. Each kind comes through the caller's own rights; a record that is
 * not the caller's answers as an absent one.
 *
 * @returns `next`: where the next page begins; null at the end.
 */
export async function timelineOf(
  { context, clock, actor, schema, accountability }: Asking,
  { collection, id }: { collection: string; id: string },
  asked: Asked,
): Promise<{ entries: TimelineEntry[]; next: string | null }> {
  const { database } = context;
  const rows = callerRows(context, { schema, accountability });
  const record = await requireRecord(rows, collection, id);
  const page = { before: asked.before, limit: asked.limit + 1 };
  const candidates = (await Promise.all(asked.kinds.map((kind) => entriesOf({ database, rows }, kind, record, page)))).flat();
  const sorted = candidates.sort((one, other) => byNewest(placeOf(one), placeOf(other)));
  const entries = sorted.slice(0, asked.limit);
  const last = entries.at(-1);
  if (!asked.before) await noteOpened(database, actor.user, record.collection, record.id, clock.now());
  const place = await database(record.collection).where({ id: record.id }).first('segment');
  return {
    entries: await withNames(rows, entries, await dayIn(database, place?.segment, clock.now())),
    next: sorted.length > asked.limit && last ? writePlace(placeOf(last)) : null,
  };
}

async function requireRecord(rows: CallerRows, name: string, id: string): Promise<TimelineRecord> {
  const collection = TIMELINE_COLLECTIONS.find((one) => one === name);
  if (!collection || !isUuid(id)) throw forbidden();
  const found = await rows.byId(collection, [id], []);
  if (!found.has(id)) throw forbidden();
  return { collection, id };
}

const HANGING: readonly TimelineKind[] = ['activity', 'stage', 'approval'] satisfies readonly HangingKind[];
const isHanging = (kind: TimelineKind): kind is HangingKind => HANGING.includes(kind);

async function entriesOf(
  { database, rows }: Pick<HostContext, 'database'> & { rows: CallerRows },
  kind: TimelineKind,
  record: TimelineRecord,
  page: { before: TimelinePlace | null; limit: number },
): Promise<TimelineEntry[]> {
  if (!isHanging(kind)) return entriesAbout(rows, kind, record, page);
  const places = await placesOf(database, kind, record, page);
  return entriesAt(rows, kind, places.sort(byNewest).slice(0, page.limit));
}
