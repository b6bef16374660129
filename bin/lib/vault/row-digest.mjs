import { createHash } from 'node:crypto';

const BYTES = 32;
const MODULUS = 1n << BigInt(BYTES * 8);

/**
 * A fingerprint of a set of rows whatever their order: the sum of the rows' hashes. Two servers sort texts differently, so the order
 * of a table says nothing about what is in it.
 */
export class RowDigest {
  #sum = 0n;
  rows = 0;

  /** @param {string} row */
  add(row) {
    this.#sum = (this.#sum + BigInt(`0x${createHash('sha256').update(row).digest('hex')}`)) % MODULUS;
    this.rows += 1;
  }

  toString() {
    return this.#sum.toString(16).padStart(BYTES * 2, '0');
  }
}
