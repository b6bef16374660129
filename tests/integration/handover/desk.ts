import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { HandoverAnswer, Preview } from '../../../extensions/crm/src/users/handover/contract.ts';
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { insertMany } from '../../../extensions/crm/src/platform/api/bulk-rows.ts';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import { createClient, type Answer } from '../../harness/client.ts';
import type { PersonName, World } from '../access/world.ts';

interface Failed {
  errors: { message: string; extensions: { code: string; reason?: string; rule?: number } }[];
}
type Handed = HandoverAnswer & Failed;

/** What the tests of hand-overs say over and over. */
export const handOver = (world: World, who: PersonName, body: unknown): Promise<Answer<Handed>> =>
  world.as[who].request('POST', '/crm/handovers', body);

export const preview = (world: World, who: PersonName, body: unknown): Promise<Answer<Preview & Failed>> =>
  world.as[who].request('POST', '/crm/handovers/preview', body);

export const look = (world: World, who: PersonName, id: string): Promise<Answer<Handed>> =>
  world.as[who].request('GET', `/crm/handovers/${id}`);

export async function undo(world: World, who: PersonName, id: string): Promise<Answer<Handed>> {
  return world.as[who].request('POST', `/crm/handovers/${id}/undo`, {});
}

/** Hands over, and waits for the end. */
export async function handedOver(world: World, who: PersonName, body: unknown): Promise<HandoverAnswer> {
  const answer = await handOver(world, who, body);
  expect([201, 202], answer.text).toContain(answer.status);
  return ended(world, answer.body.id, 'done');
}

export async function undone(world: World, who: PersonName, id: string): Promise<HandoverAnswer> {
  const answer = await undo(world, who, id);
  expect([200, 202], answer.text).toContain(answer.status);
  return ended(world, id, 'undone');
}

/** Asks until a hand-over has come to its end, by itself or by another process. */
export async function ended(world: World, id: string, state: HandoverAnswer['state']): Promise<HandoverAnswer> {
  await expect.poll(async () => (await look(world, 'sysadmin', id)).body.state, { timeout: 120_000, interval: 100 }).toBe(state);
  return (await look(world, 'sysadmin', id)).body;
}

export const refusal = ({ status, body }: Answer<Failed>) => [
  status,
  body.errors?.[0]?.extensions.reason ?? body.errors?.[0]?.extensions.code,
];

/** Somebody new in segment a, with a log-in; a hand-over takes everything that a person has, so each test has its own. */
export async function newcomer(world: World, role: keyof typeof ROLE_IDS = 'sales_rep', more: object = {}): Promise<PersonName> {
  const name = `n${randomUUID().slice(0, 8)}` as PersonName;
  const answer = await world.user({
    ...{ first_name: name, role: ROLE_IDS[role], crm_segment: world.segment.a, crm_company: world.company },
    ...more,
  });
  expect(answer.status, answer.text).toBe(200);
  const token = randomUUID();
  world.id[name] = answer.body.data.id;
  await world.host.database('directus_users').where({ id: world.id[name] }).update({ token });
  world.as[name] = createClient(world.host.url, token);
  return name;
}

const CHUNK = 500;

/** Many customers of somebody, with activities: a hand-over of them takes a while. Every other one stands in `beside`. */
export async function crowd(
  world: World,
  name: PersonName,
  { customers: many, each, beside }: { customers: number; each: number; beside?: string },
): Promise<void> {
  const { database } = world.host;
  const placeOf = (n: number) => ({ segment: beside && n % 2 ? beside : world.segment.a, owner: world.id[name] });
  const customers = Array.from({ length: many }, (_, n) => ({
    ...{ id: randomUUID(), name: '批量客户', kind: 'company', status: 'active' },
    ...placeOf(n),
  }));
  for (let at = 0; at < many; at += CHUNK) await insertMany(database, 'crm_customers', customers.slice(at, at + CHUNK));
  const activities = customers.flatMap(({ id, segment, owner }) =>
    Array.from({ length: each }, () => ({
      ...{ id: randomUUID(), type: 'call', subject: '往来', customer: id, priority: 'medium', segment, owner },
    })),
  );
  for (let at = 0; at < activities.length; at += CHUNK) await insertMany(database, 'crm_activities', activities.slice(at, at + CHUNK));
}

/** What a hand-over writes for itself, and what is nobody's record: that somebody was there today is written by every first request. */
const OWN = ['crm_handovers', 'crm_handover_rows', 'crm_recent_records', 'crm_logins'];
const SHOWN = [
  ...Object.entries(COLLECTIONS)
    .filter(([name, { tenancy }]) => tenancy !== 'log' && tenancy !== 'internal' && !OWN.includes(name))
    .map(([name]) => name),
  'directus_files',
  'directus_comments',
];

/** Every row of every collection, so that two moments can be compared to the byte. */
export async function everything({ host: { database } }: World): Promise<Record<string, unknown[]>> {
  const portrait: Record<string, unknown[]> = {};
  for (const collection of SHOWN) portrait[collection] = await database(collection).orderBy('id');
  return portrait;
}

export const expectTrue = async ({ host: { database } }: World): Promise<void> => expect(await treeRecount(database)).toEqual([]);
