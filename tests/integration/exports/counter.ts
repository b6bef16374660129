import { setTimeout as wait } from 'node:timers/promises';
import { openTable } from '../../../extensions/crm/src/imports/files/open-table.ts';
import { LIMITS } from '../../../extensions/crm/src/imports/files/limits.ts';
import type { Answer, Client } from '../../harness/client.ts';
import { memorySource } from './memory-source.ts';

export interface Made {
  id: string;
  status: 'running' | 'done' | 'stopped' | 'failed' | 'asked' | 'approved' | 'rejected';
  rows: number;
  done: number;
  file_name: string;
  expires_at: string;
  available: boolean;
  start_by: string | null;
  approval: string | null;
  message: string | null;
  errors?: { message: string; extensions: { code: string; reason?: string } }[];
}

/** What the export page does, as one person. */
export function counterOf(client: Client) {
  const ask = (body: object): Promise<Answer<Made>> =>
    client.request<Made>('POST', '/crm/exports', { collection: 'crm_customers', format: 'csv', reason: '季度核对', ...body });

  const look = async (id: string): Promise<Made> => (await client.request<Made>('GET', `/crm/exports/${id}`)).body;

  /** Waits until an export runs no more. */
  async function ended(id: string): Promise<Made> {
    for (;;) {
      const made = await look(id);
      if (made.status !== 'running') return made;
      await wait(100);
    }
  }

  async function take(body: object = {}): Promise<Made> {
    const answer = await ask(body);
    if (![201, 202].includes(answer.status)) throw new Error(`export: ${answer.status} ${answer.text}`);
    return ended(answer.body.id);
  }

  /** `[status, reason or code]` of an answer. */
  const outcome = ({ status, body }: Answer<Made>): [number, string | undefined] => {
    const error = body?.errors?.[0];
    return [status, error?.extensions.reason ?? error?.extensions.code];
  };

  const why = async (body: object): Promise<[number, string | undefined]> => outcome(await ask(body));

  async function fetchFile(id: string, host: string): Promise<{ status: number; bytes: Buffer; headers: Headers }> {
    const response = await fetch(`${host}/crm/exports/${id}/file`, { headers: { authorization: `Bearer ${client.token}` } });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()), headers: response.headers };
  }

  const act = (what: 'start' | 'cancel', id: string): Promise<Answer<Made>> => client.request<Made>('POST', `/crm/exports/${id}/${what}`);

  return { client, ask, take, look, ended, why, fetchFile, act, outcome };
}

/** The cells of a fetched table, as the reader of imports has them. */
export async function cellsOf(bytes: Buffer, name: string, sheet?: string): Promise<string[][]> {
  const { source, scratch, done } = memorySource(bytes);
  try {
    const table = await openTable({ source, name, scratch }, sheet === undefined ? {} : { sheet }, LIMITS);
    const cells: string[][] = [];
    for await (const batch of table.rows()) cells.push(...batch.map((row) => [...row.cells]));
    return cells;
  } finally {
    done();
  }
}
