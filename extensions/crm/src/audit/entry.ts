import { createHash, createHmac } from 'node:crypto';
import type { Row } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { canonical } from './rules/canonical.ts';

/** Everything an entry says, in the order in which it is signed. `block` is not part of it: the sealer sets it later. */
const SIGNED = [
  ...['id', 'at', 'user', 'acting_for', 'action', 'collection', 'item', 'nth', 'segment', 'before', 'after', 'reason', 'origin'],
  ...['ip', 'user_agent', 'request_id', 'key'],
] as const;

/** For what the key that signs is derived; the key itself is kept when its master key goes. */
export const PURPOSE = 'audit';

function signedValue(name: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (name === 'at') return momentText(value);
  if (name === 'nth') return Number(value);
  if ((name === 'before' || name === 'after') && typeof value === 'string') {
    try {
      return JSON.parse(value) as unknown;
    } catch {
      return value;
    }
  }
  return value;
}

/** A moment as text; what is none any more (a flipped byte) stays what it is and fits no signature. */
export function momentText(value: unknown): string {
  const at = new Date(value as number | string | Date);
  return Number.isNaN(at.getTime()) ? String(value) : at.toISOString();
}

const PARTS = SIGNED.map((name) => ({ name, begin: `["${name}",`, isImage: name === 'before' || name === 'after' }));

/** The one text of an entry, the same whichever database it comes from: the canonical text of a list of names and values. */
const textOf = (row: Row): string => `[${PARTS.map(({ name, begin }) => `${begin}${canonical(signedValue(name, row[name]))}]`).join(',')}]`;

/** The same text of an entry that was just made: its images are canonical texts already. */
const textOfNew = (row: Row): string => {
  const parts = PARTS.map(({ name, begin, isImage }) => {
    const image = isImage ? (row[name] as string | null) : null;
    return `${begin}${image ?? canonical(signedValue(name, row[name]))}]`;
  });
  return `[${parts.join(',')}]`;
};

const macOf = (text: string, key: Buffer): string => createHmac('sha256', key).update(text).digest('hex');

export const signatureOf = (row: Row, key: Buffer): string => macOf(textOf(row), key);

/** What the chain keeps of an entry: its content and its signature in one digest. */
export const digestOf = (row: Row): string =>
  createHash('sha256')
    .update(canonical([textOf(row), row['mac'] ?? null]))
    .digest('base64url');

/** Signs an entry that is about to be written, its images as canonical texts, with the active key. */
export function signed(row: Row, ring: Keyring): Row {
  const named = { ...row, key: ring.active };
  return { ...named, mac: macOf(textOfNew(named), ring.derive(PURPOSE)) };
}
