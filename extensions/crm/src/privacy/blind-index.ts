import { createHmac } from 'node:crypto';
import type { Keyring } from '../platform/api/keyring.ts';
import { toIndexForm } from './rules/index-form.ts';
import type { MaskKind } from './rules/sealed-fields.ts';

/** The keyed index of a value (Q7): equal for equal values, and says nothing without the key. `<master key id>.<HMAC>`. */
export function blindIndex(ring: Keyring, kind: MaskKind, value: string, id: string = ring.active): string {
  const hmac = createHmac('sha256', ring.derive(`index:${kind}`, id)).update(toIndexForm(kind, value));
  return `${id}.${hmac.digest('base64url')}`;
}

/** Everything that a value may stand as while keys rotate: one index for each key of the ring. */
export const blindIndexes = (ring: Keyring, kind: MaskKind, value: string): string[] =>
  ring.ids.map((id) => blindIndex(ring, kind, value, id));
