import type { Actor } from '../../platform/api/actor.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import type { ImportPorts } from '../ports.ts';
import { inBatch } from '../../privacy/index.ts';
import { loadFieldRights } from '../commit/field-rights.ts';
import { changeImport } from '../commit/finish.ts';
import { holdImport, loadImport, subjectOfImport, type ImportRecord, type SampleState, type StagedRow } from '../commit/import-record.ts';
import { importRefusal } from '../refuse.ts';
import { seenLines } from '../undo/seen-lines.ts';
import { decideSample, mergeResults, toResults, type LineResult } from '../rules/sample-result.ts';
import { mayCheck, mayGoOn, mayUndo } from '../rules/rights.ts';
import { SETTLED, UNDO_DAYS } from '../rules/standing.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import { isCleared } from '../store/import-row.ts';
import { WRITTEN_COLLECTIONS } from '../commit/work.ts';
import { checkedFields, type CheckedField } from './checked-fields.ts';
import { drawnLines, freshSample, sampleRulesOf } from './draw.ts';
import { clearMarks } from './marks.ts';

export interface DrawnRow {
  line: number;
  verdict: 'new' | 'update';
  collection: string;
  item: string | null;
  /** Somebody has changed its rows between the import and this moment. */
  edited: boolean;
  fields: CheckedField[];
  result: { ok: boolean; fields: string[] } | null;
}

export interface Sample {
  state: SampleState;
  seed: string;
  percent: number;
  error_limit: number;
  size: number;
  errors: number | null;
  checked_by: string | null;
  checked_at: unknown;
  /** What the lines said is deleted: their fields cannot be told any more. */
  cleared: boolean;
  /** A page of the drawn rows, in the order of the draw. */
  rows: DrawnRow[];
}

export interface Page {
  offset: number;
  limit: number;
}

/** The drawn rows of an import, for whoever checks them, for the importer and for all who see the import (IMP-3, N6). */
export async function sampleOf({ context, keys }: ImportPorts, id: string, actor: Actor, { offset, limit }: Page): Promise<Sample> {
  const { database } = context;
  const record = await loadImport(database, id);
  if (!record || !(mayUndo(actor, record) || mayGoOn(actor, record))) throw forbidden();
  if (!record.sample_seed || record.sample_percent === null) throw importRefusal('no_sample', actor.language);
  const ring = keys.ring();
  if (!ring.accepted) throw new Error(`keys: ${ring.reason.reason}`);
  const schema = await context.getSchema();
  const drawn = await drawnLines(database, record);
  const page = drawn.slice(offset, offset + limit);
  const staged: StagedRow[] = await database(IMPORT_ROWS).where({ import: id }).whereIn('line', page);
  const byLine = new Map(staged.map((row) => [row.line, row]));
  const results = new Map(toResults(record.sample_result).map((result) => [result.line, result]));
  const cleared = isCleared(record);
  const seen = await seenLines(database, actor, staged);
  const fields = cleared
    ? new Map(seen.map((row): [string, CheckedField[]] => [row.id, []]))
    : await checkedFields(
        { database, ring: ring.value, schema, subject: await subjectOfImport(database, ring.value, id), kind: record.kind },
        seen,
        { actor, readable: await loadFieldRights(database, actor, WRITTEN_COLLECTIONS, ['read']) },
      );
  return {
    state: record.sample_state,
    seed: record.sample_seed,
    percent: record.sample_percent,
    error_limit: (await sampleRulesOf(database, record.segment)).errorLimit,
    size: drawn.length,
    errors: record.sample_errors,
    checked_by: record.sample_checked_by,
    checked_at: record.sample_checked_at,
    cleared,
    rows: page.map((line) => {
      const row = byLine.get(line)!;
      const result = results.get(line);
      return {
        line,
        verdict: row.verdict as DrawnRow['verdict'],
        collection: row.collection,
        item: fields.has(row.id) ? row.item : null,
        edited: (fields.get(row.id) ?? []).some(({ edited }) => edited),
        fields: fields.get(row.id) ?? [],
        result: result ? { ok: result.ok, fields: result.fields } : null,
      };
    }),
  };
}

export interface Signing {
  rows: LineResult[];
  sign: boolean;
}

/**
 * Takes what was found in drawn rows, and with `sign` ends the check: accepted, or sent back where too many are wrong. Somebody
 * other than the importer does it, one person at a time (IMP-3).
 */
export async function signSample({ context, clock, keys }: ImportPorts, id: string, actor: Actor, { rows, sign }: Signing): Promise<void> {
  await inBatch(context.database, async (database) => {
    const record = await holdImport(database, id);
    if (!record || !mayUndo(actor, record)) throw forbidden();
    if (!mayCheck(actor, record)) throw importRefusal('own_sample', actor.language);
    if (record.sample_state !== 'waiting' || !record.sample_seed || !SETTLED.includes(record.status))
      throw importRefusal('no_sample', actor.language);
    if (isCleared(record)) throw contentsGone(actor);
    const drawn = await drawnLines(database, record);
    const foreign = rows.find(({ line }) => !drawn.includes(line));
    if (foreign) throw importRefusal('not_drawn', actor.language, { line: foreign.line });
    const results = mergeResults(toResults(record.sample_result), rows);
    const decided = sign ? decideSample(drawn, results, (await sampleRulesOf(database, record.segment)).errorLimit) : null;
    if (decided && !decided.accepted) throw importRefusal('sample_open', actor.language, { open: decided.reason.open });
    const found = { sample_result: JSON.stringify(results) };
    if (!decided) {
      // The log tells who signed what, not every page on the way there.
      await database(IMPORTS).where({ id }).update(found);
      return;
    }
    const { state, errors } = decided.value;
    const signed = { sample_state: state, sample_errors: errors, sample_checked_by: actor.user, sample_checked_at: clock.now() };
    await changeImport(database, id, { ...found, ...signed });
    if (state === 'accepted') await clearMarks(database, keys, record);
  });
}

/** What the lines said is deleted: nobody can check it any more, nor sign that it was checked. */
const contentsGone = ({ language }: Actor) => importRefusal('contents_gone', language, { days: UNDO_DAYS });

/** After a batch was sent back and its rows were corrected: a new draw, asked for by the importer. */
export async function drawAgain({ context }: ImportPorts, id: string, actor: Actor): Promise<void> {
  await inBatch(context.database, async (database) => {
    const record: ImportRecord | undefined = await holdImport(database, id);
    if (!record || !mayGoOn(actor, record)) throw forbidden();
    if (record.sample_state !== 'returned' || !SETTLED.includes(record.status)) throw importRefusal('not_returned', actor.language);
    if (isCleared(record)) throw contentsGone(actor);
    await changeImport(database, id, await freshSample(database, record));
  });
}
