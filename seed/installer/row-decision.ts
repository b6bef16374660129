import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { RowPart } from './parts.ts';

type Key = string | number;

/** By key of the row: its primary key, hash of what we asked for, hash of what was stored. */
export type RememberedRows = Record<string, [pk: Key, desired: string, stored: string]>;

export interface RowDecision {
  inserts: Row[];
  updates: [Row, Key][];
  deletes: Key[];
  /** What to remember although nothing is written: rows that are as we want them, rows of others that bear our key. */
  noted: RememberedRows;
  /** Keys that our version does not have any more. */
  forgotten: string[];
}

export interface RowSituation {
  part: RowPart;
  memory: RememberedRows;
  /** Standing rows by our key. */
  standing: ReadonlyMap<string, Key>;
  /** Hash of what stands (`storedHash`), by primary key; empty where the policy never asks for it. */
  stored: ReadonlyMap<Key, string>;
  repair: boolean;
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? ''));

export const keyOf = (part: RowPart, row: Row): string => JSON.stringify((part.key ?? ['id']).map((column) => asText(row[column] ?? '')));

export const columnsOf = (part: RowPart): string[] => [...new Set(part.rows.flatMap((row) => Object.keys(row)))];

/** Hash of a row as far as we wrote it. */
export const storedHash = (columns: readonly string[], row: Row): string => contentHash(columns.map((column) => row[column]));

type Fate = 'insert' | 'update' | 'leave' | { noted: [pk: Key, desired: string, stored: string] };

/** Decides what happens to each row of a part: an administrator's change or deletion outlives an upgrade, except in `exact`. F45. */
export function decideRows(situation: RowSituation): RowDecision {
  const { part, memory } = situation;
  const decision: RowDecision = { inserts: [], updates: [], deletes: [], noted: {}, forgotten: [] };
  const columns = columnsOf(part);
  const wanted = new Set<string>();
  for (const row of part.rows) {
    const key = keyOf(part, row);
    const known = memory[key];
    const stands = situation.standing.get(key) ?? (known && situation.stored.has(known[0]) ? known[0] : undefined);
    const fate = fateOf(situation, columns, row, known, stands);
    if (fate === 'insert') decision.inserts.push(row);
    else if (fate === 'update') decision.updates.push([row, stands!]);
    else if (fate !== 'leave') decision.noted[key] = fate.noted;
    wanted.add(key);
  }
  for (const [key, [pk]] of Object.entries(memory)) {
    if (wanted.has(key) || part.policy !== 'exact') continue;
    decision.deletes.push(pk);
    decision.forgotten.push(key);
  }
  return decision;
}

function fateOf(
  { part, stored, repair }: RowSituation,
  columns: readonly string[],
  row: Row,
  known: RememberedRows[string] | undefined,
  stands: Key | undefined,
): Fate {
  const exact = part.policy === 'exact';
  const isOurVersion = known?.[1] === contentHash(row);
  if (stands === undefined) return !known || (exact && (repair || !isOurVersion)) ? 'insert' : 'leave';
  const now = stored.get(stands) ?? '';
  if (!exact && !known) return { noted: [stands, '', ''] };
  if (isOurVersion && (!exact || !repair || now === known[2])) return 'leave';
  if (exact) return now === storedHash(columns, row) ? { noted: [stands, contentHash(row), now] } : 'update';
  return part.policy === 'keep-ours' && now === known?.[2] ? 'update' : 'leave';
}
