import { createHash } from 'node:crypto';

/** The namespace of all fixed ids of this product; changing it would make every installation foreign to its upgrade. */
const NAMESPACE = Buffer.from('c0a1d00000005000800000000000c0a1', 'hex');

/**
 * The fixed id of something we ship (policy, dashboard, base row, demo row): the same name gives the same uuid on every
 * installation and database, so installing twice meets its own rows again. UUID version 5 (RFC 9562).
 */
export function stableId(name: string): string {
  const bytes = createHash('sha1').update(NAMESPACE).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
