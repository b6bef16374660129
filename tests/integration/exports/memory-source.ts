import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ByteSource } from '../../../extensions/crm/src/imports/files/byte-source.ts';

/** Bytes in memory as the readers of tables want them, with a place to put what they write down. */
export function memorySource(bytes: Buffer): { source: ByteSource; scratch: string; done(): void } {
  const scratch = mkdtempSync(join(tmpdir(), 'crm-export-'));
  const source: ByteSource = {
    size: bytes.length,
    async *read(from = 0, until = bytes.length) {
      yield bytes.subarray(from, until);
    },
    close: async () => undefined,
  };
  return { source, scratch, done: () => rmSync(scratch, { recursive: true }) };
}
