import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import { ROOT } from '../rules/row-key.ts';
import { IMPORT_ROWS, IMPORTS } from '../staging.ts';
import { rowsById } from './columns.ts';
import { CHOSEN, type ImportRecord, type StagedRow } from './import-record.ts';
import { openLinesOf } from './open-lines.ts';

/** What the importer says about suspects, all of them or line by line (DQ-5). */
export interface CommitOptions {
  suspects?: 'skip' | 'new' | undefined;
  /** By line number: as a new row, not at all, or over the row of that id. */
  lines?: Readonly<Record<string, string>> | undefined;
}

export interface DecisionFault {
  reason: 'unknown_line' | 'not_that_row' | 'chosen_twice';
  line: number;
}

const AGAIN = { new: 'new', skip: 'skip' } as const;

/**
 * Writes down what becomes of lines that a person decided, so that a run which is interrupted ends the same. Lines with errors
 * cannot be decided, only corrected. Whatever was imported already stays.
 */
export async function decideLines(
  database: Knex,
  record: ImportRecord,
  actor: Actor,
  { suspects = 'skip', lines = {} }: CommitOptions,
): Promise<DecisionFault | null> {
  const numbers = Object.keys(lines).map(Number);
  const staged: StagedRow[] = numbers.length
    ? await database(IMPORT_ROWS).where({ import: record.id }).whereIn('line', numbers).whereIn('state', ['staged', 'skipped'])
    : [];
  const byLine = new Map(staged.map((row) => [row.line, row]));
  const chosen = Object.entries(lines).filter(([, decision]) => !(decision in AGAIN));
  const targets = await rowsById(
    database,
    ROOT[record.kind],
    chosen.map(([, id]) => id.toLowerCase()).filter((id) => isUuid(id)),
  );
  const taken = new Set<string>();
  for (const [number, decision] of Object.entries(lines)) {
    const line = Number(number);
    const row = byLine.get(line);
    if (!row || row.verdict === 'error' || row.verdict === 'known') return { reason: 'unknown_line', line };
    if (decision in AGAIN) continue;
    const target = targets.get(decision.toLowerCase()) as (Row & Place) | undefined;
    if (!target || !mayReach(actor, target) || target.segment !== record.segment) return { reason: 'not_that_row', line };
    if (taken.has(decision.toLowerCase())) return { reason: 'chosen_twice', line };
    taken.add(decision.toLowerCase());
  }
  for (const [number, decision] of Object.entries(lines))
    await database(IMPORT_ROWS)
      .where({ id: byLine.get(Number(number))!.id })
      .update(
        decision === 'skip'
          ? { state: 'skipped' }
          : decision === 'new'
            ? { state: 'staged', verdict: 'new', item: null, matched_by: CHOSEN }
            : { state: 'staged', verdict: 'update', item: decision.toLowerCase(), matched_by: CHOSEN, company_line: null },
      );
  if (suspects === 'new')
    await database(IMPORT_ROWS)
      .where({ import: record.id, state: 'staged', verdict: 'suspect' })
      .update({ verdict: 'new', item: null, matched_by: CHOSEN });
  for (const row of staged.toSorted((one, other) => one.line - other.line)) if (lines[row.line] === 'new') await takeLead(database, row);
  await recountVerdicts(database, record.id);
  return null;
}

/**
 * Whoever wants a line of another contact although the line of its company is left out wants the company by this line: it
 * stands on its own, and those after it follow it.
 */
async function takeLead(database: Knex, { id, import: batch, line }: StagedRow): Promise<void> {
  const row: StagedRow = await database(IMPORT_ROWS).where({ id }).first();
  if (row.company_line === null || (await openLinesOf(database, batch).where({ 'own.id': id }).first('own.id'))) return;
  await database(IMPORT_ROWS)
    .where({ import: batch, company_line: row.company_line })
    .andWhere('line', '>', line)
    .whereIn('state', ['staged', 'skipped'])
    .update({ company_line: line });
  await database(IMPORT_ROWS).where({ id }).update({ company_line: null });
}

/** The numbers on the import, from its lines. */
export async function recountVerdicts(database: Knex, id: string): Promise<void> {
  const rows: { verdict: StagedRow['verdict']; lines: unknown }[] = await database(IMPORT_ROWS)
    .where({ import: id })
    .groupBy('verdict')
    .select('verdict')
    .count({ lines: '*' });
  const count = new Map(rows.map(({ verdict, lines }) => [verdict, Number(lines)]));
  await database(IMPORTS)
    .where({ id })
    .update({
      rows_new: count.get('new') ?? 0,
      rows_updated: count.get('update') ?? 0,
      rows_known: count.get('known') ?? 0,
      rows_suspect: count.get('suspect') ?? 0,
      rows_faulty: count.get('error') ?? 0,
    });
}
