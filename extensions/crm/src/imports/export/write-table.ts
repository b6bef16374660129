import type { Language } from '../../platform/api/actor.ts';
import type { Row } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { MARK_TEXTS } from '../locale/export-texts.ts';
import { columnName } from '../rules/cell-text.ts';
import { toSafeCell, toSheetCell } from '../rules/safe-cell.ts';
import { csvLine } from '../view/csv-line.ts';
import {
  columnWidths,
  FROZEN_HEAD,
  MAIN,
  escapeXml,
  sheetPart,
  STYLE,
  textCell,
  widthOf,
  workbookParts,
  XML_HEAD,
} from '../view/workbook-parts.ts';
import { cellOf, plainOf, type Cell, type ExportTable } from './columns.ts';
import type { ExportFormat } from './export-row.ts';
import { exportRefusal } from './refuse.ts';
import { streamZip } from './stream-zip.ts';
import { markLine, markRows, type Watermark } from './watermark.ts';

export interface TableToWrite extends ExportTable {
  language: Language;
  timeZone: string;
  pages: AsyncIterable<Row[]>;
  /** Who, when and why; how many is known when the last page has been written. */
  mark(): Watermark;
}

/** The content of an export while its rows are read, so that no more than a page of them is in memory. */
export const WRITERS: Readonly<Record<ExportFormat, (table: TableToWrite) => AsyncIterable<string | Buffer>>> = {
  csv: writeCsv,
  xlsx: (table) => streamZip(workbook(table)),
  json: writeJson,
};

/** What stands above a text table; made when it is fetched, because only then is it known how many rows there are. */
export const csvHead = (mark: Watermark, language: Language): string => `\uFEFF${csvLine([toSafeCell(markLine(mark, language))])}`;

const csvCell = (cell: Cell): string => (cell === null ? '' : typeof cell === 'number' ? String(cell) : toSafeCell(cell));

async function* writeCsv({ columns, pages, language, timeZone }: TableToWrite): AsyncGenerator<string> {
  yield csvLine(columns.map(({ heading }) => toSafeCell(heading)));
  for await (const page of pages)
    yield page.map((row) => csvLine(columns.map((column) => csvCell(cellOf(column, row, { language, timeZone }))))).join('');
}

async function* writeJson({ name, columns, pages, language, mark }: TableToWrite): AsyncGenerator<string> {
  const described = columns.map(({ field, label, choices }) => ({
    field,
    label,
    ...(Object.keys(choices).length ? { choices } : {}),
  }));
  yield `{"name":${JSON.stringify(name)},"columns":${JSON.stringify(described)},"rows":[`;
  let between = '\n';
  for await (const page of pages) {
    let text = '';
    for (const row of page) {
      text += between + JSON.stringify(Object.fromEntries(columns.map((column) => [column.field, plainOf(column, row, language)])));
      between = ',\n';
    }
    yield text;
  }
  yield `\n],"export":${JSON.stringify({ ...mark(), notice: say(MARK_TEXTS.notice, language) })}}\n`;
}

const LONGEST_NAME = 31;

/** Names of sheets have signs of their own that they cannot hold. */
const sheetName = (name: string): string =>
  name
    .replace(/[[\]:*?/\\']/gu, ' ')
    .slice(0, LONGEST_NAME)
    .trim() || 'export';

function* workbook(table: TableToWrite): Generator<{ name: string; content: AsyncIterable<string> | Iterable<string> }> {
  const [data, about] = [sheetName(table.name), sheetName(say(MARK_TEXTS.sheet, table.language))];
  for (const [name, xml] of workbookParts([data, about === data ? `${about} 2` : about])) yield { name, content: [xml] };
  yield { name: sheetPart(0), content: dataSheet(table) };
  // The rows have been counted when this part is asked for.
  yield { name: sheetPart(1), content: aboutSheet(table) };
}

/** More than a cell of these programs can hold; they call such a file damaged. */
const LONGEST_CELL = 32_767;

async function* dataSheet({ columns, pages, language, timeZone, mark }: TableToWrite): AsyncGenerator<string> {
  const letters = columns.map((_, at) => columnName(at));
  const widths = columns.map(({ heading, kind }) => widthOf([heading, kind === 'moment' ? '2026-11-20 14:30:00+08:00' : '']));
  const headings = columns.map(({ heading }, at) => textCell(`${letters[at]!}1`, toSheetCell(heading), STYLE.heading));
  yield `${XML_HEAD}<worksheet xmlns="${MAIN}">${FROZEN_HEAD}${columnWidths(widths)}<sheetData><row r="1">${headings.join('')}</row>`;
  let line = 1;
  for await (const page of pages) {
    let text = '';
    for (const row of page) {
      line += 1;
      text += `<row r="${line}">`;
      for (const [at, column] of columns.entries()) {
        const cell = cellOf(column, row, { language, timeZone });
        if (typeof cell === 'string' && cell.length > LONGEST_CELL - 1)
          throw exportRefusal('cell_too_long', language, { header: column.label, most: LONGEST_CELL });
        text += sheetCell(`${letters[at]!}${line}`, cell);
      }
      text += '</row>';
    }
    yield text;
  }
  yield `</sheetData>${footer(markLine(mark(), language))}</worksheet>`;
}

const sheetCell = (reference: string, cell: Cell): string => {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  return textCell(reference, toSheetCell(cell), STYLE.text);
};

function* aboutSheet({ language, mark }: TableToWrite): Generator<string> {
  const rows = markRows(mark(), language);
  const body = rows.map((cells, row) => {
    const written = cells.map((cell, at) => textCell(`${columnName(at)}${row + 1}`, toSheetCell(cell), at ? STYLE.text : STYLE.heading));
    return `<row r="${row + 1}">${written.join('')}</row>`;
  });
  yield `${XML_HEAD}<worksheet xmlns="${MAIN}">${columnWidths([20, 60])}<sheetData>${body.join('')}</sheetData></worksheet>`;
}

/** These programs take 255 for a footer, its code for the left side with it. */
const LONGEST_FOOT = 250;
const HALF = /[\uD800-\uDBFF]$/u;

/** On every printed page; an ampersand would begin a code there. What is too long is cut at the end, where people typed. */
const footer = (text: string): string => {
  const foot = text.replaceAll('&', '＆').slice(0, LONGEST_FOOT).replace(HALF, '');
  return `<headerFooter><oddFooter>&amp;L${escapeXml(foot)}</oddFooter></headerFooter>`;
};
