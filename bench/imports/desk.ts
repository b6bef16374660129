/** The way of a file through our API, and through the host's own import; each step timed. */
import type { Client } from '../../tests/harness/client.ts';
import { deskOf, type View } from '../../tests/integration/imports/desk.ts';
import type { Planted } from './hosts.ts';
import { DAMAGED } from './same-rows.ts';
import { hostContacts, hostCustomers } from './table.ts';

const PATIENCE_MS = 3_600_000;
const LOOK_MS = 200;

export const elapsed = async <T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> => {
  const begun = performance.now();
  const result = await work();
  return { ms: performance.now() - begun, result };
};

/** Uploads a table and waits until it has been read, judged and sealed. */
export async function stageFile({ importer, place }: Planted, content: Buffer, name: string): Promise<View> {
  const desk = deskOf(importer);
  const answer = await desk.send(content, { name, segment: place.segment });
  if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${answer.text}`);
  return desk.settled(answer.body.id, PATIENCE_MS, LOOK_MS);
}

/** Commits what is good and waits for the end. */
export async function commitFile(importer: Client, id: string): Promise<View> {
  const answer = await importer.request('POST', `/crm/imports/${id}/commit`, {});
  if (answer.status >= 300) throw new Error(`commit: ${answer.status} ${answer.text}`);
  for (;;) {
    const { body } = await deskOf(importer).view(id);
    if (body.status === 'imported') return body;
    if (body.status !== 'importing') throw new Error(`commit: ${JSON.stringify(body)}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

export async function discardFile(importer: Client, id: string): Promise<void> {
  const { status, text } = await importer.request('DELETE', `/crm/imports/${id}`);
  if (status >= 300) throw new Error(`discard: ${status} ${text}`);
}

/** The host's own import of the same customers and contacts; milliseconds of its two requests. */
export async function importByHost({ host, place, importer }: Planted, run: number, rows: number): Promise<number> {
  async function send(collection: string, file: Buffer): Promise<number> {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file)], { type: 'text/csv' }), `${collection}.csv`);
    const { ms, result } = await elapsed(() => importer.request('POST', `/utils/import/${collection}`, form));
    if (result.status >= 300) throw new Error(`the host's import: ${result.status} ${result.text.slice(0, 500)}`);
    return ms;
  }
  const before = await send('crm_customers', hostCustomers(run, rows, place));
  const customers: { id: string; name: string }[] = await host.database('crm_customers').select('id', 'name');
  const ids = new Map(customers.map(({ id, name }) => [name, id]));
  // A name that the host has damaged is found by what is left over.
  const damaged = customers.filter(({ name }) => name.includes(DAMAGED)).map(({ id }) => id);
  const idOf = (name: string): string => ids.get(name) ?? damaged.pop()!;
  return before + (await send('crm_contacts', hostContacts(run, rows, place, idOf)));
}
