import { createHmac, randomUUID } from 'node:crypto';
import type { Decision } from '../kernel/decision.ts';
import type { Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { openValue, sealValue, type Subject } from '../privacy/index.ts';
import type { Match, Verdict } from './rules/judge-row.ts';
import type { ReadRow } from './rules/read-row.ts';
import { ROOT, rowContent } from './rules/row-key.ts';
import type { RowFault } from './rules/row-fault.ts';
import type { MaskedCell } from './rules/take-masks.ts';
import type { ImportKind } from './rules/targets.ts';

/** Where the lines of an import stand, before and after they are imported. */
export const IMPORTS = 'crm_imports';
export const IMPORT_ROWS = 'crm_import_rows';

/** By what lines are found, for the planner of the database. */
export const SEARCHED_LINES = { [IMPORT_ROWS]: ['import', 'line', 'company_line', 'row_key', 'verdict', 'item', 'state'] };

/** What the sealed column of a staged line says. */
export interface StagedContent {
  /** By collection, in stored forms. */
  values: ReadRow['values'];
  /** What cells name: the text, and the rows that it meant when it was checked (none where it is a fault). */
  lookups: { target: string; text: string; ids: readonly string[] }[];
  /** The cells as they stand in the file, for the file with the reasons. */
  cells: string[];
  faults: readonly RowFault[];
  /** Cells with the mask of a value: they change nothing, and a new row cannot have them. */
  masked?: readonly MaskedCell[];
  /** The earlier line of the file that says the same. */
  same_as?: number;
  /** The stored rows that a suspect was held to be, as the dry run judged it: whoever looks is told of no others (SEC-5). */
  suspects?: Pick<Match, 'id' | 'by'>[];
}

export interface StagedLine {
  /** The digest of what it says, where it is known already. */
  key?: string | undefined;
  read: ReadRow;
  cells: string[];
  verdict: Verdict;
}

export type ImportPart = 'content' | 'image_before' | 'image_after';

/**
 * A line of a file as a row of staging (F32, SEC-1). Everything that it says is sealed under the key of its import, bound to
 * this row and column, so a copy of the table tells nothing and no two rows can be exchanged. In clear stand only what the
 * work goes by: line, verdict, the row it is about, and the keyed digest of what it says.
 */
export function stageLine(
  ring: Keyring,
  subject: Subject,
  { kind, segment }: { kind: ImportKind; segment: string },
  line: StagedLine,
): Row {
  const id = randomUUID();
  const { read, cells, verdict } = line;
  const content: StagedContent = {
    values: read.values,
    lookups: read.lookups.map(({ target, text, ids = [] }) => ({ target: target.key, text, ids })),
    cells,
    faults: verdict.verdict === 'error' ? verdict.faults : [],
    ...(read.masked.length ? { masked: read.masked } : {}),
    ...(verdict.verdict === 'known' && verdict.line !== null ? { same_as: verdict.line } : {}),
    ...(verdict.verdict === 'suspect' ? { suspects: verdict.matches.map(({ id: match, by }) => ({ id: match, by })) } : {}),
  };
  return {
    id,
    import: subject.item,
    line: read.line,
    row_key: line.key ?? rowKeys(ring, kind, segment, read)[0],
    verdict: verdict.verdict,
    matched_by: verdict.verdict === 'update' ? verdict.by : null,
    collection: ROOT[kind],
    company_line: 'company_line' in verdict ? (verdict.company_line ?? null) : null,
    item: verdict.verdict === 'update' || verdict.verdict === 'known' ? verdict.id : null,
    state: 'staged',
    content: sealPart(subject, id, 'content', content),
    image_before: null,
    image_after: null,
  };
}

/** What a line says, as a digest that nobody without the keys can guess; one for each key of the ring, the active one first. */
export function rowKeys(ring: Keyring, kind: ImportKind, segment: string, read: Pick<ReadRow, 'values' | 'lookups'>): string[] {
  const content = `${segment}\n${rowContent(kind, read)}`;
  return ring.ids.map((id) => `${id}.${createHmac('sha256', ring.derive('import-rows', id)).update(content).digest('base64url')}`);
}

const placeOf = (row: string, part: ImportPart): string => `${row}/${part}`;

export const sealPart = (subject: Subject, row: string, part: ImportPart, value: unknown): string =>
  sealValue(subject, placeOf(row, part), JSON.stringify(value));

/** Opens a sealed part of a staged line; refused where the row was exchanged or its import's key is gone. */
export function openPart<Value>(subject: Subject, row: string, part: ImportPart, sealed: string): Decision<Value, string> {
  const opened = openValue(subject, placeOf(row, part), sealed);
  return opened.accepted ? { accepted: true, value: JSON.parse(opened.value) as Value } : opened;
}
