import type { Knex, SchemaOverview } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { leakingFlows, type LeakingFlow } from './closed-flows.ts';
import { damagedValues } from './damaged-values.ts';
import { countOrphans } from './orphan-keys.ts';
import { SEALED_FIELDS, sealedColumn, type SealedField } from './rules/sealed-fields.ts';
import { openSubject, SUBJECT_KEYS, type SubjectKeyRow } from './subject-key.ts';

/** What the doctor says of sealed values. */
export interface SealingState {
  /** Values that ought to be sealed and are not, counted by field. */
  unsealed: { collection: string; field: string; count: number }[];
  /** Values that do not open, as `collection/item/field`. */
  damaged: string[];
  flows: LeakingFlow[];
  /** Keys of rows that are gone. */
  orphans: number;
  /** Master keys that subjects' keys need and the ring has not: not given, or another one under the same id. */
  masters: { id: string; count: number; fault: 'absent' | 'wrong' }[];
}

/**
 * Narrows to the rows in which a value stands in clear although it is personal: nothing sealed beside it, or no mask in
 * front of what is sealed (an older installation, a write past the host). An older value with stars in it is no mask.
 */
export function whereClear(query: Knex.QueryBuilder, declared: SealedField): Knex.QueryBuilder {
  const { field, when } = declared;
  void query
    .whereNotNull(field)
    .whereNot(field, '')
    .andWhere(
      (value) =>
        void value
          .where(field, 'not like', '%***%')
          .orWhere((stars) => void stars.whereNull(sealedColumn(field)).whereNot((mask) => void whereMask(mask, declared))),
    );
  return when ? query.whereIn(when.field, [...when.in]) : query;
}

/** A mask with nothing behind it: the cipher is lost. */
const whereLost = (query: Knex.QueryBuilder, declared: SealedField): Knex.QueryBuilder =>
  query.whereNull(sealedColumn(declared.field)).andWhere((mask) => void whereMask(mask, declared));

/** The forms of `isMaskOf` as far as the SQL of all databases says them: every mask is one here too. */
function whereMask(query: Knex.QueryBuilder, { field, mask }: SealedField): Knex.QueryBuilder {
  if (mask === 'phone')
    return query
      .whereRaw("substr(??, 1, 9) like '%****%'", [field])
      .whereRaw("length(replace(replace(??, '****', ''), '-**', '')) <= 9", [field]);
  void query.whereRaw("substr(??, 1, 4) like '%***%'", [field]);
  if (mask === 'handle') return query.whereRaw('length(??) <= 5', [field]);
  return query.andWhere((end) => void end.where(field, 'like', '%***@%').orWhereRaw('length(??) <= 5', [field]));
}

/** Values that ought to be sealed and are not, counted by field. */
export async function countUnsealed(database: Knex): Promise<SealingState['unsealed']> {
  const unsealed: SealingState['unsealed'] = [];
  for (const declared of SEALED_FIELDS) {
    const [row] = await whereClear(database(declared.collection), declared).count({ rows: '*' });
    const count = Number(row?.['rows'] ?? 0);
    if (count) unsealed.push({ collection: declared.collection, field: declared.field, count });
  }
  return unsealed;
}

/** A full look at what is sealed, for the doctor (SEC-1); `ring` is null where there is none. */
export async function examineSealing(
  database: Knex,
  { ring, schema, now }: { ring: Keyring | null; schema: Pick<SchemaOverview, 'relations'>; now: Date },
): Promise<SealingState> {
  const lost: string[] = [];
  for (const declared of SEALED_FIELDS) {
    const { collection, field } = declared;
    const ids: string[] = await whereLost(database(collection), declared).orderBy('id').limit(MOST_NAMED).pluck('id');
    lost.push(...ids.map((id) => `${collection}/${id}/${field}`));
  }
  return {
    unsealed: await countUnsealed(database),
    damaged: [...new Set([...(await damagedValues(database)), ...lost])],
    flows: await leakingFlows(database, schema),
    orphans: await countOrphans(database, now),
    masters: ring ? await faultyMasters(database, ring) : [],
  };
}

const MOST_NAMED = 100;
/** One key that does not open may be damaged; of so many none opens under another master key. */
const SAMPLE = 5;

async function faultyMasters(database: Knex, ring: Keyring): Promise<SealingState['masters']> {
  const used = await database(SUBJECT_KEYS).groupBy('key_id').orderBy('key_id').select('key_id').count({ keys: '*' });
  const faulty: SealingState['masters'] = [];
  for (const { key_id: id, keys } of used as { key_id: string; keys: string | number }[]) {
    const count = Number(keys);
    if (!ring.ids.includes(id)) faulty.push({ id, count, fault: 'absent' });
    else {
      const some: SubjectKeyRow[] = await database(SUBJECT_KEYS).where({ key_id: id }).orderBy('id').limit(SAMPLE);
      if (!some.some((row) => openSubject(ring, row).accepted)) faulty.push({ id, count, fault: 'wrong' });
    }
  }
  return faulty;
}
