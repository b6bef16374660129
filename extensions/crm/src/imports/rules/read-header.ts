import { toPlain } from '../../kernel/text/plain.ts';

/** A column heading: what it is called, and the unit that its brackets may name. */
export interface Header {
  /** The heading as it stands in the file, shortened for a message. */
  shown: string;
  /** What it is compared by: half-width, lower case, without spaces, marks and brackets. */
  plain: string;
  /** What an amount below it is multiplied by; null where it is money of another country. */
  factor: number | null;
  /** The name of a field that an export put in brackets behind its label. */
  technical: string | null;
}

const LONGEST_SHOWN = 64;
const TECHNICAL = /\(([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)\)$/u;
const MARKS = /[\s*＊:：#_\-·、.。?？/\\|'"“”‘’]/gu;
const UNIT_BEHIND = /[-/:,\s](?:(?:百万|千|[万亿])?元?|人|%)$/u;
const BRACKETS = /\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>/gu;

/** Reads a heading: `*年营业额（万元）` is `年营业额` in units of ten thousand. */
export function readHeader(text: string): Header {
  const plain = toPlain(text).replace(/【/gu, '(').replace(/】/gu, ')').toLowerCase();
  return {
    shown: toPlain(text).slice(0, LONGEST_SHOWN),
    plain: plainHeader(plain.replace(UNIT_BEHIND, '')) || plain.replace(MARKS, ''),
    factor: factorOf(plain),
    technical: TECHNICAL.exec(plain)?.[1] ?? null,
  };
}

/** The form in which headings and the names of fields are compared. */
export const plainHeader = (text: string): string => toPlain(text).toLowerCase().replace(BRACKETS, '').replace(MARKS, '');

const FACTORS: readonly (readonly [RegExp, number | null])[] = [
  [/美元|美金|usd|us\$|欧元|eur|港币|港元|hkd|日元|jpy|英镑|gbp|台币|twd|[€£$]/u, null],
  [/亿/u, 100_000_000],
  [/百万|million|\bmn\b/u, 1_000_000],
  [/万|wan\b/u, 10_000],
  [/千元|k元|thousand/u, 1000],
];

/** Only what stands in brackets or behind the name is a unit: `万科` is none. */
function factorOf(plain: string): number | null {
  const units = [...plain.matchAll(/[([<]([^()[\]<>]*)[)\]>]/gu)]
    .map(([, inner]) => inner!)
    .concat(/[-/:：,，\s]([^-/:：,，\s]*)$/u.exec(plain)?.[1] ?? '');
  for (const unit of units) {
    const found = FACTORS.find(([sign]) => sign.test(unit));
    if (found) return found[1];
  }
  return 1;
}

/**
 * Headings that are no names but an attempt to reach further than a column may: ways into other rows, into lists, into
 * the machinery (F27, F28).
 */
export function isSmuggled(text: string): boolean {
  const typed = text.normalize('NFKC').trim();
  return (
    /^[$_]|__|[[\]{}$]|^[a-z_]+(?:[.:]+[a-z_]+)+$|^(?:constructor|prototype|hasownproperty|tostring|valueof)$/iu.test(typed) &&
    !/[\p{Script=Han}]/u.test(typed)
  );
}
