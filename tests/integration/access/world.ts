import { randomUUID } from 'node:crypto';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient, type Answer, type Client } from '../../harness/client.ts';
import { startHost, type TestHost } from '../../harness/host.ts';

const SEGMENTS = ['a', 'b', 'c'] as const;
type SegmentKey = (typeof SEGMENTS)[number];

interface Cast {
  role: RoleName;
  home: SegmentKey | 'pool' | null;
  manages?: SegmentKey[];
}

/** Who plays: two segments with staff, a third one managed from the first, group staff, and people without a segment. */
const CAST = {
  sysadmin: { role: 'system_admin', home: 'pool' },
  exec: { role: 'group_executive', home: 'pool' },
  headA: { role: 'segment_head', home: 'a', manages: ['c'] },
  adminA: { role: 'segment_admin', home: 'a' },
  repA1: { role: 'sales_rep', home: 'a' },
  repA2: { role: 'sales_rep', home: 'a' },
  headB: { role: 'segment_head', home: 'b' },
  adminB: { role: 'segment_admin', home: 'b' },
  repB: { role: 'sales_rep', home: 'b' },
  repC: { role: 'sales_rep', home: 'c' },
  lostRep: { role: 'sales_rep', home: null },
  lostHead: { role: 'segment_head', home: null },
} as const satisfies Record<string, Cast>;

export type PersonName = keyof typeof CAST;

export interface World {
  host: TestHost;
  segment: Record<SegmentKey | 'pool', string>;
  company: string;
  id: Record<PersonName, string>;
  as: Record<PersonName, Client>;
  /** The technical administrator of the host. */
  root: Client;
  stage: string;
  /** Creates a row as somebody and gives it back as the database holds it. */
  create(who: PersonName | Client, collection: string, row: Record<string, unknown>): Promise<Stored>;
  row(collection: string, id: string): Promise<Stored>;
  user(fields: Record<string, unknown>, by?: Client): Promise<Answer<{ data: { id: string } }>>;
}

export type Stored = Record<string, unknown> & { id: string; segment: string; owner: string };

/** A running host with a small group of people in it. */
export async function buildWorld(db: 'sqlite' | 'pg', env: Record<string, string> = {}): Promise<World> {
  const host = await startHost({ db, env });
  const root = await host.admin();
  const company = randomUUID();
  await host.database('crm_companies').insert({ id: company, name: '甲公司' });
  const segment = Object.fromEntries(SEGMENTS.map((key) => [key, randomUUID()])) as World['segment'];
  for (const key of SEGMENTS) {
    await host.database('crm_segments').insert({
      id: segment[key],
      code: `t-${key}`,
      name: `版块${key}`,
      company,
      timezone: 'Asia/Shanghai',
      allocation_needs_approval: false,
      is_group_pool: false,
      active: true,
    });
  }
  segment.pool = GROUP_SEGMENT_ID;

  const user: World['user'] = (fields, by = root) =>
    by.request('POST', '/users', {
      email: `${randomUUID()}@example.com`,
      status: 'active',
      first_name: '测试',
      ...fields,
    });
  const id = {} as World['id'];
  const as = {} as World['as'];
  for (const [name, { role, home, ...more }] of Object.entries(CAST) as [PersonName, Cast][]) {
    const managed = more.manages?.map((key) => ({ crm_segment: segment[key] }));
    const answer = await user({
      email: `${name}@example.com`.toLowerCase(),
      first_name: name,
      role: ROLE_IDS[role],
      crm_segment: home && segment[home],
      crm_company: home === 'pool' ? GROUP_COMPANY_ID : company,
      ...(managed ? { crm_managed_segments: managed } : {}),
    });
    if (answer.status !== 200) throw new Error(`user ${name}: ${answer.status} ${answer.text}`);
    id[name] = answer.body.data.id;
    const token = randomUUID();
    await host.database('directus_users').where({ id: id[name] }).update({ token });
    as[name] = createClient(host.url, token);
  }

  const row: World['row'] = (collection, key) => host.database(collection).where({ id: key }).first();
  const stage = await host.database('crm_stages').orderBy('sort').first('id');
  if (!stage) {
    const created = await root.request('POST', '/items/crm_stages', {
      key: 'initial_contact',
      name: '初步接触',
      outcome: 'open',
      sort: 1,
      active: true,
    });
    if (created.status !== 200) throw new Error(`stage: ${created.text}`);
  }
  return {
    host,
    segment,
    company,
    id,
    as,
    root,
    stage: stage?.id ?? (await host.database('crm_stages').first('id')).id,
    async create(who, collection, fields) {
      const client = typeof who === 'string' ? as[who] : who;
      const answer = await client.request<{ data: { id: string } }>('POST', `/items/${collection}`, fields);
      if (answer.status !== 200)
        throw new Error(`${typeof who === 'string' ? who : 'client'} creates in ${collection}: ${answer.status} ${answer.text}`);
      return row(collection, answer.body.data.id);
    },
    row,
    user,
  };
}

/** Next year's calendar is no news here: the job of the minute would tell the system admins of it in the middle of a test (F38). */
export async function calendarIsTold({ host }: Pick<World, 'host'>): Promise<void> {
  const key = `calendar.notice.${new Date().getFullYear() + 1}`;
  await host.database('crm_install_state').insert({ id: randomUUID(), key, value: 'told', hash: '' }).onConflict('key').ignore();
}
