import { formOf } from '../../customers/index.ts';
import { COLLECTIONS, type FieldInfo } from '../../kernel/collections.ts';
import { toPlain } from '../../kernel/text/plain.ts';
import { plainHeader } from './read-header.ts';
import { readLocalMoment } from './read-moment.ts';
import type { RowReason } from './row-fault.ts';
import { fromSafeCell } from './safe-cell.ts';
import type { Target } from './targets.ts';
import { timesOf } from './unit.ts';
import type { FieldWords } from './words.ts';

/** A cell as the form would send it, still to be judged by the form's own rules; `empty` leaves the field alone. */
export type CellReading =
  | { state: 'value'; value: string | number | boolean }
  | { state: 'empty' }
  | { state: 'fault'; reason: RowReason; values?: Record<string, string | number> };

export interface CellSetting {
  words: FieldWords | undefined;
  /** What an amount is multiplied by, from the unit in the heading. */
  factor: number;
  timeZone: string;
}

const EMPTY: CellReading = { state: 'empty' };
const value = (read: string | number | boolean): CellReading => ({ state: 'value', value: read });
const fault = (reason: RowReason, values?: Record<string, string | number>): CellReading => ({
  state: 'fault',
  reason,
  ...(values ? { values } : {}),
});

/** What people write into a cell that they have nothing for. */
const NOTHING = new Set([
  '/',
  '\\',
  '-',
  '--',
  '—',
  '——',
  '无',
  '暂无',
  '没有',
  '未知',
  '不详',
  '空',
  'n/a',
  'na',
  'none',
  'null',
  'nil',
  '#n/a',
  'undefined',
]);
/** A spreadsheet has cut the digits of a long number; it writes the sign of the power, and two digits at least. */
const SCIENTIFIC = /^[+-]?\d(?:\.\d+)?E[+-]\d{2,3}$/u;

/** Reads the text of a cell for its field: choices by their label in either language, amounts, yes or no, times. IMP-1. */
export function readCell({ collection, field, role }: Target, cell: string, setting: CellSetting): CellReading {
  const typed = fromSafeCell(cell);
  const plain = toPlain(typed);
  if (!plain) return EMPTY;
  const info = COLLECTIONS[collection]!.fields[field]!;
  const form = formOf(collection, field);
  const isFree =
    role === 'value' && !info.choices && (form === 'title' || form === 'prose' || form === 'legal_name' || form === 'person_name');
  if (isFree) return value(typed);
  // No number, mailbox or address begins so: a spreadsheet was told that it is a text. A code of somebody's own may.
  const bare = form === 'code' ? plain : plain.replace(/^'/u, '');
  if (!bare || NOTHING.has(bare.toLowerCase())) return EMPTY;
  if (role !== 'value') return value(bare);
  if (SCIENTIFIC.test(bare) && info.type !== 'boolean' && !info.choices) return fault('spreadsheet_number', { value: bare });
  return readTyped(info, bare, setting);
}

function readTyped(info: FieldInfo, plain: string, { words, factor, timeZone }: CellSetting): CellReading {
  if (info.choices) return readChoice(plain, words);
  switch (info.type) {
    case 'boolean':
      return readYesNo(plain);
    case 'integer':
    case 'decimal':
      return readAmount(plain, factor);
    case 'timestamp': {
      const moment = readLocalMoment(plain, timeZone);
      return moment === null ? fault('not_a_moment') : value(moment);
    }
    case 'date':
      // A day with a time beside it is that day.
      return value(plain.replace(/^(\S*\d日?)[T ]+\d{1,2}:\d{2}(?::\d{2})?$/u, '$1'));
    default:
      return value(plain);
  }
}

/** Words that people add to a choice or leave off: `A级`, `重点客户`. */
const ADDED = /(?:客户|级别|等级|级|类|型|customer|class|grade|level)$/u;

function readChoice(plain: string, words: FieldWords | undefined): CellReading {
  const choices = words?.choices ?? [];
  const wanted = plainHeader(plain);
  const namesOf = (choice: (typeof choices)[number]) => [choice.value, choice.text.zh, choice.text.en].map(plainHeader);
  const short = (name: string) => name.replace(ADDED, '') || name;
  const found =
    choices.find((choice) => namesOf(choice).includes(wanted)) ??
    choices.find((choice) => namesOf(choice).map(short).includes(short(wanted)));
  if (found) return value(found.value);
  return fault('not_a_choice', {
    value: plain.slice(0, LONGEST_SHOWN),
    zh: choices.map(({ text }) => text.zh).join('、'),
    en: choices.map(({ text }) => text.en).join(', '),
  });
}

const LONGEST_SHOWN = 64;
const YES = new Set(['是', '对', '有', '√', '✓', '✔', 'y', 'yes', 'true', 't', '1', 'x', '☑']);
const NO = new Set(['否', '不是', '不', '×', '✗', '✘', 'n', 'no', 'false', 'f', '0', '☐']);

function readYesNo(plain: string): CellReading {
  const word = plain.toLowerCase();
  if (YES.has(word)) return value(true);
  return NO.has(word) ? value(false) : fault('not_yes_no', { value: plain.slice(0, LONGEST_SHOWN) });
}

/** A unit beside the number counts instead of the one in the heading: under `（万元）` a cell `30元` says thirty yuan. */
const UNIT = /([十百千万亿]*)(元整?|人|名)?$/u;
const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/u;

/** `1,234.5`, `¥ 30万`, `（500）` for minus five hundred; a comma that stands for a point is refused, never guessed. */
function readAmount(plain: string, factor: number): CellReading {
  let text = plain.replace(/[\s¥￥]|^(?:人民币|rmb|cny)|(?:rmb|cny)$/giu, '');
  const isNegative = /^\(.+\)$/u.test(text);
  if (isNegative) text = text.slice(1, -1);
  const [unit = '', signs = ''] = UNIT.exec(text) ?? [];
  text = text.slice(0, text.length - unit.length);
  if (!NUMBER.test(text)) return fault('not_a_number', { value: plain.slice(0, LONGEST_SHOWN) });
  const number = text.replaceAll(',', '');
  const times = unit ? timesOf(signs) : factor;
  const signed = isNegative ? `-${number}` : number;
  return value(times === 1 ? signed.replace(/^\+/u, '') : String(Number((Number(signed) * times).toPrecision(DIGITS))));
}

const DIGITS = 15;
