import { expect } from 'vitest';
import type { Answer, Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';

export const TODAY = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const DAY_MS = 86_400_000;

/** A day so many days from today, by Shanghai's calendar. */
export const dayFromNow = (days: number): string => new Date(Date.parse(TODAY) + days * DAY_MS).toISOString().slice(0, 10);

type Fields = Record<string, unknown>;
export interface Fault {
  status: number;
  code: string | undefined;
  reason: string | undefined;
  field: string | undefined;
}

/** What a refusal says, as programs read it. */
export const faultOf = ({ status, body }: Answer): Fault => {
  const extensions = (body as { errors?: { extensions: Record<string, string> }[] } | undefined)?.errors?.[0]?.extensions;
  return { status, code: extensions?.['code'], reason: extensions?.['reason'], field: extensions?.['field'] };
};

const REQUESTS = '/items/crm_access_requests';

export const file = (client: Client, row: Fields) => client.request('POST', REQUESTS, { effective_on: TODAY, reason: '人员变动', ...row });

/** Files a form and gives its key. */
export async function filed(client: Client, row: Fields): Promise<string> {
  const answer = await file(client, row);
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data.id;
}

export async function decide(world: World, item: string, by: Client, decision: 'approve' | 'reject' = 'approve'): Promise<Answer> {
  const approval = await world.host.database('crm_approvals').where({ item, state: 'pending' }).first();
  const body = { decision, version: Number(approval.version), comment: '已核实' };
  return by.request('POST', `/crm/approvals/${approval.id}/decide`, body);
}

/** Filed and approved by the head of the segment. */
export async function approved(world: World, by: Client, row: Fields, head: Client = world.as.headA): Promise<string> {
  const id = await filed(by, row);
  const answer = await decide(world, id, head);
  expect(answer.status, answer.text).toBe(200);
  return id;
}

export const execute = (client: Client, id: string, body: object = {}) =>
  client.request('POST', `/crm/access-requests/${id}/execute`, body);
export const withdraw = (client: Client, id: string) => client.request('POST', `/crm/access-requests/${id}/withdraw`, {});
export const preview = (client: Client, id: string) => client.request('GET', `/crm/access-requests/${id}/preview`);

export async function until(isSo: () => Promise<boolean>, ms = 50_000): Promise<void> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) if (await isSo()) return;
  throw new Error('it did not come to that');
}
