import { randomUUID } from 'node:crypto';
import type { Rows } from '../../kernel/rows.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { among } from '../../platform/api/among.ts';
import { insertMany } from '../../platform/api/bulk-rows.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Certificate } from './certificate-shape.ts';
import type { Places } from './rules/parties.ts';

export const HANDOVERS = 'crm_handovers';
export const JOURNAL = 'crm_handover_rows';

export type HandoverRow = Rows['crm_handovers'];
export type JournalRow = Rows['crm_handover_rows'];
export type JournalState = JournalRow['state'];

/** How many rows of each collection met which end. */
export interface Counts {
  moved: Record<string, number>;
  left: Record<string, number>;
  undone: Record<string, number>;
  kept: Record<string, number>;
}

/** A rule as it was asked for. */
export interface StoredRule {
  to: string;
  collection: string | null;
  where: unknown;
  /** Where the rows stood that it took; null: in no segment. */
  segments: (string | null)[];
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return null;
  }
}
const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands in a row may be of anybody's hand: what is not of our shape is as if it were not there. */
const countIn = (counts: unknown, name: keyof Counts): Record<string, number> => {
  const stored = isPlain(counts) ? counts[name] : null;
  return isPlain(stored) ? Object.fromEntries(Object.entries(stored).map(([key, count]) => [key, Number(count) || 0])) : {};
};

export function countsOf({ counts }: Pick<HandoverRow, 'counts'>): Counts {
  const stored = parsed(counts);
  return {
    moved: countIn(stored, 'moved'),
    left: countIn(stored, 'left'),
    undone: countIn(stored, 'undone'),
    kept: countIn(stored, 'kept'),
  };
}

const isRule = (rule: unknown): rule is StoredRule => isPlain(rule) && isUuid(rule['to']);

export function rulesOf({ rules }: Pick<HandoverRow, 'rules'>): StoredRule[] {
  const stored = parsed(rules);
  return Array.isArray(stored) ? stored.filter(isRule) : [];
}

/** Where the rows of a hand-over stood when it was planned. */
export function placesOf(handover: Pick<HandoverRow, 'rules' | 'segment'>): Places {
  const noted = rulesOf(handover).flatMap(({ segments }): unknown[] => (Array.isArray(segments) ? segments : []));
  const places = noted.filter((segment) => segment === null || typeof segment === 'string');
  return places.length ? [...new Set(places)] : [handover.segment];
}

export function certificateOf({ certificate }: Pick<HandoverRow, 'certificate'>): Certificate | null {
  const stored = parsed(certificate);
  return isPlain(stored) && stored['kind'] === 'handover' ? (stored as unknown as Certificate) : null;
}

export const sumOf = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Adds rows to a count by collection. */
export function addTo(counts: Record<string, number>, collection: string, count: number): void {
  if (count) counts[collection] = (counts[collection] ?? 0) + count;
}

const HEX = 16;
const PREFIX = 8;
/** Rows a statement. */
const CHUNK = 500;

/** Keys in the order of the entries: what is planned together is next to each other in the index by which it is taken. */
const keyAt = (place: number): string => place.toString(HEX).padStart(PREFIX, '0') + randomUUID().slice(PREFIX);

export type Entry = Omit<JournalRow, 'id' | 'handover'>;

/** Writes entries of the journal, in their order. @param from how many there are already. */
export async function writeJournal(database: Knex, handover: string, entries: readonly Entry[], from = 0): Promise<void> {
  for (let at = 0; at < entries.length; at += CHUNK)
    await insertMany(
      database,
      JOURNAL,
      entries.slice(at, at + CHUNK).map((entry, place) => ({ id: keyAt(from + at + place), handover, ...entry })),
    );
}

export async function setStates(database: Knex, ids: readonly string[], state: JournalState): Promise<void> {
  if (ids.length)
    await database(JOURNAL)
      .where(among(database, 'id', ids))
      .update({ state });
}

export const loadHandover = async (database: Knex, id: string): Promise<HandoverRow | undefined> =>
  database(HANDOVERS).where({ id }).first();
