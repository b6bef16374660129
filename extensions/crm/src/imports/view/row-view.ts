import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { maskText, sealedFieldsOf, toMask, type Subject } from '../../privacy/index.ts';
import { inChunks, NAME_FIELD, rowsOfKind } from '../check/scope.ts';
import { rowFaultText } from '../locale/row-texts.ts';
import { columnName } from '../rules/cell-text.ts';
import type { ColumnPlan } from '../rules/guess-mapping.ts';
import type { Match } from '../rules/judge-row.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { targetOf, type ImportKind } from '../rules/targets.ts';
import { targetLabel } from '../rules/template.ts';
import type { Words } from '../rules/words.ts';
import { openPart, type StagedContent } from '../staging.ts';
import type { ImportRow } from '../store/import-row.ts';
import { placeSeen } from './visible-imports.ts';

/** A line of staging as the database has it. */
export interface StagedRow {
  id: string;
  line: number;
  verdict: 'new' | 'update' | 'known' | 'suspect' | 'error';
  matched_by: string | null;
  company_line: number | null;
  item: string | null;
  state: string;
  content: string | null;
}

/** A line that was opened; null where its key is gone or it was exchanged. */
export interface OpenedLine {
  row: StagedRow;
  content: StagedContent | null;
}

export const COLUMNS = ['id', 'line', 'verdict', 'matched_by', 'company_line', 'item', 'state', 'content'] as const;

export function openLine(subject: Subject | null, row: StagedRow): OpenedLine {
  const opened = subject && row.content ? openPart<StagedContent>(subject, row.id, 'content', row.content) : null;
  return { row, content: opened?.accepted ? opened.value : null };
}

/** Which stored rows some lines are about, as far as the caller sees them. */
export interface Named {
  nameOf(item: string): string | null;
  suspectsOf(line: OpenedLine): Match[];
}

/**
 * Looks the names up anew for whoever asks: what the importer saw is not what everybody sees (ORG-2). What a line is suspected
 * to be stays as it was judged: to look for its numbers once more would answer whoever tries them out (SEC-5).
 */
export async function namesFor(
  database: Knex,
  actor: Actor,
  row: Pick<ImportRow, 'kind' | 'segment'>,
  lines: readonly OpenedLine[],
): Promise<Named> {
  const { kind } = row;
  const place = placeSeen(actor, row);
  const suspectsIn = ({ content, row: { verdict } }: OpenedLine) => (verdict === 'suspect' ? (content?.suspects ?? []) : []);
  const items = [...new Set(lines.flatMap((line) => [...(line.row.item ? [line.row.item] : []), ...suspectsIn(line).map(({ id }) => id)]))];
  const found = await inChunks<string, Record<string, string | null>>(items, (part) =>
    rowsOfKind(database, kind, place).whereIn('id', part).select('id', NAME_FIELD[kind]),
  );
  const names = new Map(found.map((one) => [one['id']!, one[NAME_FIELD[kind]] ?? '']));
  return {
    nameOf: (item) => names.get(item) ?? null,
    suspectsOf(line) {
      const byId = new Map<string, Match>();
      for (const { id, by } of suspectsIn(line)) {
        const name = names.get(id);
        if (name !== undefined && !byId.has(id)) byId.set(id, { id, by, name });
      }
      return [...byId.values()];
    },
  };
}

/** How the cells of a line are shown: as they stand to the importer before the import, to everybody else as masks. */
export interface Showing {
  kind: ImportKind;
  plan: readonly ColumnPlan[];
  clear: boolean;
  language: Actor['language'];
  words: Words;
}

export function lineView(line: OpenedLine, { nameOf, suspectsOf }: Named, showing: Showing) {
  const { row, content } = line;
  const name = row.item ? nameOf(row.item) : null;
  return {
    line: row.line,
    verdict: row.verdict,
    state: row.state,
    matched_by: row.matched_by,
    match: row.item && name !== null ? { id: row.item, name } : null,
    same_as: content?.same_as ?? null,
    company_line: row.company_line,
    suspects: suspectsOf(line).map(({ id, name: called, by }) => ({ id, name: called, by })),
    faults: (content?.faults ?? []).map((fault) => faultView(fault, showing)),
    cells: (content?.cells ?? []).map((cell, column) => (showing.clear ? cell : maskCell(cell, showing.kind, showing.plan[column]))),
  };
}

/** A heading stands whole in its column; a message names it. */
const LONGEST_HEADER = 64;

export function faultView(fault: RowFault, { kind, plan, clear, language, words }: Showing) {
  const { target, reason, values } = fault;
  const message = rowFaultText({ reason, ...(values ? { values } : {}) }, language);
  // What comes out while a line is written is said of a field: its column, or what a column of it would be called.
  const column = fault.column ?? plan.find((one) => 'target' in one && one.target === target)?.column ?? null;
  const missing = target === null ? null : targetOf(kind, target);
  const label = missing && targetLabel(missing, words, language === 'zh-CN' ? 'zh' : 'en');
  return {
    column,
    name: column === null ? null : columnName(column),
    header: column === null ? label : shownHeader(plan[column]?.header.slice(0, LONGEST_HEADER) ?? null, clear),
    target,
    reason,
    message: clear ? message : maskText(message),
  };
}

/** Where a file has no headings of its own, its first row stands for them: others are shown no number and no mailbox of it. */
export const shownHeader = <Header extends string | null>(header: Header, clear: boolean): Header | string =>
  header === null || clear ? header : maskText(header);

/** Before the import the importer sees the file as it stands; afterwards, and to everybody else, sealed values are masks. */
export const isClear = ({ owner, status }: Pick<ImportRow, 'owner' | 'status'>, { user }: Pick<Actor, 'user'>): boolean =>
  owner === user && (status === 'uploaded' || status === 'checked');

const HIDDEN = '***';

/** What is not for everybody's eyes: sealed values, numbers and mailboxes in texts, and whatever goes nowhere. */
function maskCell(cell: string, kind: ImportKind, plan: ColumnPlan | undefined): string {
  if (!cell.trim()) return '';
  const target = plan && 'target' in plan ? targetOf(kind, plan.target) : null;
  if (!target) return HIDDEN;
  const sealed = sealedFieldsOf(target.collection).find(({ field }) => field === target.field);
  if (sealed) return toMask(sealed.mask, cell);
  const { type, choices } = COLLECTIONS[target.collection]!.fields[target.field]!;
  return target.role === 'value' && !choices && (type === 'string' || type === 'text') && target.field !== 'uscc' ? maskText(cell) : cell;
}
