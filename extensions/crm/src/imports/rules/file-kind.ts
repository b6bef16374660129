import type { FileReason } from './file-fault.ts';

/** What the first bytes of a file say that it is. The name decides nothing; it is only held against the content. */
export type FileKind = 'text' | 'zip' | { refused: FileReason };

/** How many bytes `fileKind` wants to see. */
export const HEAD_BYTES = 4096;

const MAGIC: readonly (readonly [string, FileKind | 'ole'])[] = [
  ['504b0304', 'zip'],
  ['504b0506', 'zip'],
  ['504b0708', 'zip'],
  ['d0cf11e0a1b11ae1', 'ole'],
  ['25504446', { refused: 'pdf' }],
  ['89504e47', { refused: 'image' }],
  ['ffd8ff', { refused: 'image' }],
  ['47494638', { refused: 'image' }],
  ['52617221', { refused: 'archive' }],
  ['377abcaf271c', { refused: 'archive' }],
  ['1f8b', { refused: 'archive' }],
  ['7b5c727466', { refused: 'word' }],
  ['0908', { refused: 'old_excel' }],
  ['0904', { refused: 'old_excel' }],
];

/** Names of streams inside the old container of Office, as UTF-16. */
const wide = (name: string): string => [...name].join('\0');

/**
 * Tells a table from everything that only carries its name (F30): old and encrypted workbooks, web pages that a system
 * offers as `.xls`, pictures, archives.
 *
 * @param head the first bytes of the file.
 * @param directory for the old container of Office: the sector that lists its streams; see `oleDirectoryAt`.
 */
export function fileKind(head: Uint8Array, directory: Uint8Array = new Uint8Array()): FileKind {
  const hex = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const known = MAGIC.find(([magic]) => hex.startsWith(magic))?.[1];
  if (known === 'ole') {
    const names = [...head, ...directory].map((byte) => String.fromCharCode(byte)).join('');
    return {
      refused: names.includes(wide('EncryptedPackage')) ? 'encrypted' : names.includes(wide('WordDocument')) ? 'word' : 'old_excel',
    };
  }
  return known ?? textKind(head);
}

function textKind(head: Uint8Array): FileKind {
  const start = [...head.subarray(0, 1024)]
    .filter((byte) => byte !== 0)
    .map((byte) => String.fromCharCode(byte))
    .join('')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/u, '')
    .trimStart()
    .toLowerCase();
  const page = start.replace(/^(?:<!--[^]*?-->\s*)+/u, '');
  if (/^<(?:!doctype html|html|head|body|title|table|thead|tbody|tr|td|th|meta|link|style|script|div|center|font|p|br)\b/u.test(page))
    return { refused: 'html' };
  // A web page with its pictures in one file, as browsers and report servers save it.
  if (/^(?:from:[^]*\n)?mime-version:/u.test(start)) return { refused: 'html' };
  if (/^\{\s*"|^\[\s*[{[]/u.test(start)) return { refused: 'json' };
  if (/^<\?xml|^<workbook\b/u.test(start)) return { refused: start.includes('<html') ? 'html' : 'xml_table' };
  return 'text';
}

const SECTOR_SIZE_AT = 30;
const DIRECTORY_AT = 48;

/** Where the old container of Office lists its streams; null where the header makes no sense. */
export function oleDirectoryAt(head: Uint8Array): number | null {
  if (head.length < DIRECTORY_AT + 4) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const power = view.getUint16(SECTOR_SIZE_AT, true);
  const sector = view.getUint32(DIRECTORY_AT, true);
  return power >= 7 && power <= 16 && sector < 0xfffffff0 ? (sector + 1) * 2 ** power : null;
}

/** A name that promises another kind of table than the content is: nobody knows which of the two was meant. */
export function nameConflict(name: string, kind: 'text' | 'zip'): FileReason | null {
  const ending = /\.([a-z0-9]+)$/iu.exec(name.trim())?.[1]?.toLowerCase() ?? '';
  if (kind === 'text') return /^(?:xls[xmb]?|et|ods)$/u.test(ending) ? 'text_named_xlsx' : null;
  return /^(?:csv|tsv|txt)$/u.test(ending) ? 'workbook_named_text' : null;
}

/** What a zip is, by the names of its parts; null for a workbook that can be read. */
export function zipFault(has: (part: string) => boolean, first: string | undefined): FileReason | null {
  if (has('xl/workbook.bin')) return 'binary_workbook';
  if (has('[Content_Types].xml') && (has('word/document.xml') || has('ppt/presentation.xml'))) return 'word';
  if (has('Index/Document.iwa') || has('Index.zip')) return 'apple_numbers';
  if (has('content.xml') || first === 'mimetype') return 'open_document';
  return has('_rels/.rels') || has('xl/workbook.xml') ? null : 'archive';
}
