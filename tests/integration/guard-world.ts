/**
 * Two segments, a person of each role, and one small customer tree per rep, written straight into the database: what the
 * guard's tests probe. Every row of segment B has a name that its probes may look for.
 */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { DEMO_ADMIN } from '../../bin/lib/settings.mjs';
import { startHost, type TestHost } from '../harness/host.ts';
import type { Client } from '../harness/client.ts';

export type PersonName = 'repA' | 'repA2' | 'headA' | 'adminA' | 'repB' | 'headB' | 'executive' | 'systemAdmin';

export interface Tree {
  owner: string;
  customer: string;
  contact: string;
  opportunity: string;
  activity: string;
  order: string;
  file: string;
}

export interface GuardWorld {
  host: TestHost;
  segmentA: string;
  segmentB: string;
  people: Record<PersonName, string>;
  /** Trees of repA, of repA2 (same segment) and of repB. */
  mine: Tree;
  colleague: Tree;
  foreign: Tree;
  stage: string;
  tag: string;
  as(person: PersonName): Promise<Client>;
}

const ROLES: Record<PersonName, RoleName> = {
  repA: 'sales_rep',
  repA2: 'sales_rep',
  headA: 'segment_head',
  adminA: 'segment_admin',
  repB: 'sales_rep',
  headB: 'segment_head',
  executive: 'group_executive',
  systemAdmin: 'system_admin',
};

export async function startGuardWorld(db: 'sqlite' | 'pg', env: Record<string, string> = {}): Promise<GuardWorld> {
  const host = await startHost({ db, env });
  const { database } = host;
  const [segmentA, segmentB] = [await addSegment(database, 'ga', '甲'), await addSegment(database, 'gb', '乙')];
  const homes: Record<PersonName, string> = {
    repA: segmentA,
    repA2: segmentA,
    headA: segmentA,
    adminA: segmentA,
    repB: segmentB,
    headB: segmentB,
    executive: GROUP_SEGMENT_ID,
    systemAdmin: GROUP_SEGMENT_ID,
  };
  const { password } = await database('directus_users').where({ email: DEMO_ADMIN }).first('password');
  const people = {} as Record<PersonName, string>;
  for (const name of Object.keys(ROLES) as PersonName[]) people[name] = await addPerson(database, name, ROLES[name], homes[name], password);

  const stage = randomUUID();
  await database('crm_stages').insert({ id: stage, key: 'guard', name: '守护阶段', outcome: 'open' });
  const tag = randomUUID();
  await database('crm_tags').insert({ id: tag, name: '守护标签' });
  const world = { stage };
  return {
    host,
    segmentA,
    segmentB,
    people,
    stage,
    tag,
    mine: await addTree(database, world, { segment: segmentA, owner: people.repA, name: '甲方机械' }),
    colleague: await addTree(database, world, { segment: segmentA, owner: people.repA2, name: '同事机械' }),
    foreign: await addTree(database, world, { segment: segmentB, owner: people.repB, name: '乙方秘密' }),
    as: (person) => host.login(`${person.toLowerCase()}@example.com`),
  };
}

async function addSegment(database: Knex, code: string, name: string): Promise<string> {
  const id = randomUUID();
  await database('crm_segments').insert({ id, code, name, company: GROUP_COMPANY_ID });
  return id;
}

async function addPerson(database: Knex, name: PersonName, role: RoleName, home: string, password: string): Promise<string> {
  const id = randomUUID();
  const email = `${name.toLowerCase()}@example.com`;
  await database('directus_users').insert({
    id,
    email,
    password,
    role: ROLE_IDS[role],
    status: 'active',
    provider: 'default',
    first_name: name,
    crm_segment: home,
    language: name === 'headA' ? 'en-US' : 'zh-CN',
    email_notifications: false,
  });
  if (role === 'segment_head' || role === 'segment_admin')
    await database('crm_user_segments').insert({ id: randomUUID(), crm_user: id, crm_segment: home });
  return id;
}

async function addTree(
  database: Knex,
  { stage }: { stage: string },
  { segment, owner, name }: { segment: string; owner: string; name: string },
): Promise<Tree> {
  const tree = {
    owner,
    customer: randomUUID(),
    contact: randomUUID(),
    opportunity: randomUUID(),
    activity: randomUUID(),
    order: randomUUID(),
    file: randomUUID(),
  };
  const place = { segment, owner };
  await database('crm_customers').insert({
    id: tree.customer,
    ...place,
    name,
    kind: 'company',
    class: 'general',
    status: 'active',
    phone: '13800138000',
    completeness: 10,
  });
  await database('crm_contacts').insert({ id: tree.contact, ...place, customer: tree.customer, name: `${name}联系人`, status: 'active' });
  await database('crm_opportunities').insert({ id: tree.opportunity, ...place, customer: tree.customer, title: `${name}商机`, stage });
  await database('crm_activities').insert({ id: tree.activity, ...place, customer: tree.customer, subject: `${name}拜访`, type: 'visit' });
  await database('crm_orders').insert({ id: tree.order, ...place, customer: tree.customer, number: `${name}-1`, amount: 10 });
  await database('directus_files').insert({
    id: tree.file,
    storage: 'local',
    filename_disk: `${tree.file}.txt`,
    filename_download: `${name}.txt`,
    title: name,
    type: 'text/plain',
    segment,
    owner,
    uploaded_by: owner,
  });
  return tree;
}
