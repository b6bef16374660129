import { createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.mjs';

/**
 * What stands inside of a backup: sections, each with a name card (JSON) and blocks of data. Lengths come first (u32), a block of
 * length 0 ends a section. The last section is the manifest: what every other one must contain.
 * @typedef {{ type: string, name?: string } & Record<string, unknown>} Card
 * @typedef {{ type: string, name: string, bytes: number, sha256: string }} Entry
 */

const MOST_BLOCK = 256 * 1024 * 1024;

/** @param {Buffer} bytes */
function withLength(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

const END = Buffer.alloc(4);

/** Counts and hashes what passes. @param {Card} card */
function meter(card) {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    /** @param {Buffer} block */
    add(block) {
      hash.update(block);
      bytes += block.length;
    },
    /** @returns {Entry} */
    entry: () => ({ type: card.type, name: card.name ?? '', bytes, sha256: hash.digest('hex') }),
  };
}

/**
 * @param {Card} card
 * @param {AsyncIterable<Buffer> | Iterable<Buffer>} blocks
 * @param {(entry: Entry) => void} noted
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* writeSection(card, blocks, noted) {
  const passed = meter(card);
  yield withLength(Buffer.from(JSON.stringify(card)));
  for await (const block of blocks) {
    if (!block.length) continue;
    passed.add(block);
    yield withLength(block);
  }
  yield END;
  noted(passed.entry());
}

/** The stream ended, or speaks of sizes, that no writer of ours makes. */
export class BrokenSections extends Error {}

/** @param {ByteReader} reader */
async function readBlock(reader) {
  const head = await reader.read(4);
  const length = head.length === 4 ? head.readUInt32BE() : MOST_BLOCK + 1;
  if (length > MOST_BLOCK) throw new BrokenSections('length');
  const block = await reader.read(length);
  if (block.length < length) throw new BrokenSections('end');
  return block;
}

/**
 * Gives out the sections one after the other; blocks that nobody asked for are passed over, counted all the same.
 * @param {AsyncIterable<Buffer>} source
 * @param {(entry: Entry) => void} noted what was really there
 * @returns {AsyncGenerator<{ card: Card, blocks: AsyncGenerator<Buffer> }>}
 */
export async function* readSections(source, noted) {
  const reader = new ByteReader(source);
  try {
    while (!(await reader.isAtEnd())) {
      const card = /** @type {Card} */ (JSON.parse((await readBlock(reader)).toString()));
      const passed = meter(card);
      const blocks = (async function* () {
        for (let block = await readBlock(reader); block.length; block = await readBlock(reader)) {
          passed.add(block);
          yield block;
        }
        noted(passed.entry());
      })();
      yield { card, blocks };
      for await (const _ of blocks);
    }
  } finally {
    await reader.close();
  }
}

/** @param {AsyncIterable<Buffer>} blocks @returns {Promise<string>} */
export async function textOf(blocks) {
  const parts = [];
  for await (const block of blocks) parts.push(block);
  return Buffer.concat(parts).toString();
}
