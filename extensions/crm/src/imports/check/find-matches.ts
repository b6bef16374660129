import { COLLECTIONS } from '../../kernel/collections.ts';
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

/** Where a key of a row may stand: in `column` of rows of its kind or, for a customer, of the contacts below it. */
interface Probe {
  by: MatchKey;
  below: boolean;
  column: string;
  value: string;
}

/** A sealed value is found by its keyed index, made with every key that it may stand under; where a row may show it, as it is too. */
function probesOf(ring: Keyring, kind: ImportKind, read: Pick<ReadRow, 'values'>): Probe[] {
  const placesOf = (by: MatchKey, field: string, value: string, below: boolean): Probe[] => {
    const collection = below ? 'crm_contacts' : ROOT[kind];
    if (!COLLECTIONS[collection]!.fields[field]) return [];
    const sealed = sealedFieldsOf(collection).find((one) => one.field === field);
    const plain = !sealed || sealed.when ? [{ by, below, column: field, value }] : [];
    const indexes = sealed ? blindIndexes(ring, sealed.mask, value) : [];
    return [...plain, ...indexes.map((index) => ({ by, below, column: indexColumn(field), value: index }))];
  };
  return matchKeys(kind, read).flatMap(({ by, field, value }) => [
    ...placesOf(by, field, value, false),
    // Whose number or mail it is, the company's or that of somebody there, files do not agree on (DQ-5).
    ...(kind === 'customers' && (by === 'phone' || by === 'email') ? placesOf(by, field, value, true) : []),
  ]);
}

type Found = Record<string, string | null>;

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
  const columns = ['id', NAME_FIELD[kind], ...(kind === 'customers' ? ['uscc'] : [])];
  for (const asked of Map.groupBy([...probes.values()].flat(), ({ by, below, column }) => `${by} ${below} ${column}`).values()) {
    const { by, below, column } = asked[0]!;
    const values = [...new Set(asked.map(({ value }) => value))];
    const rows = below
      ? await bearersOf(database, place, { column, values, columns })
      : await inChunks<string, Found>(values, (part) =>
          rowsOfKind(database, kind, place)
            .whereIn(column, part)
            .select([...new Set([...columns, column])]),
        );
    for (const row of rows) {
      const key = keyOf({ by, below, column, value: row[column]! });
      const match: Match = { id: row['id']!, by, name: row[NAME_FIELD[kind]] ?? '', uscc: row['uscc'] ?? null };
      found.set(key, [...(found.get(key) ?? []), match]);
    }
  }
  return (read) => (probes.get(read) ?? []).flatMap((probe) => found.get(keyOf(probe))?.slice(0, MOST_SHOWN) ?? []);
}

/** The customers of those contacts that have one of the values in the column. */
async function bearersOf(
  database: Knex,
  place: ImportPlace,
  { column, values, columns }: { column: string; values: readonly string[]; columns: readonly string[] },
): Promise<Found[]> {
  const contacts = await inChunks<string, Found>(values, (part) =>
    rowsOfKind(database, 'contacts', place).whereIn(column, part).select('customer', column),
  );
  const ids = [...new Set(contacts.flatMap(({ customer }) => customer ?? []))];
  const customers = await inChunks<string, Found>(ids, (part) =>
    rowsOfKind(database, 'customers', place)
      .whereIn('id', part)
      .select([...columns]),
  );
  const byId = new Map(customers.map((row) => [row['id'], row]));
  const pairs = new Map(contacts.map((row) => [`${row['customer']} ${row[column]}`, row]));
  return [...pairs.values()].flatMap((row) => {
    const customer = byId.get(row['customer']);
    return customer ? [{ ...customer, [column]: row[column]! }] : [];
  });
}

const keyOf = ({ by, below, column, value }: Probe): string => `${by} ${below} ${column} ${value}`;

/** Of a number that half the table shares a few rows say enough. */
const MOST_SHOWN = 20;
