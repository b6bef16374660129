import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Answer } from '../../harness/client.ts';
import { COLLECTIONS_OF_A_TREE, type Tree } from '../access/tree.ts';
import type { PersonName, World } from '../access/world.ts';

interface Failed {
  errors: { message: string; extensions: { code: string; reason?: string; field?: string } }[];
}
type Body = { id: string; state: string; data: { id: string }; transfer: string | null } & Failed;

/** What the tests of transfers say over and over. */
export const ask = (world: World, who: PersonName, row: Record<string, unknown>): Promise<Answer<Body>> =>
  world.as[who].request('POST', '/items/crm_transfers', { reason: '该客户的业务在另一版块', ...row });

export const execute = (world: World, who: PersonName, id: string, body?: unknown): Promise<Answer<Body>> =>
  world.as[who].request('POST', `/crm/transfers/${id}/execute`, body);

/** Code, reason and field of the first refusal. */
export const refusal = ({ status, body }: Answer<Body>) => {
  const [first] = body.errors ?? [];
  return [status, first?.extensions.reason ?? first?.extensions.code, first?.extensions.field ?? null];
};

export const transferOf = (world: World, id: string) => world.host.database('crm_transfers').where({ id }).first();

export const approvalAbout = (world: World, item: string) =>
  world.host.database('crm_approvals').where({ item }).orderBy('date_created', 'desc').first();

export async function decide(world: World, who: PersonName, item: string, decision: 'approve' | 'reject', comment = '同意') {
  const { id, version } = await approvalAbout(world, item);
  return world.as[who].request('POST', `/crm/approvals/${id}/decide`, { decision, comment, version: Number(version) });
}

/** A row of every collection of the tree, and of its file: who gets it by its id. */
export async function statusesFor(world: World, who: PersonName, tree: Tree): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const look = async (name: string, url: string) => {
    found[name] = (await world.as[who].request('GET', url)).status;
  };
  await look('crm_customers', `/items/crm_customers/${tree.customer.id}`);
  for (const collection of COLLECTIONS_OF_A_TREE) await look(collection, `/items/${collection}/${tree.rows[collection].id}`);
  await look('file', `/files/${tree.file}`);
  await look('asset', `/assets/${tree.file}`);
  return found;
}

export async function expectSees(world: World, who: PersonName, tree: Tree, status: 200 | 403): Promise<void> {
  const found = await statusesFor(world, who, tree);
  expect(found, who).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, status])));
}

/** Another company for segment b, to which nobody passes data without a basis. */
export async function ofAnotherCompany(world: World, segment: string): Promise<void> {
  const company = randomUUID();
  await world.host.database('crm_companies').insert({ id: company, name: '乙公司' });
  await world.host.database('crm_segments').where({ id: segment }).update({ company });
}
