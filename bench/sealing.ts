/** B10: what sealing, opening and indexing one value costs, in process. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readKeyring, type Keyring } from '../extensions/crm/src/platform/api/keyring.ts';
import { blindIndexes } from '../extensions/crm/src/privacy/blind-index.ts';
import { sealRow } from '../extensions/crm/src/privacy/seal-row.ts';
import { openSubject, openValue } from '../extensions/crm/src/privacy/subject-key.ts';
import { median, type Bench } from './bench.ts';

const BUDGET_MS = 1;

interface Contact extends Record<string, unknown> {
  id: string;
  phone: string;
}

/** Milliseconds for each of `values`. */
function timed(values: number, work: () => void): number {
  const begun = performance.now();
  work();
  return (performance.now() - begun) / values;
}

function freshRing(): Keyring {
  const reading = readKeyring(`bench:${randomBytes(32).toString('base64')}`);
  if (!reading.accepted) throw new Error(reading.reason.reason);
  return reading.value;
}

function measureOnce(ring: Keyring, contacts: readonly Contact[]): Record<string, number> {
  const now = new Date();
  let sealed: ReturnType<typeof sealRow>[] = [];
  const seal = timed(contacts.length, () => (sealed = contacts.map((row) => sealRow(ring, 'crm_contacts', row, now))));
  const open = timed(contacts.length, () => {
    for (const { row, key } of sealed) {
      const subject = openSubject(ring, key!);
      if (!subject.accepted || !openValue(subject.value, 'phone', String(row['phone_sealed'])).accepted) throw new Error('does not open');
    }
  });
  const index = timed(contacts.length, () => contacts.forEach(({ phone }) => blindIndexes(ring, 'phone', phone)));
  return { 'seal (own key, mask, cipher, index)': seal, 'open (unwrap, decrypt)': open, 'index for a search': index };
}

export const sealing: Bench = {
  name: 'sealing',
  budget: 'B10',
  smallRows: 500,
  fullRows: 10_000,
  async run({ rows, rounds }, progress) {
    const ring = freshRing();
    const contacts = Array.from({ length: rows }, (_, number) => ({ id: randomUUID(), phone: `139${String(number).padStart(8, '0')}` }));
    const kept = Array.from({ length: rounds }, (_, round) => {
      progress(`round ${round + 1} of ${rounds}`);
      return measureOnce(ring, contacts);
    });
    return Object.keys(kept[0]!).map((what) => {
      const values = kept.map((round) => round[what]!);
      return { what, value: median(values), budget: BUDGET_MS, unit: 'ms a value', rounds: values };
    });
  },
};
