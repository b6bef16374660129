import type { TableRow } from '../rules/file-fault.ts';
import { fileKind, HEAD_BYTES, nameConflict, oleDirectoryAt } from '../rules/file-kind.ts';
import { findDelimiter, SAMPLE_CHARS, type Delimiter } from '../rules/find-delimiter.ts';
import type { Encoding } from '../rules/survey-encoding.ts';
import { readRange, type ByteSource } from './byte-source.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';
import { openZip } from './open-zip.ts';
import { readCsv } from './read-csv.ts';
import { readMergedRanges, readSheet } from './read-sheet.ts';
import { readText, surveyFile } from './read-text.ts';
import { readWorkbook, type SheetInfo } from './read-workbook.ts';
import { NO_SHARED_STRINGS, readSharedStrings } from './shared-strings.ts';

/** What the user said about the file instead of what was found in it. */
export interface TableChoice {
  encoding?: Encoding;
  delimiter?: Delimiter;
  sheet?: string;
}

/** An uploaded table, recognised and ready to be read; what was found is shown to the user, who may choose otherwise. */
export type Table = (
  | { kind: 'csv'; encoding: Encoding; bom: boolean; certain: boolean; delimiter: Delimiter }
  | { kind: 'xlsx'; sheets: SheetInfo[]; sheet: string }
) & {
  /** No more rows than these can stand in so many bytes. */
  atMost: number;
  rows(): AsyncGenerator<TableRow[]>;
};

/** The shortest row there is: a sign and the end of its line; `<row><c><v>1</v></c></row>`. */
const LEAST_BYTES = { csv: 2, xlsx: 26 } as const;

/**
 * Recognises an uploaded file by its content and opens it (IMP-2). Whatever is no table, or not to be trusted, ends here
 * with a closed reason, before anything is kept of it (F29, F30).
 *
 * @param source stays the caller's to close.
 * @param name the name that the file had on the user's machine.
 * @param scratch a private folder for as long as the table is read.
 */
export async function openTable(
  { source, name, scratch }: { source: ByteSource; name: string; scratch: string },
  choice: TableChoice,
  limits: Limits,
): Promise<Table> {
  const { size } = source;
  if (!size) throw new FileRefusal('empty');
  if (size > limits.fileBytes) throw new FileRefusal('too_large', { max: Math.floor(limits.fileBytes / 1024 / 1024) });
  const kind = await kindOf(source);
  const conflict = nameConflict(name, kind);
  if (conflict) throw new FileRefusal(conflict);
  return kind === 'zip' ? openWorkbook(source, scratch, choice, limits) : openText(source, choice, limits);
}

async function kindOf(source: ByteSource): Promise<'text' | 'zip'> {
  const at = (position: number) => readRange(source, position, position + HEAD_BYTES);
  const head = await at(0);
  const directory = oleDirectoryAt(head);
  const kind = fileKind(head, directory === null ? undefined : await at(directory));
  if (typeof kind === 'object') throw new FileRefusal(kind.refused);
  return kind;
}

async function openText(source: ByteSource, choice: TableChoice, limits: Limits): Promise<Table> {
  const survey = await surveyFile(source);
  if (!survey.ok && !choice.encoding) {
    const { reason, ...values } = survey;
    if (reason === 'binary') throw new FileRefusal('no_table');
    throw new FileRefusal(reason, Object.fromEntries(Object.entries(values).filter(([key]) => key !== 'ok')) as Record<string, number>);
  }
  const encoding = choice.encoding ?? (survey as Extract<typeof survey, { ok: true }>).encoding;
  const delimiter = choice.delimiter ?? findDelimiter(await sampleOf(source, encoding)).delimiter;
  return {
    kind: 'csv',
    encoding,
    bom: survey.ok && survey.bom,
    certain: choice.encoding !== undefined || (survey.ok && survey.certain),
    delimiter,
    atMost: Math.ceil(source.size / LEAST_BYTES.csv),
    rows: () => readCsv(source, { encoding, delimiter }, limits),
  };
}

async function sampleOf(source: ByteSource, encoding: Encoding): Promise<string> {
  let sample = '';
  for await (const text of readText(source, encoding)) {
    sample += text;
    if (sample.length >= SAMPLE_CHARS) break;
  }
  return sample.slice(0, SAMPLE_CHARS);
}

async function openWorkbook(source: ByteSource, scratch: string, choice: TableChoice, limits: Limits): Promise<Table> {
  const zip = await openZip(source, limits);
  try {
    const { sheets } = await readWorkbook(zip, limits);
    const chosen =
      choice.sheet === undefined
        ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0]!)
        : sheets.find((sheet) => sheet.name === choice.sheet);
    const named = sheets.map(({ name, hidden }) => ({ name, hidden }));
    if (!chosen) throw new FileRefusal('unknown_sheet', { sheet: choice.sheet!.slice(0, 64) }, named);
    return {
      kind: 'xlsx',
      sheets: named,
      sheet: chosen.name,
      atMost: Math.ceil(zip.sizeOf(chosen.part) / LEAST_BYTES.xlsx),
      rows: () => workbookRows(source, scratch, chosen.part, limits),
    };
  } finally {
    zip.close();
  }
}

/** Opens the file anew for each reading, so that nothing stays open between two of them. */
async function* workbookRows(source: ByteSource, scratch: string, part: string, limits: Limits): AsyncGenerator<TableRow[]> {
  const zip = await openZip(source, limits);
  let strings = NO_SHARED_STRINGS;
  try {
    const { sharedStrings, shapes, from1904 } = await readWorkbook(zip, limits);
    const merged = await readMergedRanges(await zip.read(part), limits);
    if (sharedStrings) strings = await readSharedStrings(await zip.read(sharedStrings), scratch, limits);
    yield* readSheet(await zip.read(part), { shapes, from1904, strings, merged }, limits);
  } finally {
    strings.close();
    zip.close();
  }
}
