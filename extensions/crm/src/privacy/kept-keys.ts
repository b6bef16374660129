import type { Knex } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { openSubject, SUBJECT_KEYS, subjectKeyId, wrapSubject, type SubjectKeyRow } from './subject-key.ts';

/**
 * Keys that outlive their master key. What was signed with a key derived from it (the audit log) is never signed anew, so a
 * rotation keeps that derived key, wrapped by the new master key, where the subjects' keys stand; the next rotation
 * wraps it once more. So an old master key can go, and what it signed can still be verified (SEC-1, SEC-3).
 */
const KEPT = 'kept:';

/** Ids differ by their capitals, places of keys do not. */
const itemOf = (id: string): string => Buffer.from(id).toString('hex');

/** Keeps what the older master keys of the ring give for `purpose`. Twice changes nothing. */
export async function keepDerivedKeys(database: Knex, ring: Keyring, purpose: string, now: Date): Promise<void> {
  for (const id of ring.ids.slice(1)) {
    const kept = { collection: `${KEPT}${purpose}`, item: itemOf(id), key: ring.derive(purpose, id) };
    await database(SUBJECT_KEYS)
      .insert({ ...wrapSubject(ring, kept), date_created: now })
      .onConflict('id')
      .ignore();
  }
}

/** The ring together with what was kept for `purpose` of master keys that are gone; nothing else of these can be had. */
export async function withKeptKeys(database: Knex, ring: Keyring, purpose: string): Promise<Keyring> {
  const rows: SubjectKeyRow[] = await database(SUBJECT_KEYS).where({ collection: `${KEPT}${purpose}` });
  const kept = new Map<string, Buffer>();
  for (const row of rows) {
    const id = Buffer.from(row.item, 'hex').toString();
    const opened = row.id === subjectKeyId(row.collection, row.item) ? openSubject(ring, row) : null;
    if (opened?.accepted && !ring.ids.includes(id)) kept.set(id, opened.value.key);
  }
  return {
    active: ring.active,
    ids: [...ring.ids, ...kept.keys()],
    derive: (asked, id) => (id !== undefined && asked === purpose ? kept.get(id) : undefined) ?? ring.derive(asked, id),
  };
}
