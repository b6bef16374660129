/** ORG-2, ORG-4 … ORG-8, IMP-1: every kind of person at batches of others, on every route of imports. */
import { expect } from 'vitest';
import type { Client } from '../harness/client.ts';
import { absentId, type Attempt } from './attempts/attempt.ts';
import { fileFor, requestsAbout } from './attempts/imports.ts';
import type { Draw } from './draw.ts';
import type { IsolatedWorld } from './isolated-world.ts';
import { probe } from './probe.ts';
import { canRead, type Viewer } from './visibility.ts';
import type { StoredRow, World } from './world.ts';

/** One person of each kind: role, home and managed segments. */
const kindsOf = ({ people }: World): Viewer[] => [
  ...new Map(people.map((person) => [`${person.role} ${person.home} ${person.managed.join()}`, person])).values(),
];

/** A batch of each other segment, and one of a colleague where such a one is not the viewer's to see. */
function foreignTo(world: World, viewer: Viewer): StoredRow[] {
  const foreign = world.of('crm_imports').filter((row) => !canRead(viewer, row));
  return [...Map.groupBy(foreign, ({ segment }) => segment).values()].map(([first]) => first!);
}

/** Sends attempts; each answers 403 with nothing in it, the same for a batch that there is and for one that there is not. */
async function refusedAll(world: World, client: Client, viewer: Viewer, attempts: readonly Attempt[]): Promise<string[]> {
  const answers = await Promise.all(
    attempts.map(async (attempt) => {
      const { leaks, status } = await probe(world, client, viewer, attempt);
      return leaks.length || status !== 403 ? [`${viewer.role} ${attempt.method} ${attempt.url}: ${status} ${leaks.join('; ')}`] : [];
    }),
  );
  return answers.flat();
}

/** Whoever sees no batch of a segment learns nothing of it on any route, and brings nothing there. */
export async function pairingsAtImports({ world, clientOf }: IsolatedWorld, draw: Draw): Promise<void> {
  const told: string[] = [];
  const pairs = new Set<string>();
  for (const viewer of kindsOf(world)) {
    const client = await clientOf(viewer.email);
    for (const batch of foreignTo(world, viewer)) {
      pairs.add(`${viewer.role} ${batch.segment === viewer.home ? 'colleague' : 'elsewhere'}`);
      const secrets = [{ real: batch.id, absent: absentId(draw) }];
      told.push(...(await refusedAll(world, client, viewer, requestsAbout(batch.id, secrets, 2))));
    }
    if (viewer.role === 'system_admin') continue;
    const writes = viewer.role === 'group_executive' ? [] : viewer.role === 'sales_rep' ? [viewer.home] : viewer.managed;
    const elsewhere = world.segments.filter((segment) => !writes.includes(segment));
    told.push(
      ...(await refusedAll(
        world,
        client,
        viewer,
        elsewhere.map((segment) => fileFor(segment, absentId(draw))),
      )),
    );
  }
  expect(told).toEqual([]);
  expect([...pairs].sort()).toEqual([
    'sales_rep colleague',
    'sales_rep elsewhere',
    'segment_admin elsewhere',
    'segment_head colleague',
    'segment_head elsewhere',
  ]);
}

/** What only the importer does, whoever else sees the batch: group staff, heads, and the technical administrator. */
const IMPORTERS_ALONE = (attempt: Attempt): boolean =>
  ['PATCH', 'DELETE'].includes(attempt.method) ||
  /\/(?:rest|commit)$/u.test(attempt.url) ||
  JSON.stringify(attempt.body) === '{"again":true}';

/** Executives look at the history and change nothing; nobody does the importer's work for it. */
export async function readersOfImports({ world, host, clientOf }: IsolatedWorld): Promise<void> {
  const told: string[] = [];
  const [batch] = world.of('crm_imports');
  const requests = requestsAbout(batch!.id, [], 2);
  const person = (role: Viewer['role']) => world.people.find((one) => one.role === role)!;
  const head = world.people.find((one) => one.role === 'segment_head' && one.managed.includes(batch!.segment!) && one.id !== batch!.owner)!;
  for (const { email, role } of [person('system_admin'), head]) {
    const client = await clientOf(email);
    for (const attempt of requests.filter(IMPORTERS_ALONE)) {
      const { status } = await client.request(attempt.method, attempt.url, attempt.body);
      if (status !== 403) told.push(`${role} ${attempt.method} ${attempt.url}: ${status}`);
    }
  }
  const [executive, technical] = [await clientOf(person('group_executive').email), await host.admin()];
  for (const attempt of requests) {
    const isHistory = attempt.method === 'GET' && attempt.url.endsWith(batch!.id);
    const seen = await executive.request(attempt.method, attempt.url, attempt.body);
    if (seen.status !== (isHistory ? 200 : 403)) told.push(`group_executive ${attempt.method} ${attempt.url}: ${seen.status}`);
    if (!IMPORTERS_ALONE(attempt)) continue;
    const { status } = await technical.request(attempt.method, attempt.url, attempt.body);
    if (status !== 403) told.push(`technical administrator ${attempt.method} ${attempt.url}: ${status}`);
  }
  expect(told).toEqual([]);
}

/** Whoever is frozen gets nothing more of own batches, with a token of before. */
export async function frozenAtImports({ world, host, clientOf }: IsolatedWorld): Promise<void> {
  const rep = world.people.find((person) => person.role === 'sales_rep' && person.home)!;
  const own = world.of('crm_imports').find((row) => row.owner === rep.id)!;
  const client = await clientOf(rep.email);
  const requests = [...requestsAbout(own.id, [], 2), { method: 'GET', url: '/crm/imports' }, fileFor(rep.home!, rep.home!)];
  expect((await client.request('GET', `/crm/imports/${own.id}`)).status).toBe(200);
  await host.database('directus_users').where({ id: rep.id }).update({ status: 'suspended' });
  try {
    const told: string[] = [];
    for (const attempt of requests) {
      const { status, leaks } = await probe(world, client, { ...rep, active: false }, { ...attempt, secrets: [] });
      if (![401, 403].includes(status) || leaks.length) told.push(`${attempt.method} ${attempt.url}: ${status} ${leaks.join()}`);
    }
    expect(told).toEqual([]);
  } finally {
    await host.database('directus_users').where({ id: rep.id }).update({ status: 'active' });
  }
}
