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

/** Where a key of a row may stand: in `column`, as `value`. */
interface Probe {
  by: MatchKey;
  column: string;
  value: string;
}

/** A sealed value is found by its keyed index, made with every key that it may stand under; where a row may show it, as it is too. */
function probesOf(ring: Keyring, kind: ImportKind, read: Pick<ReadRow, 'values'>): Probe[] {
  return matchKeys(kind, read).flatMap(({ by, field, value }) => {
    const sealed = sealedFieldsOf(ROOT[kind]).find((one) => one.field === field);
    const plain = !sealed || sealed.when ? [{ by, column: field, value }] : [];
    const indexes = sealed ? blindIndexes(ring, sealed.mask, value) : [];
    return [...plain, ...indexes.map((index) => ({ by, column: indexColumn(field), value: index }))];
  });
}

/**
 * Looks for what is stored already, for a handful of rows at once (DQ-5): by the plain keys, and for sealed ones by their
 * keyed index.
 */
export async function findMatches(
  database: Knex,
  ring: Keyring,
  { kind, place }: { kind: ImportKind; place: ImportPlace },
  reads: readonly Pick<ReadRow, 'values'>[],
): Promise<FindMatches> {
  const probes = new Map(reads.map((read) => [read, probesOf(ring, kind, read)]));
  const found = new Map<string, Match[]>();
  for (const asked of Map.groupBy([...probes.values()].flat(), ({ by, column }) => `${by} ${column}`).values()) {
    const { by, column } = asked[0]!;
    const columns = [...new Set(['id', NAME_FIELD[kind], column, ...(kind === 'customers' ? ['uscc'] : [])])];
    const rows = await inChunks<string, Record<string, string | null>>([...new Set(asked.map(({ value }) => value))], (part) =>
      rowsOfKind(database, kind, place).whereIn(column, part).select(columns),
    );
    for (const row of rows) {
      const key = keyOf({ by, column, value: row[column]! });
      const match: Match = { id: row['id']!, by, name: row[NAME_FIELD[kind]] ?? '', uscc: row['uscc'] ?? null };
      found.set(key, [...(found.get(key) ?? []), match]);
    }
  }
  return (read) => (probes.get(read) ?? []).flatMap((probe) => found.get(keyOf(probe))?.slice(0, MOST_SHOWN) ?? []);
}

const keyOf = ({ by, column, value }: Probe): string => `${by} ${column} ${value}`;

/** Of a number that half the table shares a few rows say enough. */
const MOST_SHOWN = 20;
