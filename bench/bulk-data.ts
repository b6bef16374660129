/** Seeded rows at the size of B1, made by the database itself: ten segments, thirty reps each, five activities a customer. */
import type { Knex } from 'knex';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../seed/ids.ts';

const SEGMENTS = 10;
const REPS = 30;

export interface BulkPerson {
  email: string;
  role: RoleName;
}

const person = (role: RoleName, segment: number, index = 0): string => stableId(`bench:${role}:${segment}:${index}`);
const segmentId = (segment: number): string => stableId(`bench:segment:${segment}`);

async function people(database: Knex, passwordHash: string): Promise<BulkPerson[]> {
  for (let segment = 0; segment < SEGMENTS; segment++) {
    await database('crm_segments').insert({
      id: segmentId(segment),
      code: `b${segment}`,
      name: `Segment ${segment}`,
      company: GROUP_COMPANY_ID,
    });
  }
  const rows: (BulkPerson & { id: string; segment: string })[] = [
    { id: person('system_admin', 0), email: 'bench.sysadmin@example.com', role: 'system_admin', segment: GROUP_SEGMENT_ID },
    { id: person('group_executive', 0), email: 'bench.exec@example.com', role: 'group_executive', segment: GROUP_SEGMENT_ID },
    { id: person('segment_head', 0), email: 'bench.head@example.com', role: 'segment_head', segment: segmentId(0) },
    { id: person('segment_admin', 0), email: 'bench.segadmin@example.com', role: 'segment_admin', segment: segmentId(0) },
  ];
  for (let segment = 0; segment < SEGMENTS; segment++) {
    for (let index = 0; index < REPS; index++) {
      rows.push({
        id: person('sales_rep', segment, index),
        email: `bench.rep${index}.b${segment}@example.com`,
        role: 'sales_rep',
        segment: segmentId(segment),
      });
    }
  }
  await database.batchInsert(
    'directus_users',
    rows.map(({ id, email, role, segment }) => ({
      id,
      email,
      role: ROLE_IDS[role],
      crm_segment: segment,
      password: passwordHash,
      status: 'active',
      provider: 'default',
      first_name: role,
      last_name: email.slice(6, 12),
    })),
    100,
  );
  for (const { id, role, segment } of rows) {
    if (role === 'segment_head' || role === 'segment_admin')
      await database('crm_user_segments').insert({ id: stableId(`bench:managed:${id}`), crm_user: id, crm_segment: segment });
  }
  return rows.filter(({ role, email }) => role !== 'sales_rep' || email === 'bench.rep0.b0@example.com');
}

/** Fills a PostgreSQL installation with `rows` customers and five times as many activities; returns one log-in a role. */
export async function fillBulk(database: Knex, { rows, passwordHash }: { rows: number; passwordHash: string }): Promise<BulkPerson[]> {
  const logIns = await people(database, passwordHash);
  await database.raw(
    `CREATE TEMPORARY TABLE bench_reps AS
     SELECT row_number() OVER (ORDER BY email) - 1 AS n, id, crm_segment AS segment FROM directus_users WHERE email LIKE 'bench.rep%'`,
  );
  const reps = SEGMENTS * REPS;
  await database.raw(
    `INSERT INTO crm_customers (id, name, kind, class, grade, status, completeness, segment, owner, last_activity_at, date_created)
     SELECT md5('customer' || g)::uuid, '客户' || md5(g::text) || '有限公司', 'company',
            (ARRAY['key','general','potential'])[1 + g % 3], (ARRAY['A','B','C'])[1 + g % 3],
            'active', g % 101, r.segment, r.id, now() - (g % 400) * interval '1 hour', now() - (g % 900) * interval '1 day'
     FROM generate_series(1, ?::int) g JOIN bench_reps r ON r.n = g % ${reps}`,
    [rows],
  );
  await database.raw(
    `INSERT INTO crm_activities (id, type, subject, priority, due_on, segment, owner, customer, date_created)
     SELECT md5('activity' || a.g || '-' || a.k)::uuid, (ARRAY['call','visit','mail'])[1 + a.g % 3], '回访 ' || a.g || '-' || a.k, 'medium',
            current_date + (a.g % 60)::int - 30, r.segment, r.id, md5('customer' || a.g)::uuid, now()
     FROM (SELECT g, k FROM generate_series(1, ?::int) g CROSS JOIN generate_series(1, 5) k) a JOIN bench_reps r ON r.n = a.g % ${reps}`,
    [rows],
  );
  await database.raw('ANALYZE crm_customers');
  await database.raw('ANALYZE crm_activities');
  return logIns;
}
