import type { Collection, ForeignExtension } from '../define.ts';
import { stableId } from '../../seed/ids.ts';
import type { HostIndex } from '../host-model.ts';

/** PostgreSQL cuts longer names off, and would then not find them again. */
const LONGEST_NAME = 63;
const TELLING = 8;

function named(table: string, columns: string[]): HostIndex {
  const name = `${table}_${columns.join('_')}_ix`;
  if (name.length <= LONGEST_NAME) return { name, table, columns };
  const rest = `_${stableId(`index:${name}`).slice(0, TELLING)}_ix`;
  return { name: name.slice(0, LONGEST_NAME - rest.length) + rest, table, columns };
}

const standard = ({ tenancy }: Collection): string[][] => {
  if (tenancy === 'owned')
    return [
      ['segment', 'id'],
      ['owner', 'id'],
    ];
  return tenancy === 'segmental' ? [['segment', 'id']] : [];
};

/** The composite indexes behind the lists: every row rule begins with `segment` or `owner` (design.md 2). */
export const collectionIndexes = (collection: Collection): HostIndex[] =>
  [...standard(collection), ...(collection.indexes ?? [])].map((columns) => named(collection.name, columns));

/** Ours on a table of the host bear our name, so that they are told from the host's own. */
export const extensionIndexes = ({ collection, indexes = [] }: ForeignExtension): HostIndex[] =>
  indexes.map((columns) => ({ ...named(collection, columns), name: `crm_${collection}_${columns.join('_')}_ix` }));
