import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { blindIndexes, indexColumn, sealedFieldsOf } from '../../privacy/index.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { Match, MatchKey } from '../rules/judge-row.ts';
import type { ReadRow } from '../rules/read-row.ts';
import { matchKeys, ROOT } from '../rules/row-key.ts';
import type { ImportKind } from '../rules/targets.ts';
import { inChunks, NAME_FIELD, rowsOfKind } from './scope.ts';

/** The stored rows that have a key in common with a row of the file. */
export type FindMatches = (read: Pick<ReadRow, 'values'>) => Match[];

/**
 * Looks for what is stored already, for a handful of rows at once (DQ-5): by the plain keys, and for sealed ones by their
 * keyed index, made with every key that a stored one may have been made with.
 */
export async function findMatches(
  database: Knex,
  ring: Keyring,
  { kind, place }: { kind: ImportKind; place: ImportPlace },
  reads: readonly Pick<ReadRow, 'values'>[],
): Promise<FindMatches> {
  const asked = new Map<MatchKey, { column: string; values: Set<string> }>();
  const stored = (read: Pick<ReadRow, 'values'>) =>
    matchKeys(kind, read).map(({ by, field, value }) => {
      const sealed = sealedFieldsOf(ROOT[kind]).find((one) => one.field === field);
      return {
        by,
        column: sealed ? indexColumn(field) : field,
        values: sealed ? blindIndexes(ring, sealed.mask, value) : [value],
      };
    });
  const keys = new Map(reads.map((read) => [read, stored(read)]));
  for (const { by, column, values } of [...keys.values()].flat()) {
    const known = asked.get(by) ?? { column, values: new Set<string>() };
    asked.set(by, known);
    for (const value of values) known.values.add(value);
  }

  const found = new Map<string, Match[]>();
  for (const [by, { column, values }] of asked) {
    const columns = [...new Set(['id', NAME_FIELD[kind], column, ...(kind === 'customers' ? ['uscc'] : [])])];
    const rows = await inChunks<string, Record<string, string | null>>([...values], (part) =>
      rowsOfKind(database, kind, place).whereIn(column, part).select(columns),
    );
    for (const row of rows) {
      const key = `${by} ${row[column]!}`;
      const match: Match = {
        id: row['id']!,
        by,
        name: row[NAME_FIELD[kind]] ?? '',
        uscc: row['uscc'] ?? null,
      };
      found.set(key, [...(found.get(key) ?? []), match]);
    }
  }
  return (read) =>
    (keys.get(read) ?? []).flatMap(({ by, values }) => values.flatMap((value) => found.get(`${by} ${value}`)?.slice(0, MOST_SHOWN) ?? []));
}

/** Of a number that half the table shares a few rows say enough. */
const MOST_SHOWN = 20;
