import type { Readable } from 'node:stream';
import { cellNumber, type CellText } from '../rules/cell-number.ts';
import { readMerged, readReference, unescapeText, type Merged } from '../rules/cell-text.ts';
import { damagedCells } from '../rules/damaged-text.ts';
import type { CellFault, TableRow } from '../rules/file-fault.ts';
import { coveredCells } from '../rules/merged-cells.ts';
import { FileRefusal } from './file-refusal.ts';
import type { Limits } from './limits.ts';
import { isTrue, type Workbook } from './read-workbook.ts';
import { readXml, type Attributes } from './read-xml.ts';
import type { SharedStrings } from './shared-strings.ts';

export interface SheetSetting extends Pick<Workbook, 'from1904' | 'shapes'> {
  strings: SharedStrings;
  merged: readonly Merged[];
}

interface OpenCell {
  column: number;
  type: string;
  style: number;
  value: string;
  hasValue: boolean;
  hasFormula: boolean;
}

/** No grid of a spreadsheet program is wider, or longer. */
const GRID_COLUMNS = 16_384;
const GRID_ROWS = 1_048_576;

/**
 * The rows of one sheet, in batches as it is unpacked, each with its number in the sheet. Formulas give the value that the
 * program saved with them; empty rows are left out.
 */
export async function* readSheet(stream: Readable, setting: SheetSetting, limits: Limits): AsyncGenerator<TableRow[]> {
  const covered = coveredCells(setting.merged, limits.columns);
  let batch: TableRow[] = [];
  let taken = 0;
  let row = 0;
  let cells: string[] = [];
  let faults: CellFault[] = [];
  let isHidden = false;
  let column = -1;
  let cell: OpenCell | null = null;
  let taking = false;
  let phonetic = 0;

  function openRow({ r, hidden }: Attributes): void {
    const next = r === undefined ? row + 1 : Number(r);
    if (!Number.isInteger(next) || next <= row || next > GRID_ROWS) throw new FileRefusal('damaged');
    row = next;
    cells = [];
    faults = [];
    column = -1;
    isHidden = isTrue(hidden);
  }

  function openCell({ r, t = 'n', s = '0' }: Attributes): void {
    const place = r === undefined ? column + 1 : readReference(r)?.column;
    if (place === undefined || place <= column || place >= GRID_COLUMNS) throw new FileRefusal('damaged');
    column = place;
    cell = { column, type: t, style: Number(s), value: '', hasValue: false, hasFormula: false };
  }

  function closeCell({ column: place, ...read }: OpenCell): void {
    const { text, fault } = textOf(read, setting);
    if (fault) faults.push({ column: place, ...fault });
    if (!text.trim() && !fault) return;
    if (place >= limits.columns) throw new FileRefusal('too_many_columns', { max: limits.columns, line: row });
    if (text.length > limits.cellChars) faults.push({ column: place, reason: 'too_long', values: { max: limits.cellChars } });
    while (cells.length < place) cells.push('');
    cells[place] = text;
  }

  function closeRow(): void {
    const under = covered(row);
    if (typeof under === 'string') throw new FileRefusal(under === 'overlap' ? 'damaged' : 'too_many_merged');
    if (!cells.some((text) => text.trim()) && !faults.length) return;
    taken += 1;
    if (taken > limits.rows + limits.rowsAround) throw new FileRefusal('too_many_rows', { max: limits.rows });
    const all = [...faults, ...under, ...damagedCells(cells)];
    batch.push({ line: row, cells, ...(all.length ? { faults: all } : {}), ...(isHidden ? { hidden: true as const } : {}) });
  }

  const handlers = {
    open(name: string, attributes: Attributes) {
      if (name === 'c') openCell(attributes);
      else if (name === 'v' && cell) taking = cell.hasValue = true;
      else if (name === 't' && cell && !phonetic) taking = cell.hasValue = true;
      else if (name === 'f' && cell) cell.hasFormula = true;
      else if (name === 'rPh') phonetic += 1;
      else if (name === 'row') openRow(attributes);
    },
    text(piece: string) {
      if (taking && cell) cell.value += piece;
    },
    close(name: string) {
      if (name === 'v' || name === 't') taking = false;
      else if (name === 'rPh') phonetic -= 1;
      else if (name === 'c' && cell) {
        closeCell(cell);
        cell = null;
      } else if (name === 'row') closeRow();
    },
  };
  for await (const _ of readXml(stream, handlers, limits)) {
    if ((cell as OpenCell | null)?.value && (cell as unknown as OpenCell).value.length > limits.markupChars)
      throw new FileRefusal('unpacks_too_large');
    if (batch.length) yield batch;
    batch = [];
  }
}

const EMPTY: CellText = { text: '' };

function textOf(
  { type, style, value, hasValue, hasFormula }: Omit<OpenCell, 'column'>,
  { strings, shapes, from1904 }: SheetSetting,
): CellText {
  if (!value) {
    // Programs that cannot compute leave the result out, or empty; an empty text is a result.
    const isEmptyText = type === 'str' && hasValue;
    return hasFormula && !isEmptyText ? { text: '', fault: { reason: 'formula_without_value' } } : EMPTY;
  }
  switch (type) {
    case 's': {
      const text = strings.get(Number(value));
      if (text === null) throw new FileRefusal('damaged');
      return { text };
    }
    case 'str':
    case 'inlineStr':
      return { text: unescapeText(value) };
    case 'b':
      return { text: isTrue(value) ? 'TRUE' : 'FALSE' };
    case 'e':
      return { text: value, fault: { reason: 'formula_error', values: { value: value.slice(0, 32) } } };
    case 'd':
      return { text: value.replace(/T00:00:00(?:\.0+)?Z?$/u, '').replace('T', ' ') };
    default:
      return cellNumber(value, shapes[style] ?? { kind: 'number' }, from1904);
  }
}

/**
 * The merged blocks of a sheet. They stand behind its rows, so the sheet is unpacked once before it is read; only what
 * follows the rows is looked at.
 */
export async function readMergedRanges(stream: Readable, limits: Limits): Promise<Merged[]> {
  let carried: Buffer = Buffer.alloc(0);
  let tail: string | null = null;
  try {
    for await (const chunk of stream) {
      if (tail !== null) tail += (chunk as Buffer).toString('latin1');
      else {
        carried = Buffer.concat([carried.subarray(-LONGEST_END), chunk as Buffer]);
        // The name of the element is looked for as bytes: nothing of the rows is decoded for it.
        const end = carried.includes(ROWS) ? /<\/(?:\w+:)?sheetData\s*>/u.exec(carried.toString('latin1')) : null;
        if (end) tail = carried.subarray(end.index).toString('latin1');
      }
      if (tail && tail.length > LONGEST_TAIL) throw new FileRefusal('unpacks_too_large');
    }
  } catch (error) {
    throw error instanceof FileRefusal ? error : new FileRefusal('damaged');
  } finally {
    stream.destroy();
  }
  if (tail === null) return [];
  const ranges: Merged[] = [];
  for (const [, name] of tail.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["']([A-Z0-9:]+)["']/gu)) {
    const range = readMerged(name!);
    if (range) ranges.push(range);
    if (ranges.length > limits.mergedRanges) throw new FileRefusal('too_many_merged');
  }
  return ranges;
}

const ROWS = 'sheetData';
/** An end tag that is cut between two pieces. */
const LONGEST_END = 64;
/** Behind the rows stand merged blocks, rules and links. */
const LONGEST_TAIL = 32 * 1024 * 1024;
