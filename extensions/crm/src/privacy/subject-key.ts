import { createHash, randomBytes } from 'node:crypto';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { openText, sealText } from './cipher.ts';
import type { CipherFault } from './rules/envelope.ts';

/** Where the keys of the subjects stand, each in this one place: erasing the row erases the person (Q8). */
export const SUBJECT_KEYS = 'crm_subject_keys';

/** Values name no master key in their envelope, so a rotation re-wraps one key a person and touches no value. */
const OF_THE_SUBJECT = 'subject';
const KEY_BYTES = 32;
const PURPOSE = 'subject-keys';

/** A row of `crm_subject_keys`: the key of one contact, lead or customer, wrapped by a master key. */
export interface SubjectKeyRow {
  id: string;
  collection: string;
  item: string;
  /** The master key it is wrapped with. */
  key_id: string;
  key: string;
  date_created: Date;
}

/** One person's own key, unwrapped; never stored and never logged. */
export interface Subject {
  collection: string;
  item: string;
  key: Buffer;
}

/** A uuid that follows from `parts`, so that the primary key itself keeps a second row of the same thing out. */
export function derivedId(...parts: readonly string[]): string {
  const bytes = createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export const subjectKeyId = (collection: string, item: string): string => derivedId('subject', collection, item.toLowerCase());

const placeOfKey = (collection: string, item: string) => `${collection}/${item.toLowerCase()}`;
const placeOfValue = ({ collection, item }: Subject, field: string) => `${collection}/${item.toLowerCase()}/${field}`;

/** A new key for a row that has none yet. */
export function newSubject(ring: Keyring, collection: string, item: string, now: Date): { subject: Subject; row: SubjectKeyRow } {
  const subject: Subject = { collection, item, key: randomBytes(KEY_BYTES) };
  return { subject, row: { ...wrapSubject(ring, subject), date_created: now } };
}

/** Wraps a subject's key with the active master key. */
export function wrapSubject(ring: Keyring, { collection, item, key }: Subject): Omit<SubjectKeyRow, 'date_created'> {
  const wrapped = sealText(ring.derive(PURPOSE), ring.active, placeOfKey(collection, item), key.toString('base64url'));
  return { id: subjectKeyId(collection, item), collection, item: item.toLowerCase(), key_id: ring.active, key: wrapped };
}

/** Unwraps a stored key with whichever master key it was wrapped with. */
export function openSubject(
  ring: Keyring,
  { id, collection, item, key }: Pick<SubjectKeyRow, 'id' | 'collection' | 'item' | 'key'>,
): Decision<Subject, CipherFault> {
  // A row is found by its id, which follows from whose key it is: one that says another name was moved.
  if (id !== subjectKeyId(collection, item)) return refuse('not_genuine');
  const masterOf = (id: string) => (ring.ids.includes(id) ? ring.derive(PURPOSE, id) : null);
  const opened = openText(masterOf, placeOfKey(collection, item), key);
  return opened.accepted ? accept({ collection, item, key: Buffer.from(opened.value, 'base64url') }) : opened;
}

export const sealValue = (subject: Subject, field: string, value: string): string =>
  sealText(subject.key, OF_THE_SUBJECT, placeOfValue(subject, field), value);

export const openValue = (subject: Subject, field: string, sealed: string): Decision<string, CipherFault> =>
  openText((id) => (id === OF_THE_SUBJECT ? subject.key : null), placeOfValue(subject, field), sealed);
