import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, describe, expect, test } from 'vitest';
import type { Subject } from '../../privacy/index.ts';
import { readRange } from '../files/byte-source.ts';
import { FRAME, openSealedFile, sealingStream } from './sealed-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'crm-sealed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const subject = (): Subject => ({ collection: 'crm_imports', item: 'i', key: randomBytes(32) });
const path = join(folder, 'file');

async function seal(bytes: Buffer, to: Subject, piece = 70_000): Promise<void> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / piece) }, (_, at) => bytes.subarray(at * piece, (at + 1) * piece));
  await pipeline(Readable.from(pieces), sealingStream(to), createWriteStream(path));
}

describe('SEC-1: an upload lies encrypted', () => {
  test.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME, 3 * FRAME + 77])('%i bytes come back whole, and in any part', async (size) => {
    const bytes = randomBytes(size);
    const key = subject();
    await seal(bytes, key);
    const source = await openSealedFile(path, key);
    expect(source.size).toBe(size);
    expect((await readRange(source, 0, size)).equals(bytes)).toBe(true);
    for (const [from, until] of [
      [0, 10],
      [FRAME - 3, FRAME + 3],
      [size - 5, size + 100],
      [size + 1, size + 2],
    ] as const)
      expect((await readRange(source, Math.max(0, from), until)).equals(bytes.subarray(Math.max(0, from), Math.max(0, until)))).toBe(true);
    await source.close();
  });

  test('nothing of it can be read on the disk, nor with the key of another import', async () => {
    const key = subject();
    await seal(Buffer.from('客户名称,手机\n北京甲有限公司,13800131234\n'.repeat(20_000)), key);
    expect(readFileSync(path).includes('13800131234')).toBe(false);
    const other = await openSealedFile(path, subject());
    await expect(readRange(other, 0, 10)).rejects.toThrow();
    await other.close();
  });

  test('a file that was cut off, changed or put together anew is not taken for whole', async () => {
    const key = subject();
    const bytes = randomBytes(2 * FRAME + 5);
    const spoil = async (change: () => void) => {
      await seal(bytes, key);
      change();
      const source = await openSealedFile(path, key);
      try {
        await readRange(source, 0, source.size);
      } finally {
        await source.close();
      }
    };
    const frame = FRAME + 16;
    await expect(spoil(() => truncateSync(path, 21 + 2 * frame))).rejects.toThrow();
    await expect(spoil(() => truncateSync(path, 21 + frame + 100))).rejects.toThrow();
    await expect(
      spoil(() => {
        const stored = readFileSync(path);
        stored[500]! ^= 1;
        writeFileSync(path, stored);
      }),
    ).rejects.toThrow();
    await expect(
      spoil(() => {
        const stored = readFileSync(path);
        const [one, two] = [stored.subarray(21, 21 + frame), stored.subarray(21 + frame, 21 + 2 * frame)];
        writeFileSync(path, Buffer.concat([stored.subarray(0, 21), two, one, stored.subarray(21 + 2 * frame)]));
      }),
    ).rejects.toThrow();
  });
});
