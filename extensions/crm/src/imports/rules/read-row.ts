import { normalise } from '../../customers/index.ts';
import { findValueFault } from '../../guard/rules/field-shape.ts';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { toPlain } from '../../kernel/text/plain.ts';
import type { TableRow } from './file-fault.ts';
import { headingsOf, type ColumnPlan } from './guess-mapping.ts';
import { readCell, type CellSetting } from './read-cell.ts';
import { plainHeader } from './read-header.ts';
import type { RowFault } from './row-fault.ts';
import { takeMasks, type MaskedCell } from './take-masks.ts';
import { targetOf, type ImportKind, type Target } from './targets.ts';
import type { Words } from './words.ts';

type Values = Record<string, unknown>;

/** A cell that names other rows: by what, and, once it has been looked up, which. */
export interface ReadLookup {
  column: number;
  target: Target;
  text: string;
  /** The rows that it names, as the importer sees them; several for tags alone. */
  ids?: readonly string[];
}

/** One line of the file in stored forms, or what is wrong with it. */
export interface ReadRow {
  line: number;
  /** By collection; only fields that the row has a value for. */
  values: Record<string, Values>;
  /** What is looked up before the row can be judged: the owner, the customer, an industry, tags. */
  lookups: ReadLookup[];
  faults: RowFault[];
  /** Cells with the mask of a value: they change nothing, and a new row cannot have them. */
  masked: MaskedCell[];
}

export interface RowSetting {
  kind: ImportKind;
  plan: readonly ColumnPlan[];
  words: Words;
  now: Date;
  timeZone: string;
}

/**
 * What no row of a kind can be without. Everything else may come later: an incomplete customer is a draft (Q19), and an activity
 * that says nothing of its kind is called as on the form (USE-3).
 */
export const NEEDED: Readonly<Record<ImportKind, readonly string[]>> = {
  customers: ['name'],
  contacts: ['customer', 'name'],
  leads: ['title'],
  activities: [],
  orders: ['customer', 'number'],
};

const SAYS_NOTHING: Partial<Record<ImportKind, readonly string[]>> = { activities: ['subject'] };

interface Place {
  column: number;
  target: Target;
  name: string;
  /** The heading above it. */
  header: string;
  setting: CellSetting;
}

/**
 * Reads rows into the values that the form would store, by the form's own rules (IMP-1: cleaned before it is kept): the
 * guard's on what a column can hold, the customers' on the one stored form. An empty cell says nothing and changes nothing.
 */
export function rowReader({ kind, plan, words, now, timeZone }: RowSetting): (row: TableRow) => ReadRow {
  const places: Place[] = plan.flatMap((column) => {
    const target = 'target' in column ? targetOf(kind, column.target) : null;
    if (!target || !('target' in column)) return [];
    const name = `${target.collection}.${target.field}`;
    return [
      {
        column: column.column,
        target,
        name,
        header: column.header,
        setting: { words: words.get(name), factor: column.factor, timeZone: column.zone ?? timeZone },
      },
    ];
  });
  const byName = new Map(places.map((place) => [place.name, place]));
  const headings = headingsOf(kind, words);
  const hasContact = (filled: ReadonlySet<string>) => [...filled].some((key) => key.startsWith('contact.'));

  return ({ line, cells, faults: fileFaults = [] }) => {
    const read: ReadRow = { line, values: {}, lookups: [], faults: [], masked: [] };
    const filled = new Set<string>();
    for (const place of places) {
      const broken = fileFaults.filter((fault) => fault.column === place.column);
      if (broken.length) {
        filled.add(place.target.key);
        read.faults.push(...broken.map(({ reason, values }) => faultAt(place, reason, values)));
      } else if (readInto(read, place, cells[place.column] ?? '')) filled.add(place.target.key);
    }
    if (isNoRecord(kind, places, cells, headings)) read.faults.push({ column: null, target: null, reason: 'no_record' });
    takeMasks(read, (field) => ({ column: byName.get(field)!.column, target: byName.get(field)!.target.key }));
    for (const [collection, values] of Object.entries(read.values)) judge(collection, values, now, byName, read);
    read.faults.push(...strayFaults(cells, plan.length));
    // A contact in a table of customers needs a name as soon as anything is said of it.
    const needed = kind === 'customers' && hasContact(filled) ? [...NEEDED[kind], 'contact.name'] : NEEDED[kind];
    // A row of which nothing goes anywhere is no activity either.
    for (const key of filled.size ? needed : [...needed, ...(SAYS_NOTHING[kind] ?? [])]) {
      const column = places.find(({ target }) => target.key === key)?.column ?? null;
      if (!filled.has(key)) read.faults.push({ column, target: key, reason: 'missing' });
    }
    return read;
  };
}

