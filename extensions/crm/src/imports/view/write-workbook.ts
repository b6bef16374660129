import { crc32, deflateRawSync } from 'node:zlib';
import { columnName } from '../rules/cell-text.ts';
import { columnWidths, escapeXml, FROZEN_HEAD, MAIN, sheetPart, STYLE, textCell, workbookParts, XML_HEAD } from './workbook-parts.ts';
import { fileRecord, zipDirectory, type ZipEntry } from './zip-records.ts';

export interface SheetToWrite {
  name: string;
  /** Every cell is a text and stays one: a telephone that a program takes for a number loses its digits. */
  rows: readonly (readonly string[])[];
  /** Widths of the columns in characters. */
  widths: readonly number[];
  /** By column: what the program offers below the first row. */
  choices?: readonly (readonly string[])[];
}

/** A small workbook (templates): texts only, headings in bold and fixed, lists to choose from. */
export function writeWorkbook(sheets: readonly SheetToWrite[]): Buffer {
  const parts = [
    ...workbookParts(sheets.map(({ name }) => name)),
    ...sheets.map((sheet, at): [string, string] => [sheetPart(at), XML_HEAD + sheetXml(sheet)]),
  ];
  return zip(parts.map(([name, xml]) => ({ name, bytes: Buffer.from(xml) })));
}

function sheetXml({ rows, widths, choices = [] }: SheetToWrite): string {
  const body = rows.map((cells, row) => `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, at, row)).join('')}</row>`).join('');
  const lists = choices.flatMap((list, at) => listXml(list, columnName(at)));
  const validations = lists.length ? `<dataValidations count="${lists.length}">${lists.join('')}</dataValidations>` : '';
  return `<worksheet xmlns="${MAIN}">${FROZEN_HEAD}${columnWidths(widths)}<sheetData>${body}</sheetData>${validations}</worksheet>`;
}

const cellXml = (cell: string, column: number, row: number): string =>
  textCell(`${columnName(column)}${row + 1}`, cell, row ? STYLE.text : STYLE.heading);

/** Longer lists, and choices with a comma in them, programs do not take; the guide names them. */
const LONGEST_LIST = 250;

function listXml(list: readonly string[], column: string): string[] {
  const text = list.join(',');
  if (!list.length || text.length > LONGEST_LIST || list.some((choice) => /[,"]/u.test(choice))) return [];
  return [
    `<dataValidation type="list" allowBlank="1" sqref="${column}2:${column}10000"><formula1>"${escapeXml(text)}"</formula1></dataValidation>`,
  ];
}

function zip(files: readonly { name: string; bytes: Buffer }[]): Buffer {
  const bodies: Buffer[] = [];
  const entries: ZipEntry[] = [];
  let offset = 0;
  for (const { name, bytes } of files) {
    const packed = deflateRawSync(bytes);
    const entry = { name, crc: crc32(bytes), packed: packed.length, size: bytes.length, offset };
    const body = Buffer.concat([fileRecord(entry), packed]);
    entries.push(entry);
    bodies.push(body);
    offset += body.length;
  }
  return Buffer.concat([...bodies, zipDirectory(entries, offset)]);
}
