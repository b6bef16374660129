import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import { rowsById } from '../commit/columns.ts';
import type { StagedRow, Work } from '../commit/import-record.ts';
import type { FieldsOf } from '../commit/field-rights.ts';
import { childrenOf } from './children.ts';
import { comparing, type FieldConflict } from './compare.ts';
import { touchedBy, type Touched } from './touched.ts';

/**
 * Why an undo left a row alone: somebody edited it, others hang on it, or what it was cannot be put back (whoever owned it has
 * left, another contact is the main one by now, the database refuses it).
 */
export type SparedReason = 'edited' | 'in_use' | 'not_put_back';

/** A row that an undo left alone, why, and by which fields it differs. */
export interface SparedRow {
  collection: string;
  item: string;
  name: string;
  reason: SparedReason;
  fields: FieldConflict[];
}

/** Who reads what was spared. */
export interface Reader {
  actor: Actor;
  readable: FieldsOf;
}

const NAMES = ['name', 'title', 'subject', 'number'];

/**
 * The rows of kept lines that stand otherwise than before the import, each with its reason and both values (N6). Rows that are
 * somebody else's by now are told to nobody of before (ORG-2); of fields that the reader may not read, only that they differ.
 */
export async function sparedRows(
  work: Pick<Work, 'database' | 'ring' | 'schema' | 'subject'>,
  lines: readonly StagedRow[],
  { actor, readable }: Reader,
): Promise<SparedRow[]> {
  const { database, schema } = work;
  const touched = lines.flatMap((line) => touchedBy(work, line));
  const found: SparedRow[] = [];
  for (const [collection, rows] of Map.groupBy(touched, (one) => one.collection)) {
    const standing = await rowsById(
      database,
      collection,
      rows.map(({ item }) => item),
    );
    const there = rows.filter(({ item, after }) => after && mayReach(actor, (standing.get(item) ?? NOWHERE) as unknown as Place));
    const told = there.filter(({ item }) => standing.has(item));
    const editsAt = await comparing(
      work,
      told.map(({ item, after }) => ({ collection, imported: after!, now: standing.get(item)! })),
    );
    const changed = told.filter(({ before }) => before);
    const leftAt = await comparing(
      work,
      changed.map(({ item, before }) => ({ collection, imported: before!, now: standing.get(item)! })),
    );
    const left = new Map(changed.map((one, at) => [one, leftAt(at)]));
    const made = told.filter(({ before }) => !before).map(({ item }) => item);
    const hanging = await childrenOf(database, schema, collection, made);
    const called = await namer(database, [...standing.values()]);
    const allowed = readable(collection, 'read');
    for (const [at, one] of told.entries()) {
      const why = whySpared(one, editsAt(at), left.get(one) ?? null, hanging.get(one.item) ?? []);
      const shown = why?.fields.map((conflict) =>
        !allowed || allowed.has(conflict.field) || why.reason === 'in_use' ? conflict : hidden(conflict),
      );
      if (why) found.push({ collection, item: one.item, name: called(standing.get(one.item)!), ...why, fields: shown! });
    }
  }
  return found;
}

const NOWHERE = { segment: null, owner: null };

const hidden = ({ field }: FieldConflict): FieldConflict => ({ field, imported: null, now: null, hidden: true });

/** @param left by which fields a row that the import changed differs from what it was; null for one that it made. */
function whySpared(
  { before, after }: Touched,
  edits: readonly FieldConflict[],
  left: readonly FieldConflict[] | null,
  children: readonly { field: string; count: number }[],
): Pick<SparedRow, 'reason' | 'fields'> | null {
  if (!left) {
    const hanging = children.map(({ field, count }): FieldConflict => ({ field, imported: 0, now: count }));
    const reason = edits.length ? 'edited' : hanging.length ? 'in_use' : 'not_put_back';
    return { reason, fields: [...edits, ...hanging] };
  }
  // A field that is what it was differs from what the import left, because it was put back.
  const fields = edits.filter(({ field }) => left.some((one) => one.field === field));
  if (fields.length) return { reason: 'edited', fields };
  const open = left.map(({ field, now }): FieldConflict => ({
    field,
    imported: after![field] ?? null,
    now,
    before: before![field] ?? null,
  }));
  return open.length ? { reason: 'not_put_back', fields: open } : null;
}

/** By what a person knows a row; a tag of a customer goes by the tag. */
async function namer(database: Knex, rows: readonly Row[]): Promise<(row: Row) => string> {
  const tags = rows.flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : []));
  const known: { id: string; name: string }[] = tags.length ? await database('crm_tags').whereIn('id', tags).select('id', 'name') : [];
  const names = new Map<unknown, string>(known.map(({ id, name }) => [id, name]));
  return (row) => String(names.get(row['tag']) ?? NAMES.map((field) => row[field]).find((value) => typeof value === 'string') ?? '');
}