/** What stands where the name of a record would: below a column of numbers, or at the end of a page. */
const TOTAL = /^(?:本页|本月|本年)?(?:小计|合计|总计|共计|累计|汇总)$|^(?:sub|grand)?total$/iu;

/** No heading that a field is known by is longer. */
const LONGEST_HEADING = 60;

/**
 * A row of sums, and headings once more, on every page or in another language, are no records: a name such as “合计” would become a
 * customer.
 *
 * @param headings every name that a field of the kind is known by.
 */
function isNoRecord(kind: ImportKind, places: readonly Place[], cells: readonly string[], headings: ReadonlyMap<string, unknown>): boolean {
  let [said, own, named] = [0, true, true];
  for (const { column, target, header } of places) {
    const cell = cells[column]?.trim();
    if (!cell) continue;
    said += 1;
    const isName = NEEDED[kind].includes(target.key);
    if (cell.length > LONGEST_HEADING) [own, named] = [false, false];
    if (!isName && !own && !named) continue;
    const text = toPlain(cell);
    if (isName && TOTAL.test(text.replace(/[\s:：-]/gu, ''))) return true;
    own &&= text === header;
    named &&= headings.has(plainHeader(text));
  }
  // No company is called “电话”: a table on its side has its headings in one column.
  return said > 0 && (own || (named && (said > 1 || kind === 'customers')));
}

/** Takes one cell; false where it says nothing. */
function readInto(read: ReadRow, place: Place, cell: string): boolean {
  if (!cell) return false;
  const { target, column } = place;
  const reading = readCell(target, cell, place.setting);
  if (reading.state === 'empty') return false;
  if (reading.state === 'fault') read.faults.push(faultAt(place, reading.reason, reading.values));
  else if (target.role !== 'value') read.lookups.push({ column, target, text: String(reading.value) });
  else (read.values[target.collection] ??= {})[target.field] = reading.value;
  return true;
}

/** The form's rules, in the order in which a write meets them. */
function judge(collection: string, values: Values, now: Date, places: ReadonlyMap<string, Place>, read: ReadRow): void {
  const at = (field: string) => places.get(`${collection}.${field}`)!;
  const bad = new Set<string>();
  for (const [field, value] of Object.entries(values)) {
    const info = COLLECTIONS[collection]!.fields[field]!;
    const wrong = findValueFault(info, value);
    // The rule of days says more precisely what is wrong with one.
    if (!wrong || (wrong.reason === 'wrong_type' && info.type === 'date')) continue;
    bad.add(field);
    if (wrong.reason === 'too_long') read.faults.push(faultAt(at(field), 'too_long', { max: wrong.max }));
    else if (wrong.reason === 'wrong_type') read.faults.push(faultAt(at(field), 'not_a_number', { value: String(value).slice(0, 64) }));
    else read.faults.push(faultAt(at(field), wrong.reason === 'not_a_choice' ? 'not_a_choice' : wrong.reason));
  }
  const { row, faults } = normalise(collection, Object.fromEntries(Object.entries(values).filter(([field]) => !bad.has(field))), now);
  read.faults.push(...faults.map(({ field, reason, values: more }) => faultAt(at(field), reason, more)));
  read.values[collection] = row;
}

const faultAt = (
  { column, target }: { column: number; target: Target },
  reason: RowFault['reason'],
  values?: RowFault['values'],
): RowFault => ({
  column,
  target: target.key,
  reason,
  ...(values ? { values } : {}),
});

/** Content to the right of the last heading belongs nowhere: mostly a separator too many, and then every cell is one off. */
function strayFaults(cells: readonly string[], columns: number): RowFault[] {
  const stray = cells.findIndex((cell, column) => column >= columns && cell.trim() !== '');
  return stray < 0 ? [] : [{ column: stray, target: null, reason: 'no_header' }];
}
