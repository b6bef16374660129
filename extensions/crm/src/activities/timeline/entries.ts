import type { Row } from '../../platform/api/host.ts';
import { standingOf } from '../rules/standing.ts';
import { byNewest, isAfter, type TimelinePlace } from '../rules/timeline-place.ts';
import type { CallerRows } from './caller-rows.ts';
import type { HangingKind, TimelineRecord } from './places.ts';

export const TIMELINE_KINDS = ['activity', 'stage', 'approval', 'reveal', 'audit'] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];

/** One thing that happened to a record, or is planned with it. */
export interface TimelineEntry extends Row {
  at: string;
  kind: TimelineKind;
  id: string;
}

const COLLECTION: Record<TimelineKind, string> = {
  activity: 'crm_activities',
  stage: 'crm_stage_changes',
  approval: 'crm_approvals',
  reveal: 'crm_reveals',
  audit: 'crm_audit',
};

const FIELDS: Record<TimelineKind, readonly string[]> = {
  activity: [
    ...['type', 'subject', 'notes', 'outcome', 'next_step', 'priority', 'due_on', 'done_at', 'assignment', 'declined_reason'],
    ...['owner', 'assigned_by', 'done_by', 'customer', 'lead', 'opportunity'],
  ],
  stage: ['from_stage', 'to_stage', 'changed_by', 'reason', 'lasted_seconds', 'opportunity'],
  approval: ['state', 'title', 'reason', 'due_on', 'decided_at', 'requested_by', 'decided_by', 'customer', 'lead', 'opportunity'],
  reveal: ['field', 'reason', 'purpose', 'count', 'user'],
  audit: ['action', 'reason', 'origin', 'user', 'before', 'after'],
};

/** Columns whose names an entry has for itself. */
const RENAMED: Partial<Record<TimelineKind, readonly [column: string, name: string]>> = {
  stage: ['kind', 'move'],
  approval: ['kind', 'approval_kind'],
};

/** Columns that name people and stages, shown as `{ id, name }`. */
const PEOPLE = ['owner', 'assigned_by', 'done_by', 'changed_by', 'requested_by', 'decided_by', 'user'];
const STAGES = ['from_stage', 'to_stage'];
const PARENTS = { opportunity: 'crm_opportunities', lead: 'crm_leads', customer: 'crm_customers' } as const;

const columnsOf = (kind: TimelineKind): readonly string[] => [...FIELDS[kind], ...(RENAMED[kind] ? [RENAMED[kind][0]] : [])];

/** The entries at places of a tree, as the caller may read them. */
export async function entriesAt(rows: CallerRows, kind: HangingKind, places: readonly TimelinePlace[]): Promise<TimelineEntry[]> {
  const at = new Map(places.map((place) => [place.id, place.at]));
  const stored = await rows.byId(COLLECTION[kind], [...at.keys()], columnsOf(kind));
  return [...stored].map(([id, row]) => toEntry(kind, row, at.get(id)!));
}

/** How many entries of one millisecond a record may have beyond a page. */
const SAME_MOMENT = 25;

/** What was looked at and changed, for those who may read it through the matrix, and nothing for all others (SEC-3, SEC-5). */
export async function entriesAbout(
  rows: CallerRows,
  kind: 'reveal' | 'audit',
  { collection, id }: TimelineRecord,
  { before, limit }: { before: TimelinePlace | null; limit: number },
): Promise<TimelineEntry[]> {
  const about = { collection: { _eq: collection }, item: { _eq: id } };
  const found = await rows.find(COLLECTION[kind], {
    fields: ['id', 'at', ...columnsOf(kind)],
    filter: before ? { ...about, at: { _lte: new Date(before.at).toISOString() } } : about,
    sort: ['-at', '-id'],
    limit: limit + SAME_MOMENT,
  });
  return found
    .map((row) => toEntry(kind, row, Date.parse(String(row['at']))))
    .filter((entry) => isAfter(placeOf(entry), before))
    .sort((one, other) => byNewest(placeOf(one), placeOf(other)))
    .slice(0, limit);
}

export const placeOf = ({ at, id }: TimelineEntry): TimelinePlace => ({ at: Date.parse(at), id });

function toEntry(kind: TimelineKind, row: Row, at: number): TimelineEntry {
  const [column, name] = RENAMED[kind] ?? [];
  const renamed = column && name ? { [name]: row[column] } : {};
  return { ...row, ...renamed, kind, id: String(row['id']), at: new Date(at).toISOString() };
}

/** The entries with the names of people, stages and records in them, and what follows from the day. */
export async function withNames(rows: CallerRows, entries: readonly TimelineEntry[], today: string): Promise<TimelineEntry[]> {
  const valuesOf = (columns: readonly string[]) =>
    entries.flatMap((entry) => columns.flatMap((column) => (typeof entry[column] === 'string' ? [entry[column]] : [])));
  const people = await rows.byId('directus_users', valuesOf(PEOPLE), ['first_name', 'last_name']);
  const stages = await rows.byId('crm_stages', valuesOf(STAGES), ['name']);
  const titles = new Map([
    ...(await rows.byId('crm_opportunities', valuesOf(['opportunity']), ['title'])),
    ...(await rows.byId('crm_leads', valuesOf(['lead']), ['title'])),
  ]);
  const named = (entry: TimelineEntry, columns: readonly string[], name: (id: string) => string | null) =>
    Object.fromEntries(
      columns
        .filter((column) => column in entry)
        .map((column) => [column, typeof entry[column] === 'string' ? { id: entry[column], name: name(entry[column]) } : null]),
    );
  const personName = (id: string) => {
    const person = people.get(id);
    return person ? [person['first_name'], person['last_name']].filter(Boolean).join(' ') : null;
  };
  return entries.map((entry) => {
    const { customer: _customer, lead: _lead, opportunity: _opportunity, ...shown } = entry;
    return {
      ...shown,
      ...named(entry, PEOPLE, personName),
      ...named(entry, STAGES, (id) => (stages.get(id)?.['name'] as string | undefined) ?? null),
      ...aboutOf(entry, titles),
      ...(entry.kind === 'activity' ? { standing: standingOf(entry as never, today) } : {}),
    };
  });
}

/** On which record of the tree it hangs. */
function aboutOf(entry: TimelineEntry, titles: ReadonlyMap<string, Row>): Row {
  for (const [link, collection] of Object.entries(PARENTS)) {
    const id = entry[link];
    if (typeof id === 'string') return { about: { collection, id, title: titles.get(id)?.['title'] ?? null } };
  }
  return {};
}
