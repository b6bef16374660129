/** ORG-2, ORG-3, Q1: which files of exports a move takes with it, on a database in memory. */
import type { Knex } from 'knex';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { modelInMemory } from '../../../../../tests/harness/model-in-memory.ts';
import { GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../kernel/roles.ts';
import { letGoOfRows } from './let-go-of-rows.ts';

const now = new Date('2026-11-23T02:00:00Z');
const later = new Date('2026-11-24T02:00:00Z');
const PEOPLE: Readonly<Record<string, RoleName>> = {
  ...{ rep: 'sales_rep', rep2: 'sales_rep', head: 'segment_head', admin: 'segment_admin' },
  ...{ executive: 'group_executive', marketing: 'system_admin' },
};
let database: Knex;

beforeEach(async () => {
  database = await modelInMemory(['crm_exports', 'crm_import_rows']);
  for (const [id, role] of Object.entries(PEOPLE)) await database('directus_users').insert({ id, role: ROLE_IDS[role] });
});
afterEach(() => database.destroy());

interface Made {
  owner: string;
  segment?: string;
  status?: string;
  segments?: string[];
  collection?: string;
}

/** What becomes of an export when a customer goes away from the rep of segment a. */
async function becomes({ owner, segment = 'a', status = 'done', segments = [], collection = 'crm_customers' }: Made, to: string) {
  const asked = JSON.stringify({ segments });
  const row = { id: 'x', owner, segment, status, asked, collection, expires_at: status === 'done' ? later : null };
  await database('crm_exports').insert(row);
  const leaving = { from: { segment: 'a', owner: 'rep' }, to: { segment: to, owner: 'heir' } };
  const rows = new Map([
    ['crm_customers', new Set(['c'])],
    ['crm_contacts', new Set<string>()],
  ]);
  await letGoOfRows(database, leaving, rows, now);
  const left = await database('crm_exports').first('status', 'expires_at');
  if (left.status !== status) return left.status;
  return Number(left.expires_at) === now.getTime() ? 'gone' : 'kept';
}

const GROUP = GROUP_SEGMENT_ID;
it.each<[string, Made, string]>([
  ['of the former owner', { owner: 'rep' }, 'gone'],
  ['of the segment’s head', { owner: 'head' }, 'gone'],
  ['of a head of several segments', { owner: 'head', segment: GROUP, segments: ['a', 'b'] }, 'gone'],
  ['of a head of other segments', { owner: 'head', segment: GROUP, segments: ['b'] }, 'kept'],
  ['that is being made', { owner: 'rep', status: 'running' }, 'stopped'],
  ['that a head of several segments is making', { owner: 'head', segment: GROUP, status: 'running' }, 'stopped'],
  ['of the group staff', { owner: 'executive', segment: GROUP, segments: ['a'] }, 'kept'],
  ['that the group staff are making', { owner: 'marketing', segment: GROUP, status: 'running' }, 'kept'],
  ['of something else', { owner: 'rep', collection: 'crm_leads' }, 'kept'],
  ['of something of which nothing moved', { owner: 'rep', collection: 'crm_contacts' }, 'kept'],
  ['of another segment', { owner: 'rep', segment: 'b' }, 'kept'],
])('ORG-2, ORG-3: across segments, a file %s: %#', async (_name, made, expected) => {
  expect(await becomes(made, 'b')).toBe(expected);
});

it.each<[string, Made, string]>([
  ['of the former owner', { owner: 'rep' }, 'gone'],
  ['that the former owner is making', { owner: 'rep', status: 'running' }, 'stopped'],
  ['of a colleague', { owner: 'rep2' }, 'kept'],
  ['of the segment’s admin, who sees it still', { owner: 'admin' }, 'kept'],
])('Q1: within the segment, a file %s: %#', async (_name, made, expected) => {
  expect(await becomes(made, 'a')).toBe(expected);
});

it('Q1: within the segment the lines of its imports stay; across segments they go', async () => {
  await database('crm_import_rows').insert({ id: 'l', item: 'c', state: 'done', content: 'secret' });
  const rows = new Map([['crm_customers', new Set(['c'])]]);
  const from = { segment: 'a', owner: 'rep' };
  await letGoOfRows(database, { from, to: { segment: 'a', owner: 'heir' } }, rows, now);
  expect(await database('crm_import_rows').first('state', 'content')).toEqual({ state: 'done', content: 'secret' });
  await letGoOfRows(database, { from, to: { segment: 'b', owner: 'heir' } }, rows, now);
  expect(await database('crm_import_rows').first('state', 'content')).toEqual({ state: 'kept', content: null });
});
