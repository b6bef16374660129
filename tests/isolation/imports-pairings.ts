/** ORG-2, ORG-4 … ORG-8, IMP-1: every kind of person at batches of others, on every route of imports. */
import { expect } from 'vitest';
import type { Client } from '../harness/client.ts';
import { absentId, type Attempt } from './attempts/attempt.ts';
import { fileFor, requestsAbout } from './attempts/imports.ts';
import type { Draw } from './draw.ts';
import type { IsolatedWorld } from './isolated-world.ts';
import { probe, send } from './probe.ts';
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

type Told = Record<string, string>;

/** What somebody is told by each request; names of what the requests name are taken out. */
async function toldBy(client: Client, attempts: readonly Attempt[], named: string): Promise<Told> {
  const answers = await Promise.all(attempts.map((attempt) => send(client, attempt)));
  const told = answers.map(({ status, text }, at) => [
    `${attempts[at]!.method} ${attempts[at]!.url} ${JSON.stringify(attempts[at]!.body ?? '')}`.replaceAll(named, ':id'),
    `${status} ${text}`.replaceAll(named, ':id'),
  ]);
  return Object.fromEntries(told) as Told;
}

/** Whoever sees no batch of a segment learns nothing of it on any route, and brings nothing there. */
export async function pairingsAtImports({ world, clientOf }: IsolatedWorld, draw: Draw): Promise<void> {
  const pairs = new Set<string>();
  for (const viewer of kindsOf(world)) {
    const client = await clientOf(viewer.email);
    const about = (id: string) => toldBy(client, requestsAbout(id, [], 2), id);
    const none = await about(absentId(draw));
    if (viewer.role !== 'system_admin' && viewer.role !== 'group_executive')
      for (const [request, answer] of Object.entries(none))
        expect([viewer.role, request, answer.slice(0, 4)]).toEqual([viewer.role, request, '403 ']);
    for (const batch of foreignTo(world, viewer)) {
      pairs.add(`${viewer.role} ${batch.segment === viewer.home ? 'colleague' : 'elsewhere'}`);
      expect([viewer.email, await about(batch.id)]).toEqual([viewer.email, none]);
    }
    if (viewer.role === 'system_admin') continue;
    const writes = viewer.role === 'group_executive' ? [] : viewer.role === 'sales_rep' ? [viewer.home] : viewer.managed;
    const absent = absentId(draw);
    const nowhere = await toldBy(client, [fileFor(absent, absent)], absent);
    expect([viewer.email, Object.values(nowhere)[0]!.slice(0, 4)]).toEqual([viewer.email, '403 ']);
    for (const segment of world.segments.filter((one) => !writes.includes(one)))
      expect([viewer.email, await toldBy(client, [fileFor(segment, segment)], segment)]).toEqual([viewer.email, nowhere]);
  }
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
