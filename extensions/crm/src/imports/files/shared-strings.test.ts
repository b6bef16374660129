import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { LIMITS } from './limits.ts';
import { readSharedStrings } from './shared-strings.ts';

/** What the disk holds of a file that has no name any more, while it is open. */
const onDisk = (folder: string): Buffer[] =>
  readdirSync('/proc/self/fd').flatMap((file) => {
    try {
      return readlinkSync(`/proc/self/fd/${file}`).startsWith(folder) ? [readFileSync(`/proc/self/fd/${file}`)] : [];
    } catch {
      return [];
    }
  });

test('SEC-1: texts that do not fit into memory lie on the disk sealed, and come back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'crm-shared-'));
  try {
    const text = (at: number) => `王小明 13800138000 ${at}${'。'.repeat(500)}`;
    const xml = `<sst>${Array.from({ length: 3000 }, (_, at) => `<si><t>${text(at)}</t></si>`).join('')}</sst>`;
    const strings = await readSharedStrings(Readable.from([Buffer.from(xml)]), folder, {
      ...LIMITS,
      markupChars: 10_000_000,
      sharedTextInMemory: 1,
    });
    const kept = onDisk(folder);
    expect(kept.length).toBe(1);
    expect(kept[0]!.length).toBeGreaterThan(1_000_000);
    for (const canary of ['13800138000', '王小明', '。。']) expect(kept[0]!.includes(canary)).toBe(false);
    for (const at of [0, 1, 800, 1499, 2999, 701]) expect(strings.get(at)).toBe(text(at));
    strings.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
