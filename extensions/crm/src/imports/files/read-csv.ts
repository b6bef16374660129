import { CsvError, parse } from 'csv-parse';
import { damagedCells, errorCells } from '../rules/damaged-text.ts';
import type { CellFault, FileReason, TableRow } from '../rules/file-fault.ts';
import { DECLARED, type Delimiter } from '../rules/find-delimiter.ts';
import type { Encoding } from '../rules/survey-encoding.ts';
import type { ByteSource } from './byte-source.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';
import { readText } from './read-text.ts';

/** No row of a table is longer, in characters; a quote that is not closed swallows no more than this. */
const LONGEST_ROW = 1024 * 1024;

/**
 * The rows of a text table (RFC 4180), in batches as the file is read, each with the line on which it begins in the file.
 * Empty rows are left out. Quotes in the middle of a cell are part of it, as spreadsheets have it.
 */
export async function* readCsv(
  source: ByteSource,
  { encoding, delimiter }: { encoding: Encoding; delimiter: Delimiter },
  limits: Limits,
): AsyncGenerator<TableRow[]> {
  let batch: TableRow[] = [];
  let next = 1;
  let skipped = 0;
  let taken = 0;
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
    raw: true,
    on_record: (read: string[], { lines, empty_lines }) => {
      // With `raw` its types are not those of what comes.
      const { record: cells, raw } = read as unknown as { record: string[]; raw: string };
      // Empty lines before this row are counted with it.
      const line = next + empty_lines - skipped;
      skipped = empty_lines;
      next = lines + 1;
      if (!cells.some((cell) => cell.trim())) return null;
      taken += 1;
      if (cells.some((cell) => isBrokenQuote(cell, raw, delimiter))) throw new FileRefusal('quote_open', { line });
      if (taken > limits.rows + limits.rowsAround) throw new FileRefusal('too_many_rows', { max: limits.rows });
      batch.push(toRow(line, cells, limits));
      return null;
    },
  });
  parser.resume();
  parser.on('error', () => undefined);
  const write = (text: string) =>
    settle(
      parser,
      (done) => parser.write(text, done),
      () => next,
    );

  let isFirst = true;
  for await (const text of readText(source, encoding)) {
    const declared = isFirst ? (DECLARED.exec(text)?.[0].length ?? 0) : 0;
    isFirst = false;
    // The line end of the declaration stays: an empty line, so that the lines below keep their numbers.
    await write(declared ? text.slice(declared - 1) : text);
    if (batch.length) yield batch;
    batch = [];
  }
  await settle(
    parser,
    (done) => parser.end(done),
    () => next,
  );
  if (batch.length) yield batch;
}

const BROKEN: Readonly<Record<string, FileReason>> = { CSV_QUOTE_NOT_CLOSED: 'quote_open', CSV_MAX_RECORD_SIZE: 'row_too_long' };

/**
 * A quote that was opened and not closed runs on to the next quote of the file, over separators and lines; behind that one stands
 * no separator, so the cell keeps its quotes. One that is part of a cell stands doubled in the file (F31).
 */
const isBrokenQuote = (cell: string, raw: string, delimiter: string): boolean =>
  cell.startsWith('"') && (cell.includes('\n') || cell.includes(delimiter)) && !raw.includes(`"${cell.replaceAll('"', '""')}"`);

/** Waits until the parser has taken what it was given, and says its faults in our words. */
function settle(parser: ReturnType<typeof parse>, act: (done: (error?: Error | null) => void) => void, line: () => number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      const reason = error instanceof CsvError ? BROKEN[error.code] : undefined;
      reject(reason ? new FileRefusal(reason, { line: line() }) : error);
    };
    parser.once('error', fail);
    act((error) => {
      parser.off('error', fail);
      if (error) fail(error);
      else resolve();
    });
  });
}

/** How programs make a spreadsheet keep a long number: `="13800138000"`. What an export of ours made safe does not begin so. */
const unwrapped = (cell: string): string => (cell.startsWith('="') ? cell.replace(/^="([^"]*)"$/u, '$1') : cell);

/** A sign outside the common ones counts once, as everywhere else. */
const isTooLong = (cell: string, most: number): boolean => cell.length > most && [...cell].length > most;

function toRow(line: number, cells: string[], limits: Limits): TableRow {
  let used = cells.length;
  while (used && !cells[used - 1]!.trim()) used -= 1;
  if (used > limits.columns) throw new FileRefusal('too_many_columns', { max: limits.columns, line });
  const kept = (used < cells.length ? cells.slice(0, used) : cells).map(unwrapped);
  const faults: CellFault[] = [...errorCells(kept), ...damagedCells(kept)];
  kept.forEach((cell, column) => {
    if (isTooLong(cell, limits.cellChars)) faults.push({ column, reason: 'too_long', values: { max: limits.cellChars } });
  });
  return faults.length ? { line, cells: kept, faults } : { line, cells: kept };
}
