import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { ByteReader } from './byte-reader.mjs';
import { freshKey, isRecipe, storedKey } from './passphrase-key.mjs';
import { Problem } from '../problem.mjs';

/**
 * Everything that leaves this machine under a passphrase (backups, key exports), in one format:
 * `GRPCRM` · two digits of the format · length of the header (u32) · header (JSON) · SHA-256 of all before · chunks.
 * Each chunk is its length (u32) and AES-256-GCM over at most 1 MiB. Its nonce counts the chunks and says which is the last one,
 * and the hash of the header is authenticated with it: a chunk that is missing, moved, repeated or changed is found, a cut-off
 * file too. The key is new for every file, so that no nonce is used twice.
 */
const PRODUCT = 'GRPCRM';
const FORMAT = 1;
const LEAD = 12;
const MOST_HEADER = 4096;
const CHUNK = 1024 * 1024;
const TAG = 16;

/** @typedef {'backup' | 'keys'} SealedKind */

const sha256 = (/** @type {Buffer} */ bytes) => createHash('sha256').update(bytes).digest();

/** @param {number} index @param {boolean} isLast */
function nonceOf(index, isLast) {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(isLast ? 1 : 0, 0);
  nonce.writeBigUInt64BE(BigInt(index), 4);
  return nonce;
}

/** @param {Buffer} key @param {Buffer} lead @param {number} index @param {Buffer} text @param {boolean} isLast */
function sealChunk(key, lead, index, text, isLast) {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(index, isLast)).setAAD(lead);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length + TAG);
  return Buffer.concat([length, cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/**
 * @param {AsyncIterable<Buffer>} source
 * @param {string} passphrase
 * @param {SealedKind} kind
 * @param {{ N: number, r: number, p: number }} [cost] of a guess; tests take less
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* seal(source, passphrase, kind, cost) {
  const { key, recipe } = await freshKey(passphrase, cost);
  const header = Buffer.from(JSON.stringify({ kind, cipher: 'aes-256-gcm', kdf: 'scrypt', ...recipe }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(header.length);
  const lead = Buffer.concat([Buffer.from(`${PRODUCT}${String(FORMAT).padStart(2, '0')}`), length, header]);
  const hash = sha256(lead);
  yield Buffer.concat([lead, hash]);
  const reader = new ByteReader(source);
  for (let index = 0, isLast = false; !isLast; index += 1) {
    const text = await reader.read(CHUNK);
    isLast = await reader.isAtEnd();
    yield sealChunk(key, hash, index, text, isLast);
  }
}

/** @param {ByteReader} reader @param {string} name @param {SealedKind} kind */
async function readLead(reader, name, kind) {
  const start = await reader.read(LEAD);
  const [product, format] = [start.toString('latin1', 0, 6), Number(start.toString('latin1', 6, 8))];
  if (start.length < LEAD || product !== PRODUCT || !Number.isInteger(format)) throw new Problem('sealedForeign', { file: name });
  if (format > FORMAT) throw new Problem('sealedNewer', { file: name, format });
  const length = start.readUInt32BE(8);
  if (length > MOST_HEADER) throw new Problem('sealedDamaged', { file: name });
  const header = await reader.read(length);
  const hash = await reader.read(32);
  if (!sha256(Buffer.concat([start, header])).equals(hash)) throw new Problem('sealedDamaged', { file: name });
  const { cipher, kind: found, ...recipe } = JSON.parse(header.toString());
  if (!isRecipe(recipe) || cipher !== 'aes-256-gcm') throw new Problem('sealedDamaged', { file: name });
  if (found !== kind) throw new Problem('sealedOther', { file: name, kind: found });
  return { recipe, hash };
}

/** @param {ByteReader} reader @param {Buffer} key @param {Buffer} hash @param {string} name */
async function* openChunks(reader, key, hash, name) {
  for (let index = 0, isLast = false; !isLast; index += 1) {
    const length = (await reader.read(4)).toString('hex');
    const size = parseInt(length, 16);
    if (length.length < 8 || size < TAG || size > CHUNK + TAG) throw new Problem('sealedDamaged', { file: name });
    const sealed = await reader.read(size);
    isLast = await reader.isAtEnd();
    if (sealed.length < size) throw new Problem('sealedDamaged', { file: name });
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(index, isLast))
      .setAAD(hash)
      .setAuthTag(sealed.subarray(size - TAG));
    try {
      const text = Buffer.concat([decipher.update(sealed.subarray(0, size - TAG)), decipher.final()]);
      yield text;
    } catch {
      throw new Problem('sealedDamaged', { file: name });
    }
  }
}

/**
 * Opens what `seal` made; each chunk is given out only after it proved to be whole and in its place. The end of the stream proves that
 * nothing is missing: whoever stops before knows nothing about the rest.
 * @param {AsyncIterable<Buffer>} source
 * @param {string} passphrase
 * @param {SealedKind} kind
 * @param {string} name for the messages
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* open(source, passphrase, kind, name) {
  const reader = new ByteReader(source);
  try {
    const { recipe, hash } = await readLead(reader, name, kind);
    const key = await storedKey(passphrase, recipe);
    if (!key) throw new Problem('passphraseWrong', { file: name });
    yield* openChunks(reader, key, hash, name);
  } finally {
    await reader.close();
  }
}
