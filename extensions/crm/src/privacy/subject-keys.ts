import { refuse, type Decision } from '../kernel/decision.ts';
import type { Knex } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { CipherFault } from './rules/envelope.ts';
import { newSubject, openSubject, SUBJECT_KEYS, subjectKeyId, type Subject, type SubjectKeyRow } from './subject-key.ts';

/**
 * The key of a row's subject, made when there is none: inserted if absent and read back, so that two writers at once end
 * with the same key, whichever came first, on every database and on several nodes.
 */
export async function ensureSubject(
  database: Knex,
  ring: Keyring,
  { collection, item }: Pick<Subject, 'collection' | 'item'>,
  now: Date,
): Promise<Decision<Subject, CipherFault>> {
  const known = await keyRow(database, collection, item);
  if (known) return openSubject(ring, known);
  await database(SUBJECT_KEYS)
    .insert(newSubject(ring, collection, item, now).row)
    .onConflict('id')
    .ignore();
  return findSubject(database, ring, { collection, item });
}

/** The key of a row's subject, where there is one. */
export async function findSubject(
  database: Knex,
  ring: Keyring,
  { collection, item }: Pick<Subject, 'collection' | 'item'>,
): Promise<Decision<Subject, CipherFault>> {
  const row = await keyRow(database, collection, item);
  return row ? openSubject(ring, row) : refuse('erased');
}

const keyRow = (database: Knex, collection: string, item: string): Promise<SubjectKeyRow | undefined> =>
  database(SUBJECT_KEYS)
    .where({ id: subjectKeyId(collection, item) })
    .first();

/** The key of a row that nobody has seen yet: it cannot have one. */
export async function insertSubject(
  database: Knex,
  ring: Keyring,
  { collection, item }: Pick<Subject, 'collection' | 'item'>,
  now: Date,
): Promise<Subject> {
  const { subject, row } = newSubject(ring, collection, item, now);
  await database(SUBJECT_KEYS).insert(row);
  return subject;
}

/** The keys of many rows of one collection at once, by `subjectKeyId`; those that do not open are not among them. */
export const subjectsOf = (database: Knex, ring: Keyring, collection: string, items: readonly string[]): Promise<Map<string, Subject>> =>
  subjectsAmong(
    database,
    ring,
    items.map((item) => ({ collection, item })),
  );

/** The same of rows of several collections, in one statement. */
export async function subjectsAmong(
  database: Knex,
  ring: Keyring,
  of: readonly Pick<Subject, 'collection' | 'item'>[],
): Promise<Map<string, Subject>> {
  if (!of.length) return new Map();
  const rows: SubjectKeyRow[] = await database(SUBJECT_KEYS).whereIn(
    'id',
    of.map(({ collection, item }) => subjectKeyId(collection, item)),
  );
  return new Map(
    rows.flatMap((row) => {
      const subject = openSubject(ring, row);
      return subject.accepted ? [[row.id, subject.value] as const] : [];
    }),
  );
}

/** Erases the keys of rows: what was sealed with them, in any copy, is unreadable from then on (Q8). */
export async function eraseSubjects(database: Knex, collection: string, items: readonly string[]): Promise<void> {
  const ids = items.map((item) => subjectKeyId(collection, item));
  await database(SUBJECT_KEYS).whereIn('id', ids).delete();
}
