import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { accept, refuse, type Decision } from '../kernel/decision.ts';
import { readEnvelope, writeEnvelope, type CipherFault } from './rules/envelope.ts';

const IV_BYTES = 12;
const TAG_BYTES = 16;
const NAME = 'aes-256-gcm';

/** Random bytes are drawn many at a time: one at a time the drawing takes longer than the sealing (B10). */
const drawn = Buffer.alloc(IV_BYTES * 512);
let used = drawn.length;

/** Bytes that no value was sealed with before. */
function freshIv(): Buffer {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += IV_BYTES;
  return Buffer.from(drawn.subarray(used - IV_BYTES, used));
}

/**
 * Seals a text (SEC-1). `place` is bound into the seal: the cipher opens only in the row and field it was made for.
 *
 * @param keyId by which the key is found again; stands in the envelope in clear.
 */
export function sealText(key: Buffer, keyId: string, place: string, text: string): string {
  const iv = freshIv();
  const cipher = createCipheriv(NAME, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [ivText, cipherText, tag] = [iv, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
  return writeEnvelope({ algorithm: 'A256GCM', keyId, iv: ivText!, cipher: cipherText!, tag: tag! });
}

/** Opens what `sealText` made; `keyOf` gives the key behind the id in the envelope, or null where there is none. */
export function openText(keyOf: (keyId: string) => Buffer | null, place: string, envelope: string): Decision<string, CipherFault> {
  const reading = readEnvelope(envelope);
  if (!reading.accepted) return reading;
  const { keyId, ...parts } = reading.value;
  const key = keyOf(keyId);
  if (!key) return refuse('unknown_key');
  const [iv, cipher, tag] = [parts.iv, parts.cipher, parts.tag].map((part) => Buffer.from(part, 'base64url'));
  if (iv!.length !== IV_BYTES || tag!.length !== TAG_BYTES) return refuse('not_an_envelope');
  try {
    const opener = createDecipheriv(NAME, key, iv!, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(place)).setAuthTag(tag!);
    return accept(Buffer.concat([opener.update(cipher!), opener.final()]).toString('utf8'));
  } catch {
    return refuse('not_genuine');
  }
}
