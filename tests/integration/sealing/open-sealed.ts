import { randomInt } from 'node:crypto';
import type { Knex } from 'knex';
import { readKeyring, type Keyring } from '../../../extensions/crm/src/platform/api/keyring.ts';
import { openSubject, openValue, subjectKeyId } from '../../../extensions/crm/src/privacy/subject-key.ts';
import { TEST_KEYS } from '../../harness/host.ts';

export function ringOf(keys: string = TEST_KEYS): Keyring {
  const reading = readKeyring(keys);
  if (!reading.accepted) throw new Error(reading.reason.reason);
  return reading.value;
}

/** What stands sealed in a row, opened with the keys of the tests; a reason where it does not open. */
export async function openSealed(database: Knex, collection: string, item: string, field: string, ring = ringOf()): Promise<string | null> {
  const row = await database(collection).where({ id: item }).first(`${field}_sealed`);
  const key = await database('crm_subject_keys')
    .where({ id: subjectKeyId(collection, item) })
    .first();
  if (!row?.[`${field}_sealed`]) return null;
  if (!key) return 'no key';
  const subject = openSubject(ring, key);
  if (!subject.accepted) return subject.reason;
  const opened = openValue(subject.value, field, row[`${field}_sealed`]);
  return opened.accepted ? opened.value : opened.reason;
}

/** Numbers, mailboxes and names that exist nowhere else, so that one look for their middle tells whether they leaked. */
export class Canaries {
  readonly #words = new Set<string>();

  phone(): string {
    const number = `139${String(randomInt(10_000_000, 99_999_999))}`;
    this.#words.add(number);
    // As people type it, and as it stands in an address.
    this.#words.add(`${number.slice(0, 3)} ${number.slice(3, 7)} ${number.slice(7)}`);
    return number;
  }

  word(): string {
    const word = `qz${randomInt(2 ** 40)
      .toString(36)
      .padStart(8, '0')}zq`;
    this.#words.add(word);
    return word;
  }

  /** Those that stand in `text`. */
  in(text: string): string[] {
    return [...this.#words].filter((word) => text.includes(word));
  }

  get all(): readonly string[] {
    return [...this.#words];
  }
}
