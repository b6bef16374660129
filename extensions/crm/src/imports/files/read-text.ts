import { surveyEncoding, type Encoding, type Survey } from '../rules/survey-encoding.ts';
import type { ByteSource } from './byte-source.ts';
import { FileRefusal } from './file-refusal.ts';

/** No line of a table is longer; what is, is no table. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** Reads a whole text file to learn its encoding. */
export async function surveyFile(source: ByteSource): Promise<Survey> {
  const survey = surveyEncoding();
  for await (const chunk of source.read()) survey.write(chunk);
  return survey.end();
}

/**
 * The text of a file in whole lines, every line end as `\n`. A byte that has no meaning in the encoding ends it with the
 * number of its line: nothing is ever replaced by a question mark (F31).
 */
export async function* readText(source: ByteSource, encoding: Encoding): AsyncGenerator<string> {
  const decode = strictDecoder(encoding);
  let rest: Buffer = Buffer.alloc(0);
  let line = 1;
  let isFirst = true;
  let afterReturn = false;

  function toText(bytes: Buffer): string {
    const { text, badLine } = decode(bytes);
    if (badLine !== undefined)
      throw new FileRefusal('undecodable', { encoding: nameOf(encoding), line: line + badLine - (afterReturn ? 1 : 0) });
    const plain = isFirst ? text.replace(/^\uFEFF/u, '') : text;
    isFirst = false;
    const joined = (afterReturn ? '\r' : '') + plain;
    afterReturn = joined.endsWith('\r');
    const even = (afterReturn ? joined.slice(0, -1) : joined).replace(/\r\n?/gu, '\n');
    line += countLines(even);
    return even;
  }

  for await (const chunk of source.read()) {
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const end = lastLineEnd(bytes, encoding);
    if (end) yield toText(bytes.subarray(0, end));
    rest = Buffer.from(bytes.subarray(end));
    if (rest.length > LONGEST_LINE) throw new FileRefusal('no_table');
  }
  if (rest.length) yield toText(rest);
  if (afterReturn) yield '\n';
}

const NAMES: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  gb18030: 'GB18030',
  big5: 'Big5',
};
const nameOf = (encoding: Encoding): string => NAMES[encoding];

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

const isWide = (encoding: Encoding): boolean => encoding.startsWith('utf-16');

/** Behind the last line end of a buffer that begins with a whole character; 0 where there is none. */
function lastLineEnd(bytes: Buffer, encoding: Encoding): number {
  if (!isWide(encoding)) return Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d)) + 1;
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let at = bytes.length - (bytes.length % 2) - 2; at >= 0; at -= 2) {
    const isEnd = bytes[at + low] === 0x0a || bytes[at + low] === 0x0d;
    if (isEnd && bytes[at + 1 - low] === 0) return at + 2;
  }
  return 0;
}

type Decoded = { text: string; badLine?: undefined } | { text?: undefined; badLine: number };

function strictDecoder(encoding: Encoding): (bytes: Buffer) => Decoded {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const attempt = (bytes: Uint8Array): string | null => {
    try {
      return decoder.decode(bytes);
    } catch {
      return null;
    }
  };
  return (bytes) => {
    const text = attempt(bytes);
    return text === null ? { badLine: firstBadLine(bytes, encoding, (part) => attempt(part) !== null) } : { text };
  };
}

/** The line, from 0, with the first character that cannot be decoded. */
function firstBadLine(bytes: Buffer, encoding: Encoding, isGood: (part: Buffer) => boolean): number {
  let from = 0;
  let line = 0;
  const step = isWide(encoding) ? 2 : 1;
  const unit = (at: number) =>
    encoding === 'utf-16le' ? bytes.readUInt16LE(at) : encoding === 'utf-16be' ? bytes.readUInt16BE(at) : bytes[at]!;
  for (let at = 0; at + step <= bytes.length; at += step) {
    const code = unit(at);
    const isReturn = code === 0x0d && !(at + 2 * step <= bytes.length && unit(at + step) === 0x0a);
    if (code !== 0x0a && !isReturn) continue;
    if (!isGood(bytes.subarray(from, at + step))) return line;
    from = at + step;
    line += 1;
  }
  return line;
}
