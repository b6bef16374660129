import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { open, seal } from './sealed-file.mjs';

const PASSPHRASE = '一个够长的口令 2026';
/** The cost stands in the file; a cheap one keeps these tests short. */
const CHEAP = { N: 2 ** 10, r: 8, p: 1 };
const CHUNK = 1024 * 1024;
const content = randomBytes(2 * CHUNK + 5);

async function* pieces(bytes: Buffer, size = 70_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
async function whole(source: AsyncIterable<Buffer>) {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}
const sealed = (bytes: Buffer, kind: 'backup' | 'keys' = 'backup') => whole(seal(pieces(bytes), PASSPHRASE, kind, CHEAP));
const opened = (bytes: Buffer, passphrase = PASSPHRASE) => whole(open(pieces(bytes, 999_983), passphrase, 'backup', 'x.crmbackup'));

const original = await sealed(content);
const headerEnd = 12 + original.readUInt32BE(8) + 32;
/** Where the chunks begin. */
const starts = [headerEnd, headerEnd + 4 + CHUNK + 16, headerEnd + 2 * (4 + CHUNK + 16)];

const changed = (at: number) => {
  const copy = Buffer.from(original);
  copy[at]! ^= 1;
  return copy;
};
const chunk = (index: number) => original.subarray(starts[index], starts[index + 1]);
const head = original.subarray(0, headerEnd);

describe('files under a passphrase (SEC-1, F43, F44)', () => {
  it.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1])('come back as they were: %d bytes', async (length) => {
    const bytes = content.subarray(0, length);
    expect((await opened(await sealed(bytes))).equals(bytes)).toBe(true);
  });

  it('come back as they were, over several chunks', async () => {
    expect((await opened(original)).equals(content)).toBe(true);
  });

  it('are never the same twice and show nothing of their content', async () => {
    const text = Buffer.from('13800138000'.repeat(50));
    const [one, other] = [await sealed(text), await sealed(text)];
    expect(one.equals(other)).toBe(false);
    expect(one.includes('13800138000')).toBe(false);
  });

  it('open for one spelling of a passphrase, however it is composed', async () => {
    const file = await whole(seal(pieces(content.subarray(0, 9)), 'Ça va être é', 'backup', CHEAP));
    expect((await opened(file, 'Ça va être é'.normalize('NFD'))).length).toBe(9);
  });

  it('open for no other passphrase', async () => {
    await expect(opened(original, `${PASSPHRASE} `)).rejects.toMatchObject({ problem: 'passphraseWrong' });
  });

  it.each([
    ['a flipped bit in the header', () => changed(20)],
    ['a flipped bit in the hash of the header', () => changed(headerEnd - 1)],
    ['a flipped bit in the first chunk', () => changed(starts[0]! + 100)],
    ['a flipped bit in a length', () => changed(starts[1]! + 3)],
    ['a flipped bit in the last byte', () => changed(original.length - 1)],
    ['cut off in the middle', () => original.subarray(0, starts[1]! + 500)],
    ['cut off between two chunks', () => original.subarray(0, starts[2])],
    ['cut off after the header', () => head],
    ['cut off in the header', () => original.subarray(0, 40)],
    ['chunks in another order', () => Buffer.concat([head, chunk(1), chunk(0), chunk(2)])],
    ['a chunk left out', () => Buffer.concat([head, chunk(0), chunk(2)])],
    ['a chunk twice', () => Buffer.concat([head, chunk(0), chunk(1), chunk(1), chunk(2)])],
    ['something after its end', () => Buffer.concat([original, Buffer.from('more')])],
  ])('are refused with %s', async (_, broken) => {
    await expect(opened(broken())).rejects.toMatchObject({ problem: 'sealedDamaged' });
  });

  it.each([
    ['another file', Buffer.from('SQLite format 3\0and more of it'), 'sealedForeign'],
    ['an empty file', Buffer.alloc(0), 'sealedForeign'],
    ['a later format', Buffer.concat([Buffer.from('GRPCRM02'), original.subarray(8)]), 'sealedNewer'],
  ])('are told from %s', async (_, bytes, problem) => {
    await expect(opened(bytes)).rejects.toMatchObject({ problem });
  });

  it('do not take a key export for a backup', async () => {
    await expect(opened(await sealed(content.subarray(0, 50), 'keys'))).rejects.toMatchObject({ problem: 'sealedOther' });
  });

  it('cannot make whoever opens them use up the memory', async () => {
    const header = Buffer.from(JSON.stringify({ kind: 'backup', cipher: 'aes-256-gcm', N: 2 ** 30, r: 8, p: 1, salt: '', check: '' }));
    const lead = Buffer.concat([Buffer.from('GRPCRM01'), Buffer.from([0, 0, 0, header.length]), header]);
    const { createHash } = await import('node:crypto');
    const file = Buffer.concat([lead, createHash('sha256').update(lead).digest(), chunk(2)]);
    await expect(opened(file)).rejects.toMatchObject({ problem: 'sealedDamaged' });
  });
});
