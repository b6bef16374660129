/**
 * The master keys of an installation (SEC-1): `CRM_KEYS=id:base64,id:base64`, 32 bytes each. The first one is active:
 * what is written now is written with it; the others only open what was written before. No master key is used as it
 * stands: each purpose has a key of its own, derived by HKDF (RFC 5869).
 */
import { hkdfSync } from 'node:crypto';
import { accept, refuse, type Decision } from '../../kernel/decision.ts';

const KEY_BYTES = 32;
const ENTRY = /^(?<id>[A-Za-z0-9][\w-]{0,31}):(?<key>[A-Za-z0-9+/]{43}=)$/u;

export type KeyFault =
  | { reason: 'keys_missing' }
  /** `place` counts from 1; the entry itself is never repeated. */
  | { reason: 'key_unreadable'; place: number }
  | { reason: 'key_twice'; id: string };

export interface Keyring {
  /** The key that new values are written with. */
  readonly active: string;
  /** All keys, the active one first. */
  readonly ids: readonly string[];
  /**
   * A key of 32 bytes for one purpose (`audit`, `index:phone` …), the same for the same master key every time.
   * @throws RangeError for an id that is not in the ring: the value was written with a key that is lost or not given.
   */
  derive(purpose: string, id?: string): Buffer;
}

/** Reads the setting; says which entry is wrong without repeating it, because texts like these end up in logs. */
export function readKeyring(text: string | undefined): Decision<Keyring, KeyFault> {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (!entries.length) return refuse({ reason: 'keys_missing' });
  const masters = new Map<string, Buffer>();
  for (const [index, entry] of entries.entries()) {
    const { id, key } = ENTRY.exec(entry)?.groups ?? {};
    const bytes = Buffer.from(key ?? '', 'base64');
    if (!id || bytes.length !== KEY_BYTES || new Set(bytes).size < 8) return refuse({ reason: 'key_unreadable', place: index + 1 });
    if (masters.has(id)) return refuse({ reason: 'key_twice', id });
    masters.set(id, bytes);
  }
  return accept(ringOf(masters));
}

function ringOf(masters: ReadonlyMap<string, Buffer>): Keyring {
  const ids = [...masters.keys()];
  const derived = new Map<string, Buffer>();
  return {
    active: ids[0]!,
    ids,
    derive(purpose, id = ids[0]!) {
      const master = masters.get(id);
      if (!master) throw new RangeError(`No key ${id} in CRM_KEYS`);
      const name = `${id} ${purpose}`;
      const known = derived.get(name) ?? Buffer.from(hkdfSync('sha256', master, 'group-crm', purpose, KEY_BYTES));
      derived.set(name, known);
      return known;
    },
  };
}
