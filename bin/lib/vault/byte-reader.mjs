/** Reads exact numbers of bytes from a stream of pieces of any size. */
export class ByteReader {
  /** @type {Buffer[]} */
  #pieces = [];
  #held = 0;
  #source;

  /** @param {AsyncIterable<Buffer>} source */
  constructor(source) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** @param {number} wanted */
  async #fill(wanted) {
    while (this.#held < wanted) {
      const { done, value } = await this.#source.next();
      if (done) return;
      this.#pieces.push(value);
      this.#held += value.length;
    }
  }

  /** Fewer bytes than asked for only at the end. @param {number} length @returns {Promise<Buffer>} */
  async read(length) {
    await this.#fill(length);
    const whole = this.#pieces.length === 1 ? /** @type {Buffer} */ (this.#pieces[0]) : Buffer.concat(this.#pieces);
    const taken = whole.subarray(0, length);
    const rest = whole.subarray(length);
    this.#pieces = rest.length ? [rest] : [];
    this.#held = rest.length;
    return taken;
  }

  async isAtEnd() {
    await this.#fill(1);
    return this.#held === 0;
  }

  /** Lets go of what is read from (an open file). */
  async close() {
    await this.#source.return?.();
  }
}
