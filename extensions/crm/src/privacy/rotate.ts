import type { Knex, Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { BATCH, inBatch } from './batch.ts';
import { blindIndex } from './blind-index.ts';
import { isMaskOf } from './rules/mask.ts';
import { indexColumn, SEALED_FIELDS, sealedColumn, type SealedField } from './rules/sealed-fields.ts';
import { openSubject, openValue, SUBJECT_KEYS, subjectKeyId, wrapSubject, type Subject, type SubjectKeyRow } from './subject-key.ts';
import { subjectsOf } from './subject-keys.ts';

export interface RotationReport {
  rewrapped: number;
  reindexed: number;
  /** What still stands with an old key and does not open: its key is lost, or it is damaged. */
  left: { keys: number; indexes: number };
}

export type Tell = (done: { rewrapped: number; reindexed: number }) => void;

/**
 * Brings everything that is sealed to the active master key while the system runs (SEC-1): subject keys are wrapped anew,
 * indexes computed anew, in batches of short transactions. Each row is changed only as long as it is what was read, so a
 * user's write in between wins. It works on what the rows say, so after a kill the next run goes on where it stopped; it
 * looks again until nothing with an old key is left that opens. Afterwards old keys can go.
 */
export async function rotateSealed(database: Knex, ring: Keyring, tell: Tell = () => undefined): Promise<RotationReport> {
  const done = { rewrapped: 0, reindexed: 0 };
  for (;;) {
    const keys = await pass(database, keyRows(ring), rewrap(ring), (changed) => tell({ ...done, rewrapped: (done.rewrapped += changed) }));
    let [changed, indexes] = [keys.changed, 0];
    for (const declared of SEALED_FIELDS) {
      const look = await pass(database, indexRows(ring, declared), reindex(ring, declared), (more) =>
        tell({ ...done, reindexed: (done.reindexed += more) }),
      );
      changed += look.changed;
      indexes += look.left;
    }
    if (!changed) return { ...done, left: { keys: keys.left, indexes } };
  }
}

type Rows = (database: Knex, after: string) => Knex.QueryBuilder;
type Change = (transaction: Knex, rows: readonly Row[]) => Promise<number>;

/** Once through all rows, in the order of their ids; what is not changed is left. */
async function pass(
  database: Knex,
  rowsAfter: Rows,
  change: Change,
  told: (changed: number) => void,
): Promise<{ changed: number; left: number }> {
  let [changed, left, after] = [0, 0, ''];
  for (;;) {
    const rows: Row[] = await inBatch(database, (transaction) => rowsAfter(transaction, after).orderBy('id').limit(BATCH));
    if (!rows.length) return { changed, left };
    const now = await inBatch(database, (transaction) => change(transaction, rows));
    changed += now;
    left += rows.length - now;
    after = String(rows.at(-1)!['id']);
    told(now);
  }
}

const beyond = (query: Knex.QueryBuilder, after: string) => (after ? query.where('id', '>', after) : query);

const keyRows =
  (ring: Keyring): Rows =>
  (database, after) =>
    beyond(database(SUBJECT_KEYS).whereNot({ key_id: ring.active }), after);

function rewrap(ring: Keyring): Change {
  return async (transaction, rows) => {
    let changed = 0;
    for (const row of rows as unknown as SubjectKeyRow[]) {
      const subject = openSubject(ring, row);
      if (!subject.accepted) continue;
      const { key, key_id } = wrapSubject(ring, subject.value);
      changed += await transaction(SUBJECT_KEYS).where({ id: row.id, key: row.key }).update({ key, key_id });
    }
    return changed;
  };
}

/** Indexes of other keys; what is marked as just written is settled by its own transaction. */
const indexRows =
  (ring: Keyring, { collection, field }: SealedField): Rows =>
  (database, after) => {
    const prefix = `${ring.active}.`;
    const index = indexColumn(field);
    const query = database(collection).whereNotNull(index).whereRaw('substr(??, 1, ?) <> ?', [index, prefix.length, prefix]);
    return beyond(query.whereRaw('substr(??, 1, 1) <> ?', [index, '~']), after).select('id', field, sealedColumn(field), index);
  };

function reindex(ring: Keyring, declared: SealedField): Change {
  const { collection, field } = declared;
  return async (transaction, rows) => {
    const subjects = await subjectsOf(
      transaction,
      ring,
      collection,
      rows.map((row) => String(row['id'])),
    );
    let changed = 0;
    for (const row of rows) {
      const index = indexOf(ring, row, declared, subjects.get(subjectKeyId(collection, String(row['id']))));
      if (index === undefined) continue;
      const stood = { id: row['id'], [indexColumn(field)]: row[indexColumn(field)], [sealedColumn(field)]: row[sealedColumn(field)] };
      changed += await transaction(collection)
        .where(stood)
        .update({ [indexColumn(field)]: index });
    }
    return changed;
  };
}

/** The index of the opened value; none where the value is readable; undefined where it does not open. */
function indexOf(ring: Keyring, row: Row, { field, mask }: SealedField, subject: Subject | undefined): string | null | undefined {
  const sealed = row[sealedColumn(field)];
  if (typeof sealed !== 'string') return typeof row[field] === 'string' && !isMaskOf(mask, row[field]) ? null : undefined;
  const opened = subject && openValue(subject, field, sealed);
  return opened?.accepted ? blindIndex(ring, mask, opened.value) : undefined;
}
