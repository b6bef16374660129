import type { Collection, ForeignExtension } from '../define.ts';
import type { HostIndex } from '../host-model.ts';

const named = (table: string, columns: string[]): HostIndex => ({ name: `${table}_${columns.join('_')}_ix`, table, columns });

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
