import { COLLECTIONS } from '../../kernel/collections.ts';

/** What the brackets of a heading say of the numbers below it. */
export type Unit =
  /** Multiply by it. */
  | number
  /** Money of another country. */
  | 'currency'
  /** A unit that nobody knows: a guess could be wrong by thousands. */
  | 'unknown'
  /** Nothing about a unit: the column is needed, the amounts are of last year. */
  | null;

const FOREIGN = /美元|美金|usd|us\$|欧元|eur|港币|港元|hkd|日元|日币|jpy|英镑|gbp|台币|twd|韩元|krw|卢布|[€£$]/u;
const YUAN = /人民币|rmb|cny|[¥￥]|yuan|元整?/gu;
const PEOPLE = /^(?:人|名|个|位|people|persons|headcount|staff|employees)$/u;
const AROUND = /^(?:(?:货币)?单位|金额单位|unit|in|以)[:：]?|(?:计|\/年|每年|p\.?a\.?|peryear|ayear|\/year|\/a)$/gu;
const HAN = /^[十百千万亿]+$/u;
const HAN_TIMES: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000, 亿: 100_000_000 };
const WORDS: readonly (readonly [RegExp, number])[] = [
  [/^(?:k|t|tsd|thousands?|0{3}s?|1,?000)$/u, 1000],
  [/^(?:wan|10k|10,?000|0{4})$/u, 10_000],
  [/^(?:m|mm|mn|mio|mln|mil|millions?|0{6}|000,000|1,?000,?000)$/u, 1_000_000],
  [/^yi$/u, 100_000_000],
  [/^(?:b|bn|bln|billions?|0{9}|000,000,000)$/u, 1_000_000_000],
];
const NOTE =
  /^(?:必填|选填|可选|非必填|可不填|不?含税|税前|税后|约|大约|估计|预计|估算|上年|去年|上一?年度|年度?|最近一年|近一年|合计|总计|\d{4}(?:年度?|fy)?|(?:fy)?\d{4}|纯?数字|仅数字|只填数字|整数|小数|required|optional|annual|yearly|estimated?|approx\.?|lastyear|total|numbersonly|digitsonly|net|gross)$/u;

/** A file of ours names the field behind its label. */
const NUMBER_FIELDS = new Set(
  Object.values(COLLECTIONS).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([field, { type }]) => (type === 'decimal' || type === 'integer' ? [field] : [])),
  ),
);

/** `万`, `十亿`, `百万`: what the signs come to together; 1 for none. */
export const timesOf = (signs: string): number => [...signs].reduce((times, sign) => times * HAN_TIMES[sign]!, 1);

/** Reads the words of one pair of brackets, in half-width and lower case, by a closed grammar (IMP-1). */
export function readUnit(text: string): Unit {
  const plain = text.replace(/[\s'’‘"“”`]/gu, '');
  if (NOTE.test(plain) || NUMBER_FIELDS.has(plain)) return null;
  if (FOREIGN.test(plain)) return 'currency';
  const size = plain.replace(AROUND, '').replace(YUAN, '');
  if (!size && plain) return 1;
  if (PEOPLE.test(size)) return 1;
  const signs = size.replace(/[人名个位]$/u, '');
  if (HAN.test(signs)) return timesOf(signs);
  return WORDS.find(([word]) => word.test(size))?.[1] ?? (plain ? 'unknown' : null);
}
