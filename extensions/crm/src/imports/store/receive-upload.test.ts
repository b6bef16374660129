import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FileRefusal } from '../files/file-refusal.ts';
import { receiveUpload } from './receive-upload.ts';

const subject = { collection: 'crm_imports', item: 'i', key: randomBytes(32) };
let server: Server;
let outcome: unknown;
beforeAll(async () => {
  server = createServer((request, response) => {
    receiveUpload(request, { path: '/dev/full', subject, most: 10_000_000, fingerprintKeys: [randomBytes(32)] })
      .catch((error: unknown) => (outcome = error))
      .finally(() => response.end('answered'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

test.each([10, 5_000_000])('F43: a full disk ends an upload of %i bytes with its reason, and it is still answered', async (size) => {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(size)]), 'a.csv');
  const { port } = server.address() as AddressInfo;
  outcome = null;
  expect(await (await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: form })).text()).toBe('answered');
  expect(outcome).toBeInstanceOf(FileRefusal);
  expect((outcome as FileRefusal).fault.reason).toBe('no_space');
});
