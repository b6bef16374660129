import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import type { HandoverAnswer, KeptRow, Warning } from './contract.ts';
import { namesOf } from './list-people.ts';
import { isInScope, type Scope } from './rules/parties.ts';
import { countsOf, JOURNAL, rulesOf, type HandoverRow, type JournalRow } from './record.ts';

/** Spared rows at once; the rest by `offset`. */
const PAGE = 200;

const momentOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date).toISOString();

interface Reading {
  database: Knex;
  /** As it is now: a field that an administrator added may be gone. */
  schema: SchemaOverview;
  scope: Scope;
}

/** What rows say now, by their keys: nothing of rows that are gone, or stand where the reader does not reach (ORG-2). */
async function standing({ database, schema, scope }: Reading, collection: string, rows: readonly JournalRow[]): Promise<Map<string, Row>> {
  const columns = schema.collections[collection]?.fields ?? {};
  const wanted = ['id', 'segment', ...rows.map(({ field }) => field)].filter((field) => columns[field]);
  if (!wanted.length) return new Map();
  const items = [...new Set(rows.map(({ item }) => item))];
  const stored: Row[] = await database(collection)
    .whereIn('id', items)
    .select([...new Set(wanted)]);
  const reached = stored.filter((row) => isInScope(scope, (row['segment'] ?? null) as string | null));
  return new Map(reached.map((row) => [String(row['id']), row]));
}

/** What an undo left alone, with what stands there now. */
async function keptOf(reading: Reading, id: string, offset = 0): Promise<KeptRow[]> {
  const { database } = reading;
  const rows: JournalRow[] = await database(JOURNAL).where({ handover: id, state: 'kept' }).orderBy('id').offset(offset).limit(PAGE);
  const kept: KeptRow[] = [];
  for (const [collection, of] of Map.groupBy(rows, (row) => row.collection)) {
    const now = await standing(reading, collection, of);
    for (const { item, field, before, after } of of)
      kept.push({ collection, item, field, before, after, now: (now.get(item)?.[field] ?? null) as string | null });
  }
  return kept;
}

/** A hand-over as its routes answer. */
export async function viewOf(
  reading: Reading,
  handover: HandoverRow,
  { warnings = [], offset = 0, withKept = true }: { warnings?: Warning[]; offset?: number; withKept?: boolean } = {},
): Promise<HandoverAnswer> {
  const { database, scope } = reading;
  const rules = rulesOf(handover);
  const names = await namesOf(database, scope, [handover.from, handover.user_created, ...rules.map(({ to }) => to)]);
  const who = (id: string) => ({ id, name: names.get(id) ?? null });
  const counts = countsOf(handover);
  return {
    id: handover.id,
    state: handover.state,
    from: who(handover.from),
    by: handover.user_created ? who(handover.user_created) : null,
    reason: handover.reason,
    asked_at: momentOf(handover.date_created),
    finished_at: momentOf(handover.finished_at),
    undo_until: momentOf(handover.undo_until),
    undone_at: momentOf(handover.undone_at),
    moved: handover.state === 'running' ? Object.values(counts.moved).reduce((sum, count) => sum + count, 0) : Number(handover.moved),
    spared: Number(handover.spared),
    counts,
    rules: rules.map(({ to, collection, where }) => ({ to: who(to), collection, where })),
    certificate_hash: handover.certificate_hash,
    kept: withKept && handover.state === 'undone' ? await keptOf(reading, handover.id, offset) : [],
    warnings,
  };
}
