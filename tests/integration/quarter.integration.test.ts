import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { createClient, type Client } from '../harness/client.ts';
import { virtualClock } from '../harness/virtual-clock.ts';
import { buildWorld, type World } from './access/world.ts';
import { Chance, type Scene } from './quarter/act.ts';
import { compare, live, type Quarter } from './quarter/live.ts';
import { State, type Person } from './quarter/state.ts';

vi.setConfig({ testTimeout: 600_000 });

/** A Monday in spring, nine o'clock in Shanghai; beyond every day that the calendar knows, whose days the test adds itself. */
const START = Date.parse('2031-03-03T01:00:00Z');
const SEED = Number(process.env['CRM_TEST_SEED'] ?? '20261123');
const DAYS = Number(process.env['CRM_TEST_DAYS'] ?? '90');
const ACTS = Number(process.env['CRM_TEST_ACTS'] ?? '6');
const CAST = ['repA1', 'repA2', 'headA', 'adminA', 'sysadmin', 'exec', 'repB', 'headB'] as const;

describe.each(['sqlite', 'pg'] as const)('a quarter of a segment on %s', (db) => {
  let world: World;
  let quarter: Quarter;

  beforeAll(async () => {
    const clock = await virtualClock();
    world = await buildWorld(db, clock.env);
    quarter = { ...(await setUp(world)), tell: (moment) => clock.set(moment) };
    await clock.set(START);
  });
  afterAll(() => world?.host.stop());

  test('SAL-1 … SAL-13, APR-1, ORG-2, ORG-3, USE-3: whatever is done or tried, everything stands as a slow model of it says', async () => {
    await live(quarter, { start: START, days: DAYS, acts: ACTS });
    await compare(quarter);
    const { counts } = quarter;
    // A model that everything is refused by, or nothing, would prove little.
    expect(counts.get('ok')).toBeGreaterThan(DAYS * ACTS * 0.4);
    if (process.env['CRM_TEST_TELL']) console.log(Object.fromEntries(counts));
  });
});

async function setUp(world: World): Promise<Omit<Quarter, 'tell'>> {
  const { database, url } = world.host;
  const third = await world.user({
    first_name: 'repA3',
    role: ROLE_IDS.sales_rep,
    crm_segment: world.segment.a,
    crm_company: world.company,
  });
  const token = randomUUID();
  await database('directus_users').where({ id: third.body.data.id }).update({ token });
  const state = new State();
  Object.assign(state.segments, { a: world.segment.a, b: world.segment.b });
  const clients = new Map<string, Client>(CAST.map((name) => [world.id[name], world.as[name]]));
  clients.set(third.body.data.id, createClient(url, token));
  const managed: { crm_user: string; crm_segment: string }[] = await database('crm_user_segments').select('crm_user', 'crm_segment');
  const users = await database('directus_users')
    .whereIn('id', [...clients.keys()])
    .select('id', 'role', 'crm_segment', 'first_name');
  state.people = users
    .map(({ id, role, crm_segment: home, first_name: name }): Person => ({
      ...{ id, name, home, role: Object.entries(ROLE_IDS).find(([, one]) => one === role)![0] as Person['role'] },
      manages: managed.filter(({ crm_user }) => crm_user === id).map(({ crm_segment }) => crm_segment),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  // Of equals the one with the smaller key comes first, and keys are chance: names follow them, so that a seed says everything.
  const reps = state.people.filter(({ role, home }) => role === 'sales_rep' && home === world.segment.a);
  reps.sort((one, other) => (one.id < other.id ? -1 : 1)).forEach((rep, at) => Object.assign(rep, { name: `repA${at + 1}` }));
  state.people.sort((one, other) => (one.name < other.name ? -1 : 1));

  const { sysadmin } = world.as;
  const say = async (method: string, path: string, body: object): Promise<string> => {
    const answer = await sysadmin.request(method, path, body);
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.body.data.id;
  };
  state.limits = new Map([
    [world.segment.a, 10],
    [world.segment.b, 20],
  ]);
  for (const [segment, discount_limit] of state.limits) await say('PATCH', `/items/crm_segments/${segment}`, { discount_limit });
  // Whether somebody is late depends on when a job of the host wakes.
  for (const rule of await database('crm_approval_rules').pluck('id'))
    await say('PATCH', `/items/crm_approval_rules/${rule}`, { limit_days: 300 });
  for (const name of ['repA1', 'repA2', 'repA3']) {
    await say('POST', '/items/crm_lead_routes', { user: state.named(name).id, segment: world.segment.a, active: true });
    state.routes.push(state.named(name).id);
  }
  for (const [day, kind] of [
    ['2031-04-04', 'holiday'],
    ['2031-05-01', 'holiday'],
    ['2031-05-02', 'holiday'],
    ['2031-04-26', 'workday'],
  ] as const) {
    await say('POST', '/items/crm_calendar_days', { day, kind, name: '节' });
    (kind === 'holiday' ? state.holidays : state.extraDays).add(day);
  }
  const shared = (await database('crm_follow_up_plans').where({ class: 'potential' }).first('id')).id as string;
  await say('PATCH', `/items/crm_follow_up_plans/${shared}`, { every_days: 20, ahead_days: 5 });
  state.plans.push({ id: shared, grade: null, segment: null, type: 'call', every: 20, ahead: 5 });
  for (const [type, grade, every] of [
    ['visit', 'A', 15],
    ['call', 'B', 10],
  ] as const) {
    const row = { name: `${type} ${grade}`, class: 'potential', type, grade, every_days: every, ahead_days: 5, segment: world.segment.a };
    const id = await say('POST', '/items/crm_follow_up_plans', { ...row, subject: '跟进', active: true });
    state.plans.push({ id, grade, segment: world.segment.a, type, every, ahead: 5 });
  }

  const stages = await database('crm_stages').whereNull('segment').select('id', 'key');
  let serial = 0;
  const scene: Scene = {
    state,
    chance: new Chance(SEED),
    as: ({ id }) => clients.get(id)!,
    stage: Object.fromEntries(stages.map(({ id, key }) => [key, id])),
    industry: (await database('crm_industries').where({ code: '65' }).first('id')).id,
    region: (await database('crm_regions').where({ code: '330100' }).first('id')).id,
    serial: () => (serial += 1),
  };
  return { scene, database, log: [], counts: new Map() };
}
