import { byteReader, isLineFeed, type ByteForms } from './byte-forms.ts';

/** The encodings a text table may have; the first four are recognised, Big5 is for the user to choose. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export type Survey =
  | {
      ok: true;
      encoding: Encoding;
      bom: boolean;
      /** Whether the bytes leave no doubt; the preview asks to look where they do. */ certain: boolean;
    }
  | { ok: false; reason: 'binary' }
  | { ok: false; reason: 'undecodable'; line: number }
  | { ok: false; reason: 'mixed_encodings'; utf8Line: number; gbLine: number };

export interface EncodingSurvey {
  write(bytes: Uint8Array): void;
  end(): Survey;
}

/**
 * Decides the encoding of a text file from all of its bytes, never from a sample: a table that was put together from two
 * sources is found out by its lines and refused, because read in either encoding half of it would be mojibake (F31).
 */
export function surveyEncoding(): EncodingSurvey {
  const reader = byteReader();
  const tally = newTally();
  const nuls: [number, number] = [0, 0];
  let head: number[] = [];
  let offset = 0;
  let line = 1;
  let afterReturn = false;

  const endLine = () => {
    count(tally, reader.endLine(), line);
    line += 1;
  };

  return {
    write(bytes) {
      if (head.length < 3) head = [...head, ...bytes.subarray(0, 3)].slice(0, 3);
      // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator over 100 MB of bytes takes twice as long
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at]!;
        if (byte === 0) nuls[offset % 2 ? 1 : 0] += 1;
        offset += 1;
        const isFeed = isLineFeed(byte);
        if (afterReturn && !isFeed) endLine();
        afterReturn = byte === RETURN;
        if (isFeed) endLine();
        else reader.push(byte);
      }
    },
    end() {
      endLine();
      return judge(head, nuls, offset, tally);
    },
  };
}

const RETURN = 0x0d;

interface Tally {
  neither: number;
  utf8Only: number;
  gbOnly: number;
  /** Lines that both grammars accept, but that read as Chinese in UTF-8 and as rare characters in GB18030. */
  utf8Likely: number;
  either: number;
  lines: number;
  rareLines: number;
  notUtf8: number;
}

const newTally = (): Tally => ({ neither: 0, utf8Only: 0, gbOnly: 0, utf8Likely: 0, either: 0, lines: 0, rareLines: 0, notUtf8: 0 });

/** Every place holds the first line of its kind; 0 is none. */
function count(tally: Tally, { hasHigh, utf8, gb, utf8Han, gbRare }: ByteForms, line: number): void {
  if (!hasHigh) return;
  tally.lines += 1;
  if (gbRare) tally.rareLines += 1;
  if (!utf8) tally.notUtf8 ||= line;
  if (!utf8 && !gb) tally.neither ||= line;
  else if (!gb) tally.utf8Only ||= line;
  else if (!utf8) tally.gbOnly ||= line;
  else if (utf8Han && gbRare) tally.utf8Likely ||= line;
  else tally.either ||= line;
}

function judge(head: readonly number[], nuls: readonly [number, number], size: number, tally: Tally): Survey {
  const wide = wideEncoding(head, nuls, size);
  if (wide) return wide;
  if (nuls[0] + nuls[1]) return { ok: false, reason: 'binary' };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
    return tally.notUtf8 ? broken(tally, tally.notUtf8) : { ok: true, encoding: 'utf-8', bom: true, certain: true };
  }
  if (tally.neither) return { ok: false, reason: 'undecodable', line: tally.neither };
  if (tally.gbOnly) {
    if (tally.utf8Only || tally.utf8Likely) return broken(tally, tally.gbOnly);
    return { ok: true, encoding: 'gb18030', bom: false, certain: tally.rareLines <= tally.lines * MOST_RARE };
  }
  return { ok: true, encoding: 'utf-8', bom: false, certain: Boolean(tally.utf8Only || tally.utf8Likely) || !tally.either };
}

/** Above this share of lines with rare characters a file that fits GB18030 may well be something else. */
const MOST_RARE = 0.2;

function broken(tally: Tally, gbLine: number): Survey {
  const utf8Line = tally.utf8Only || tally.utf8Likely;
  if (!tally.gbOnly || !utf8Line) return { ok: false, reason: 'undecodable', line: gbLine };
  return { ok: false, reason: 'mixed_encodings', utf8Line, gbLine: tally.gbOnly };
}

/** UTF-16 by its mark, or by the empty half of its commas, digits and line ends. */
function wideEncoding(head: readonly number[], [even, odd]: readonly [number, number], size: number): Survey | null {
  if (head[0] === 0xff && head[1] === 0xfe) return { ok: true, encoding: 'utf-16le', bom: true, certain: true };
  if (head[0] === 0xfe && head[1] === 0xff) return { ok: true, encoding: 'utf-16be', bom: true, certain: true };
  if (size % 2 || even + odd < size * LEAST_EMPTY) return null;
  if (even <= odd * STRAY) return { ok: true, encoding: 'utf-16le', bom: false, certain: false };
  return odd <= even * STRAY ? { ok: true, encoding: 'utf-16be', bom: false, certain: false } : null;
}

/** A table has a separator or a line end at least every fifty characters. */
const LEAST_EMPTY = 0.01;
/** Characters such as U+4E00 have an empty byte in the other half. */
const STRAY = 0.5;
