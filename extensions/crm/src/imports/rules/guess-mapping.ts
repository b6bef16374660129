import { COLLECTIONS } from '../../kernel/collections.ts';
import { isDotted, isSmuggled, plainHeader, readHeader } from './read-header.ts';
import { TARGETS, targetOf, type ImportKind, type Target } from './targets.ts';
import type { Words } from './words.ts';

/** Why a column of the file is not read. */
export type IgnoredReason =
  'no_header' | 'unknown' | 'not_a_field' | 'kept_by_server' | 'segment' | 'own_segment' | 'twice' | 'currency' | 'unit' | 'chosen';

/** What becomes of one column of the file. */
export type ColumnPlan =
  | { column: number; header: string; target: string; factor: number; /** An offset from UTC that its times have. */ zone?: string }
  | { column: number; header: string; ignored: IgnoredReason; /** For `twice`: the column that is read instead. */ other?: number };

/** What the user, or the user's last import, said about headings: a target's key, or null for "leave it out". */
export type Choices = ReadonlyMap<string, string | null>;

const SEGMENT = new Set(
  [
    '版块',
    '板块',
    '所属版块',
    '所属板块',
    '业务版块',
    '业务板块',
    '版块名称',
    '版块代码',
    'segment',
    'segments',
    'crmsegment',
    'segmentname',
    'segmentcode',
  ].map(plainHeader),
);

/** Whether a heading means the segment, which no column chooses. */
export const namesSegment = (heading: string): boolean => SEGMENT.has(readHeader(heading).plain);

/** What the server keeps itself: no file sets it. */
const KEPT = new Set(
  [
    'id',
    'uuid',
    '创建时间',
    '创建人',
    '更新时间',
    '更新人',
    'createdon',
    'createdby',
    'datecreated',
    'usercreated',
    'dateupdated',
    'userupdated',
    'updatedon',
    'updatedby',
    '资料完整度',
    'completeness',
    '最近跟进',
    'lastactivity',
  ].map(plainHeader),
);

/**
 * Guesses what each column of a table is, from its heading in either language (IMP-2). A heading that nobody knows is left
 * out and reported; one that names the segment is refused, because the segment is chosen once for the batch and never by
 * a file (F32); one that tries to reach further than a column may is reported as no field (F28).
 *
 * @param choices what was said about these headings before; it wins over every guess, but not over the rules.
 * @param byColumn the same about single columns, from 0: what is said of a column wins over what is said of its heading.
 */
export function guessMapping(
  kind: ImportKind,
  headers: readonly string[],
  words: Words,
  choices: Choices = new Map(),
  byColumn: ReadonlyMap<number, string | null> = new Map(),
): ColumnPlan[] {
  const names = headingsOf(kind, words);
  const hasContact = kind === 'customers' && headers.some((text) => names.get(readHeader(text).plain)?.key === 'contact.name');
  const claimed = claimedTargets(headers, choices, byColumn);
  const taken = new Map<string, number>();
  return headers.map((text, column) => {
    const header = readHeader(text);
    const ignore = (ignored: IgnoredReason, other?: number): ColumnPlan => ({
      column,
      header: header.shown,
      ignored,
      ...(other === undefined ? {} : { other }),
    });
    const chosen = byColumn.has(column) ? byColumn.get(column) : choices.get(header.shown);
    if (!header.plain && !byColumn.has(column)) return ignore('no_header');
    if (chosen === null) return ignore('chosen');
    // Where a person points at the column, its heading says nothing any more: fields are chosen from a closed list.
    const isByHand = typeof byColumn.get(column) === 'string';
    if (isSmuggled(text) && !isByHand && !(chosen && isDotted(text))) return ignore('not_a_field');
    if (namesSegment(text)) return ignore('segment');
    const target =
      (chosen === undefined ? null : targetOf(kind, chosen)) ??
      orCustomers(names.get(header.plain), kind, hasContact) ??
      targetOf(kind, header.technical ?? '');
    if (!target) return ignore(KEPT.has(header.plain) || isTechnical(kind, text) ? 'kept_by_server' : 'unknown');
    if (isNumber(target) && typeof header.unit === 'string') return ignore(header.unit === 'currency' ? 'currency' : 'unit');
    const claim = claimed.get(target.key);
    const earlier = taken.get(target.key) ?? (claim === column ? undefined : claim);
    if (earlier !== undefined) return ignore('twice', earlier);
    taken.set(target.key, column);
    const factor = isNumber(target) && typeof header.unit === 'number' ? header.unit : 1;
    return { column, header: header.shown, target: target.key, factor, ...(header.zone ? { zone: header.zone } : {}) };
  });
}

/** The columns for which a target was chosen: a guess leaves it to them, wherever they stand. */
function claimedTargets(headers: readonly string[], choices: Choices, byColumn: ReadonlyMap<number, string | null>): Map<string, number> {
  const claimed = new Map<string, number>();
  for (const [column, chosen] of byColumn) if (chosen && !claimed.has(chosen)) claimed.set(chosen, column);
  headers.forEach((text, column) => {
    const chosen = byColumn.has(column) ? null : choices.get(readHeader(text).shown);
    if (chosen && !claimed.has(chosen)) claimed.set(chosen, column);
  });
  return claimed;
}

/** Columns that forbid an import until somebody says to leave them out. */
export const refusedColumns = (plan: readonly ColumnPlan[]): ColumnPlan[] =>
  plan.filter((column) => 'ignored' in column && column.ignored === 'segment');

const isNumber = ({ collection, field }: Target): boolean => {
  const type = COLLECTIONS[collection]?.fields[field]?.type;
  return type === 'decimal' || type === 'integer';
};

/** Without a contact's name beside it a telephone in a table of customers is the customer's own. */
function orCustomers(target: Target | undefined, kind: ImportKind, hasContact: boolean): Target | null {
  if (!target) return null;
  return kind === 'customers' && target.key === 'contact.phone' && !hasContact ? targetOf(kind, 'phone') : target;
}

/** Names of columns that a file made by a program may carry. */
function isTechnical(kind: ImportKind, text: string): boolean {
  const name = text.trim().toLowerCase();
  return TARGETS[kind].some(({ collection }) => {
    const fields = COLLECTIONS[collection]?.fields ?? {};
    return Object.hasOwn(fields, name) && Boolean(fields[name]!.computed || fields[name]!.secret || name === 'id' || name === 'segment');
  });
}

/**
 * Every name that a column may have. Where two targets could mean the same the earlier source wins: the labels of the form,
 * the names of the fields, other words for them, and last the words for the contact in a table of customers.
 */
export function headingsOf(kind: ImportKind, words: Words): Map<string, Target> {
  const names = new Map<string, Target>();
  const add = (target: Target, list: readonly string[]): void => {
    for (const name of list.map(plainHeader)) if (name && !names.has(name)) names.set(name, target);
  };
  const labelsOf = ({ collection, field }: Target): string[] => Object.values(words.get(`${collection}.${field}`)?.label ?? {});
  const own = TARGETS[kind].filter(({ key }) => !key.includes('.'));
  const below = TARGETS[kind].filter(({ key }) => key.includes('.'));
  own.forEach((target) => add(target, labelsOf(target)));
  own.forEach((target) => add(target, [target.field]));
  TARGETS[kind].forEach((target) => add(target, target.aliases));
  below.forEach((target) =>
    add(target, [...labelsOf(target).flatMap((label) => [`联系人${label}`, `contact ${label}`, label]), target.key.replace('.', ' ')]),
  );
  return names;
}
