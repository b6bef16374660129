import { readJson } from '../text/read-json.ts';

type Row = Record<string, unknown>;
const asRow = (value: unknown): Row => {
  const read = readJson(value);
  return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Row) : {};
};

/** Why operations of some kinds may not leave out the events of what they write. */
export interface EventsRule {
  /** Kinds of operations, such as `item-update`. */
  types: readonly string[];
  /** Whether an operation on this collection comes to rows that the rule is about. */
  reaches(collection: string, operation: { type: string; payload: unknown }): boolean;
}

/**
 * How an operation of a flow stands to such a rule. A collection that only a run makes known counts as meant. `unsaid`: it
 * does not say whether with events; the host takes that for without.
 */
export function eventsOf(operation: Row, { types, reaches }: EventsRule): 'fine' | 'unsaid' | 'without' {
  const type = String(operation['type']);
  const { collection, payload, emitEvents } = asRow(operation['options']);
  if (!types.includes(type) || typeof collection !== 'string') return 'fine';
  if (!collection.includes('{{') && !reaches(collection.trim(), { type, payload })) return 'fine';
  return emitEvents === true ? 'fine' : emitEvents === undefined || emitEvents === null ? 'unsaid' : 'without';
}

export const withEvents = (operation: Row): Row => ({ ...operation, options: { ...asRow(operation['options']), emitEvents: true } });
