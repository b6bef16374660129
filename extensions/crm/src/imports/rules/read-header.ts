import { toPlain } from '../../kernel/text/plain.ts';
import { readUnit } from './unit.ts';

/** A column heading: what it is called, and the unit that its brackets may name. */
export interface Header {
  /** The heading as it stands in the file; messages shorten it. */
  shown: string;
  /** What it is compared by: half-width, lower case, without spaces, marks and brackets. */
  plain: string;
  /** What a number below it is multiplied by; or money of another country, or a unit that nobody knows. */
  unit: number | 'currency' | 'unknown';
  /** The offset from UTC that its times have, as `+08:00`, where it names one. */
  zone: string | null;
  /** The name of a field that an export put in brackets behind its label. */
  technical: string | null;
}

/** No heading is longer; what is, is a text. */
const LONGEST = 2000;
const TECHNICAL = /\(([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)?)\)$/u;
const MARKS = /[\s*＊:：#_\-·、.。?？/\\|'"“”‘’]/gu;
const UNIT_BEHIND = /[-/:,\s](?:[十百千万亿]*元?|人|%|thousand|million|billion|mio|mn|bn)$/u;
const BRACKETS = /\([^()]*\)|\[[^[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>/gu;

/** Reads a heading: `*年营业额（万元）` is `年营业额` in units of ten thousand. */
export function readHeader(text: string): Header {
  const plain = toPlain(text)
    .replace(/[【〔]/gu, '(')
    .replace(/[】〕]/gu, ')')
    .toLowerCase();
  return {
    shown: toPlain(text).slice(0, LONGEST),
    plain: plainHeader(plain.replace(UNIT_BEHIND, '')) || plain.replace(MARKS, ''),
    unit: unitOf(plain),
    zone: zoneOf(plain),
    technical: TECHNICAL.exec(plain)?.[1] ?? null,
  };
}

/** The form in which headings and the names of fields are compared. */
export const plainHeader = (text: string): string => toPlain(text).toLowerCase().replace(BRACKETS, '').replace(MARKS, '');

/**
 * What stands in brackets is a unit or says so; behind the name only what is known as one: `万科` is none. Of several the first
 * that says something counts, and one that nobody knows before all.
 */
function unitOf(plain: string): Header['unit'] {
  const inner = [...plain.matchAll(/[([<]([^()[\]<>]*)[)\]>]/gu)].map(([, text]) => readUnit(text!)).filter((unit) => unit !== null);
  const behind = readUnit(/[-/:：,，\s]([^-/:：,，\s()[\]<>]+)$/u.exec(plain)?.[1] ?? '');
  const units = behind === 'unknown' || behind === null ? inner : [...inner, behind];
  return units.find((unit) => typeof unit === 'string') ?? units[0] ?? 1;
}

/** `完成时间（UTC+8）` */
function zoneOf(plain: string): string | null {
  const [, sign, hours, minutes = '00'] = /\((?:utc|gmt) ?([+-])(\d{1,2})(?::?([0-5]\d))?\)/u.exec(plain) ?? [];
  return hours === undefined || Number(hours) > 14 ? null : `${sign}${hours.padStart(2, '0')}:${minutes}`;
}

/**
 * Headings that are no names but an attempt to reach further than a column may: ways into other rows, into lists, into
 * the machinery (F27, F28).
 */
export function isSmuggled(text: string): boolean {
  const typed = text.normalize('NFKC').trim();
  return (isMachinery(typed) || DOTTED.test(typed)) && !/[\p{Script=Han}]/u.test(typed);
}

const DOTTED = /^[a-z_]+(?:[.:]+[a-z_]+)+$/iu;
const isMachinery = (typed: string): boolean =>
  /^[$_]|__|[[\]{}$]|(?:^|[.:])(?:constructor|prototype|hasownproperty|tostring|valueof)(?:[.:]|$)/iu.test(typed);

/** Words with dots between them, such as `Cust.Name`: never a name by themselves, but a person may say what they mean. */
export const isDotted = (text: string): boolean => {
  const typed = text.normalize('NFKC').trim();
  return DOTTED.test(typed) && !isMachinery(typed);
};
