import { collectionsLeadingTo, type Relation } from '../../kernel/flows/leading-collections.ts';
import type { EventsRule } from '../../kernel/flows/operation-events.ts';
import { readJson } from '../../kernel/text/read-json.ts';
import { deletionReach, type Link } from './deletion-reach.ts';

/** Whether what is written may hold rows of other collections: whatever is no plain value, or known at run time only. */
function mayNest(payload: unknown): boolean {
  if (typeof payload === 'string' && payload.includes('{{')) return true;
  const read = readJson(payload);
  const rows = (Array.isArray(read) ? read : [read]).filter((row): row is object => typeof row === 'object' && row !== null);
  return rows.some((row) => Object.values(row).some((value) => typeof value === 'object' && value !== null)) || says(rows, '{{');
}

const says = (value: unknown, words: string): boolean => JSON.stringify(value).includes(words);

/**
 * Whatever writes a logged row has to tell of it: what an operation of a flow writes without events and without anybody's
 * rights leaves no trace (SEC-3). Rows are written through those of other collections too, and go along with them.
 */
export function loggingRule(relations: readonly Relation[], links: readonly Link[], logged: readonly string[]): EventsRule {
  const isLogged = (collection: string) => logged.includes(collection);
  const leading = collectionsLeadingTo(relations, logged);
  const above = deletionReach(links, isLogged);
  return {
    types: ['item-create', 'item-update', 'item-delete'],
    reaches: (collection, { type, payload }) =>
      isLogged(collection) || (type === 'item-delete' ? above.has(collection) : leading.has(collection) && mayNest(payload)),
  };
}
