import type { ImportView } from '../../../extensions/crm/src/imports/view/import-view.ts';
import type { lineView } from '../../../extensions/crm/src/imports/view/row-view.ts';
import type { Answer, Client } from '../../harness/client.ts';

export type View = ImportView & { errors?: { message: string; extensions: { code: string; reason?: string } }[] };
export interface Rows {
  total: number;
  clear: boolean;
  rows: ReturnType<typeof lineView>[];
}

export interface Order {
  kind?: string;
  name?: string;
  [field: string]: string | undefined;
}

/** What the import page does, as one person. */
export function deskOf(client: Client) {
  const view = (id: string) => client.request<View>('GET', `/crm/imports/${id}`);

  /** Waits until a file that is read in the background has been read, or cannot be. */
  async function settled(id: string, patience = 60_000, pause = 50): Promise<View> {
    for (const until = Date.now() + patience; ;) {
      const { body } = await view(id);
      if (body.status !== 'uploaded' || body.refusal) return body;
      if (Date.now() > until) throw new Error(`still being read: ${JSON.stringify(body.counts)}`);
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  async function send(content: Buffer | string, { kind = 'customers', name = '客户.csv', ...fields }: Order = {}): Promise<Answer<View>> {
    const form = new FormData();
    form.set('kind', kind);
    for (const [field, value] of Object.entries(fields)) if (value !== undefined) form.set(field, value);
    form.set('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)]), name);
    return client.request<View>('POST', '/crm/imports', form);
  }

  /** Brings a file that can be read. */
  async function bring(content: Buffer | string, order?: Order): Promise<View> {
    const answer = await send(content, order);
    if (answer.status !== 201) throw new Error(`upload: ${answer.status} ${answer.text}`);
    return settled(answer.body.id);
  }

  async function change(id: string, body: object): Promise<View> {
    const answer = await client.request<View>('PATCH', `/crm/imports/${id}`, body);
    if (answer.status !== 200) throw new Error(`change: ${answer.status} ${answer.text}`);
    return settled(id);
  }

  const rows = async (id: string, query = ''): Promise<Rows> =>
    (await client.request<Rows>('GET', `/crm/imports/${id}/rows?limit=100${query}`)).body;

  return { client, view, settled, send, bring, change, rows };
}

export type Desk = ReturnType<typeof deskOf>;

/** A text table as programs write it. */
export const csv = (...table: readonly (readonly string[])[]): string =>
  table.map((cells) => cells.map((cell) => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')).join('\r\n');
