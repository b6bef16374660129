import { escapeText } from '../rules/cell-text.ts';

export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The cell styles of `xl/styles.xml`. Format 49 is the program's own for text. */
export const STYLE = { plain: 0, text: 1, heading: 2 } as const;

const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/><xf numFmtId="49" applyNumberFormat="1"><alignment wrapText="1" vertical="top"/></xf><xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

/** A text between the tags of a workbook's part; what XML cannot hold is written as workbooks write it. */
export const escapeXml = (text: string): string =>
  escapeText(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const relations = (list: readonly (readonly [id: string, kind: string, target: string])[]): string =>
  `<Relationships xmlns="${PACKAGE}/relationships">${list
    .map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`;

/** The part of the sheet at a place, counted from 0. */
export const sheetPart = (at: number): string => `xl/worksheets/sheet${at + 1}.xml`;

/** A cell that is a text and stays one, whatever it looks like (F21). */
export const textCell = (reference: string, text: string, style: number): string =>
  text ? `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>` : '';

/** Headings stay in sight. */
export const FROZEN_HEAD =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>';

export const columnWidths = (widths: readonly number[]): string =>
  `<cols>${widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" style="${STYLE.text}" customWidth="1"/>`).join('')}</cols>`;

const NARROWEST = 12;
const WIDEST = 40;

/** How wide a column is so that its longest text can be read; Chinese takes twice the room. */
export const widthOf = (texts: readonly string[]): number =>
  Math.min(WIDEST, Math.max(NARROWEST, ...texts.map((text) => [...text].reduce((sum, sign) => sum + (sign > '\u2E80' ? 2 : 1), 2))));

/** Whatever a workbook holds besides its sheets, by the name of the part, ready to be written. */
export function workbookParts(sheetNames: readonly string[]): [name: string, xml: string][] {
  const overrides = sheetNames.map((_, at) => `<Override PartName="/${sheetPart(at)}" ContentType="${SPREADSHEET}.worksheet+xml"/>`);
  const sheets = sheetNames.map((name, at) => `<sheet name="${escapeXml(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`);
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${SPREADSHEET}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${SPREADSHEET}.styles+xml"/>${overrides.join('')}</Types>`,
    ],
    ['_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`],
    [
      'xl/_rels/workbook.xml.rels',
      relations([
        ...sheetNames.map((_, at): [string, string, string] => [`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`]),
        ['rIdStyles', 'styles', 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', STYLES],
  ];
  return parts.map(([name, xml]) => [name, XML_HEAD + xml]);
}
