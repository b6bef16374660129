import { insertMany } from '../../platform/api/bulk-rows.ts';
import { giveWay } from '../../platform/api/give-way.ts';
import type { Knex } from '../../platform/api/host.ts';
import { informPlanner } from '../../platform/api/statistics.ts';
import type { Subject } from '../../privacy/index.ts';
import { FileRefusal } from '../files/file-refusal.ts';
import type { Table } from '../files/open-table.ts';
import type { TableRow } from '../rules/file-fault.ts';
import { findHeader, HEADER_WITHIN } from '../rules/find-header.ts';
import { withMergedHeadings } from '../rules/merged-headings.ts';
import type { ImportKind } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import { IMPORT_ROWS, SEARCHED_LINES, stageLine, type StagedLine } from '../staging.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import type { CheckLines } from './check-lines.ts';
import type { Hold } from './hold.ts';

/** Lines that are judged and staged at once: few enough that nobody waits for them; fewer while somebody does. */
const SLICE = 200;
const SLICE_BESIDE_OTHERS = 50;

/** The headings of a table and the rows below them. */
export interface HeadedTable {
  header: TableRow;
  /** Whether the headings name fields of the kind, and rows follow. */
  isSure: boolean;
  /** The rows below the headings, in slices; short ones as long as others are at work. */
  slices(isCrowded: () => boolean): AsyncGenerator<TableRow[]>;
  /** Lets go of the file, also where nobody asked for its rows. */
  close(): Promise<void>;
}

/**
 * Finds the row with the headings, among the first rows or where the user said it is. Where no row names any field the
 * first one stands for them, and the user says what is what.
 */
export async function headed(table: Table, kind: ImportKind, words: Words, line: number | undefined): Promise<HeadedTable> {
  const batches = table.rows();
  const first: TableRow[] = [];
  while (first.length < Math.max(HEADER_WITHIN, line ?? 0)) {
    const { done, value } = await batches.next();
    if (done) break;
    first.push(...value);
  }
  const headings = withMergedHeadings(first);
  if (!headings.length) throw new FileRefusal('no_rows');
  const known = line === undefined ? findHeader(headings, kind, words) : (headings.find((row) => row.line === line) ?? null);
  const header = line === undefined ? (known ?? headings[0]!) : known;
  if (!header) {
    await batches.return(undefined);
    throw new FileRefusal('no_heading_line', { line: line! });
  }
  return {
    header,
    isSure: known !== null && first.some((row) => row.line > header.line),
    async *slices(isCrowded) {
      let waiting = first.filter((row) => row.line > header.line);
      for (;;) {
        while (waiting.length >= SLICE) {
          const size = isCrowded() ? SLICE_BESIDE_OTHERS : SLICE;
          yield waiting.slice(0, size);
          waiting = waiting.slice(size);
        }
        const { done, value } = await batches.next();
        if (done) break;
        waiting = waiting.concat(value);
      }
      if (waiting.length) yield waiting;
    },
    close: async () => void (await batches.return(undefined)),
  };
}

export interface StagingOrder {
  database: Knex;
  ring: Keyring;
  subject: Subject;
  kind: ImportKind;
  segment: string;
  check: CheckLines;
  isExample(cells: readonly string[]): boolean;
  /** The most rows below the headings. */
  most: number;
  hold: Hold;
}

/** How the columns of counts are called, by verdict. */
const COUNTS = {
  new: 'rows_new',
  update: 'rows_updated',
  known: 'rows_known',
  suspect: 'rows_suspect',
  error: 'rows_faulty',
} as const satisfies Record<StagedLine['verdict']['verdict'], string>;

export type Counts = Record<(typeof COUNTS)[keyof typeof COUNTS] | 'rows_total', number>;
export const NO_COUNTS: Counts = { rows_total: 0, rows_new: 0, rows_updated: 0, rows_known: 0, rows_suspect: 0, rows_faulty: 0 };

/**
 * Judges the rows of a table and puts them into staging, slice by slice, each with the count so far in one transaction:
 * whoever looks sees how far it is, and a process that takes over begins anew (F33).
 */
export async function stageTable(order: StagingOrder, slices: HeadedTable['slices']): Promise<{ counts: Counts; hidden: number }> {
  const { database, ring, subject, kind, segment, check, isExample, most, hold } = order;
  const counts = { ...NO_COUNTS };
  let hidden = 0;
  let isCrowded = false;
  const inform = informPlanner(database, SEARCHED_LINES);
  for await (const slice of slices(() => isCrowded)) {
    hidden += slice.filter((row) => row.hidden).length;
    const told = slice.filter(({ cells }) => !isExample(cells));
    if (counts.rows_total + told.length > most) throw new FileRefusal('too_many_rows', { max: most });
    const lines = await check(told);
    const rows = lines.map((line) => stageLine(ring, subject, { kind, segment }, line));
    for (const { verdict } of lines) counts[COUNTS[verdict.verdict]] += 1;
    counts.rows_total += rows.length;
    await hold.write({ ...counts }, async (transaction) => void (await insertMany(transaction, IMPORT_ROWS, rows)));
    await inform(counts.rows_total);
    isCrowded = await giveWay(database, isCrowded);
  }
  await inform(counts.rows_total, true);
  if (!counts.rows_total) throw new FileRefusal('no_rows');
  return { counts, hidden };
}
