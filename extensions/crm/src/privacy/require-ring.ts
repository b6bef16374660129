import type { Language } from '../platform/api/actor.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { privacyRefusal } from './refuse.ts';

/** The keys of this moment, or a refusal in the caller's language: what is not sealed is not stored. */
export function requireRing(keys: Keys, language: Language | null | undefined): Keyring {
  const ring = keys.ring();
  if (!ring.accepted) throw privacyRefusal('keys_unusable', language);
  return ring.value;
}
