import { FileRefusal } from '../files/file-refusal.ts';
import type { Limits } from '../files/limits.ts';
import { openTable, type Table } from '../files/open-table.ts';
import type { ImportKind } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import type { Found, Reading } from '../store/import-row.ts';
import { headed, type HeadedTable } from './stage-file.ts';

type Uploaded = Parameters<typeof openTable>[0];

interface Asked {
  choice: Reading['choice'];
  kind: ImportKind;
  words: Words;
  limits: Limits;
}

/** So many sheets are looked through for the one that is meant. */
const LOOKED_THROUGH = 20;

/**
 * Opens the table of a file with its headings. Of a workbook in which nobody has chosen a sheet that is the first visible one with
 * headings of the kind and rows below them: many begin with a cover or with notes (IMP-2).
 *
 * @param seen is told what is known of the file so far, also where it cannot be read as it was asked for.
 */
export async function openHeaded(
  uploaded: Uploaded,
  { choice, kind, words, limits }: Asked,
  seen: (found: Found) => void,
): Promise<{ table: Table; rows: HeadedTable }> {
  const { encoding, delimiter } = choice;
  const around = { certain: false, header_line: choice.header_line ?? 1, plan: [] };
  const open = async (sheet?: string): Promise<Table> => {
    const table = await openTable(uploaded, { ...choice, ...(sheet === undefined ? {} : { sheet }) }, limits);
    seen({ ...around, ...factsOf(table) });
    return table;
  };
  const first = await open().catch((error: unknown) => {
    const refusal = error instanceof FileRefusal ? error : null;
    if (refusal?.sheets) seen({ ...around, type: 'xlsx', sheets: refusal.sheets });
    else if (isOfEncoding(refusal))
      seen({ ...around, type: 'csv', ...(encoding ? { encoding } : {}), ...(delimiter ? { delimiter } : {}) });
    throw error;
  });
  const headedIn = (table: Table) => headed(table, kind, words, choice.header_line);
  const others = first.kind === 'xlsx' && choice.sheet === undefined ? visibleBeside(first).slice(0, LOOKED_THROUGH) : [];
  if (!others.length) return { table: first, rows: await headedIn(first) };
  const own = await sureIn(() => headedIn(first));
  if (own) return { table: first, rows: own };
  for (const sheet of others) {
    const table = await open(sheet);
    const rows = await sureIn(() => headedIn(table));
    if (rows) return { table, rows };
  }
  seen({ ...around, ...factsOf(first) });
  return { table: first, rows: await headedIn(first) };
}

const isOfEncoding = (refusal: FileRefusal | null): boolean =>
  refusal?.fault.reason === 'undecodable' || refusal?.fault.reason === 'mixed_encodings';

const visibleBeside = ({ sheets, sheet }: Extract<Table, { kind: 'xlsx' }>): string[] =>
  sheets.flatMap(({ name, hidden }) => (hidden || name === sheet ? [] : [name]));

/** The table with its headings, where it has both them and rows; an empty sheet is no reason to look no further. */
async function sureIn(work: () => Promise<HeadedTable>): Promise<HeadedTable | null> {
  try {
    const table = await work();
    if (table.isSure) return table;
    await table.close();
    return null;
  } catch (error) {
    if (error instanceof FileRefusal && error.fault.reason === 'no_rows') return null;
    throw error;
  }
}

/** What a table says of itself. */
export const factsOf = (table: Table): Pick<Found, 'type' | 'encoding' | 'delimiter' | 'sheet' | 'sheets' | 'certain'> =>
  table.kind === 'xlsx'
    ? { type: 'xlsx', sheet: table.sheet, sheets: table.sheets, certain: true }
    : { type: 'csv', encoding: table.encoding, delimiter: table.delimiter, certain: table.certain };
