import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { isDeepStrictEqual } from 'node:util';
import { Problem } from '../problem.mjs';
import { open } from './sealed-file.mjs';
import { BrokenSections, readSections, textOf } from './sections.mjs';

/** @typedef {import('./backup-content.mjs').About} About */
/** @typedef {import('./backup-content.mjs').Manifest} Manifest */
/** @typedef {import('./sections.mjs').Entry} Entry */
/** @typedef {{ card: import('./sections.mjs').Card, blocks: AsyncGenerator<Buffer> }} Section */

/** @param {string} file @returns {AsyncGenerator<Buffer>} */
async function* bytesOf(file) {
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 1024 * 1024 })) yield piece;
  } catch (error) {
    throw new Problem('fileUnusable', { file, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
}

/** @param {AsyncIterable<Buffer>} source @returns {AsyncGenerator<Buffer>} */
async function* unpack(source) {
  const { Readable } = await import('node:stream');
  const packed = Readable.from(source);
  const plain = createGunzip();
  packed.on('error', (error) => plain.destroy(error));
  packed.pipe(plain);
  try {
    yield* plain;
  } finally {
    packed.destroy();
  }
}

/**
 * Reads a backup from its first byte to its last. `use` gets every section; when this ends without an error the file was whole, nothing
 * in it was changed, and it held exactly what its manifest says.
 * @param {string} file
 * @param {string} passphrase
 * @param {(section: Section, about: About) => Promise<void>} use
 * @returns {Promise<{ about: About, manifest: Manifest }>}
 */
export async function readBackup(file, passphrase, use) {
  /** @type {Entry[]} */
  const found = [];
  /** @type {About | null} */
  let about = null;
  /** @type {Manifest | null} */
  let manifest = null;
  const damaged = new Problem('sealedDamaged', { file });
  try {
    for await (const section of readSections(unpack(open(bytesOf(file), passphrase, 'backup', file)), (entry) => found.push(entry))) {
      if (manifest) throw damaged;
      if (!about) about = JSON.parse(await textOf(section.blocks));
      else if (section.card.type === 'manifest') manifest = JSON.parse(await textOf(section.blocks));
      else await use(section, about);
    }
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    throw error instanceof BrokenSections || error instanceof SyntaxError || code.startsWith('Z_') ? damaged : error;
  }
  if (
    !about ||
    !manifest ||
    !isDeepStrictEqual(
      manifest.entries,
      found.filter(({ type }) => type !== 'manifest'),
    )
  )
    throw damaged;
  return { about, manifest };
}
