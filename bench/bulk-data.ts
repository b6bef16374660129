/**
 * Seeded rows at the size of B1, made by the database itself: ten segments, thirty reps each, five activities a customer, of which
 * one in ten is open and due on any of sixty days.
 */
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

/** The reps by number, to deal rows out among them. */
const BENCH_REPS = `(SELECT row_number() OVER (ORDER BY email) - 1 AS n, id, crm_segment AS segment FROM directus_users WHERE email LIKE 'bench.rep%')`;

/** Fills a PostgreSQL installation with `rows` customers and five times as many activities; returns one log-in a role. */
export async function fillBulk(database: Knex, { rows, passwordHash }: { rows: number; passwordHash: string }): Promise<BulkPerson[]> {
  const logIns = await people(database, passwordHash);
  await indexedAfterwards(database, ['crm_customers', 'crm_activities'], async (bulk) => fillTables(bulk, rows));
  await database.raw('ANALYZE crm_customers');
  await database.raw('ANALYZE crm_activities');
  return logIns;
}

/** Millions of rows go in ten times faster while no index is kept, and their keys are right by construction. */
async function indexedAfterwards(database: Knex, tables: readonly string[], fill: (bulk: Knex) => Promise<void>): Promise<void> {
  const indexes: { indexname: string; indexdef: string }[] = await database('pg_indexes')
    .whereIn('tablename', tables)
    .whereNot('indexdef', 'like', 'CREATE UNIQUE%')
    .select('indexname', 'indexdef');
  await database.transaction(async (bulk) => {
    for (const { indexname } of indexes) await bulk.raw('DROP INDEX ??', [indexname]);
    for (const table of tables) await bulk.raw('ALTER TABLE ?? DISABLE TRIGGER ALL', [table]);
    await fill(bulk);
    for (const table of tables) await bulk.raw('ALTER TABLE ?? ENABLE TRIGGER ALL', [table]);
    for (const { indexdef } of indexes) await bulk.raw(indexdef);
  });
}

async function fillTables(database: Knex, rows: number): Promise<void> {
  const reps = SEGMENTS * REPS;
  await database.raw(
    `INSERT INTO crm_customers (id, name, kind, phone, phone_sealed, phone_index,
            class, grade, status, completeness, segment, owner, last_activity_at, date_created)
     SELECT md5('customer' || g)::uuid, '客户' || md5(g::text) || '有限公司', CASE WHEN g % 3 = 0 THEN 'person' ELSE 'company' END,
            CASE WHEN g % 3 = 0 THEN '138****' || lpad((g % 10000)::text, 4, '0') END,
            CASE WHEN g % 3 = 0 THEN 'crm1.A256GCM.bench.' || md5('a' || g) || md5('b' || g) END,
            CASE WHEN g % 3 = 0 THEN md5('c' || g) || md5('d' || g) END,
            (ARRAY['key','general','potential'])[1 + g % 3], (ARRAY['A','B','C'])[1 + g % 3],
            'active', g % 101, r.segment, r.id, now() - (g % 400) * interval '1 hour', now() - (g % 900) * interval '1 day'
     FROM generate_series(1, ?::int) g JOIN ${BENCH_REPS} r ON r.n = g % ${reps}`,
    [rows],
  );
  await database.raw(
    `INSERT INTO crm_activities (id, type, subject, priority, due_on, done_at, segment, owner, customer, date_created)
     SELECT md5('activity' || a.g || '-' || a.k)::uuid, (ARRAY['call','visit','mail'])[1 + a.g % 3], '回访 ' || a.g || '-' || a.k, 'medium',
            current_date + ((a.g / ${reps} + a.k * 11) % 60)::int - 30,
            CASE WHEN (a.g / ${reps} + a.k) % 10 > 0 THEN now() - (a.g % 500) * interval '1 day' END,
            r.segment, r.id, md5('customer' || a.g)::uuid, now()
     FROM (SELECT g, k FROM generate_series(1, ?::int) g CROSS JOIN generate_series(1, 5) k) a JOIN ${BENCH_REPS} r ON r.n = a.g % ${reps}`,
    [rows],
  );
}

/** To each of the first `rows` customers one contact, lead, opportunity, order and contract, each with the customer's place. */
export async function fillDeals(database: Knex, rows: number): Promise<void> {
  const columns = 'id, segment, owner, customer, date_created';
  const values = (what: string) =>
    `md5('${what}' || g)::uuid, r.segment, r.id, md5('customer' || g)::uuid, now() - (g % 900) * interval '1 day'`;
  const from = `FROM generate_series(1, ?::int) g JOIN ${BENCH_REPS} r ON r.n = g % ${SEGMENTS * REPS}`;
  const fill = (table: string, more: string, moreValues: string) =>
    database.raw(`INSERT INTO ${table} (${columns}, ${more}) SELECT ${values(table)}, ${moreValues} ${from}`, [rows]);
  await fill('crm_contacts', 'name, status, is_primary, is_decision_maker', `'联系人' || md5(g::text), 'active', true, g % 3 = 0`);
  await fill(
    'crm_leads',
    'title, status',
    `'线索 ' || g, (ARRAY['new','qualified','allocated','following','converted','lost'])[1 + g % 6]`,
  );
  await fill(
    'crm_opportunities',
    'title, stage, amount, expected_close_on, closed_on',
    `'商机 ' || g, (SELECT id FROM crm_stages ORDER BY sort LIMIT 1), g % 100000, current_date + (g % 700)::int - 350,
     CASE WHEN g % 3 = 0 THEN NULL ELSE current_date - (g % 300)::int END`,
  );
  await fill('crm_orders', 'number, status, amount, signed_on', `'D' || g, 'open', g % 100000, current_date - (g % 700)::int`);
  await fill('crm_contracts', 'number, status, amount, signed_on', `'H' || g, 'signed', g % 100000, current_date - (g % 700)::int`);
  for (const table of ['contacts', 'leads', 'opportunities', 'orders', 'contracts']) await database.raw(`ANALYZE crm_${table}`);
}
