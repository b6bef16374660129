import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { certify } from '../../bin/certify/examine.ts';
import type { Logins } from '../../bin/certify/cast.ts';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { certificateSchema, type Certificate } from '../../extensions/crm/src/guard/certify/certificate.ts';
import { hashOf } from '../../extensions/crm/src/guard/certify/seal.ts';
import { ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../harness/client.ts';
import { startHost } from '../harness/host.ts';
import { startGuardWorld, type GuardWorld } from './guard-world.ts';

const login = (email: string) => ({ email, password: DEMO_PASSWORD });
const LOGINS: Logins = {
  system_admin: login('systemadmin@example.com'),
  group_executive: login('executive@example.com'),
  segment_head: login('heada@example.com'),
  segment_admin: login('admina@example.com'),
  sales_rep: login('repa@example.com'),
  technical: login(DEMO_ADMIN),
};

const failed = ({ failures }: Certificate) =>
  failures.map(({ role, collection, verb, path }) => `${role} × ${collection} × ${verb} × ${path}`);

/** The permission row of reps for reading customers, widened to everybody's rows. */
async function widen(world: GuardWorld): Promise<void> {
  const { policy } = (await world.host
    .database<{ policy: string; role: string }>('directus_access')
    .where({ role: ROLE_IDS.sales_rep })
    .first('policy'))!;
  await world.host
    .database('directus_permissions')
    .where({ policy, collection: 'crm_customers', action: 'read' })
    .update({ permissions: null });
}

describe.each(['sqlite', 'pg'] as const)('N1: the isolation certificate on %s', { timeout: 300_000 }, (db) => {
  let world: GuardWorld;
  let systemAdmin: Client;
  const examine = (url: string, ...collections: string[]) => certify({ url, logins: LOGINS, say: () => undefined, collections });

  beforeAll(async () => {
    world = await startGuardWorld(db);
    systemAdmin = await world.as('systemAdmin');
  });
  afterAll(() => world?.host.stop());

  test('there is none before the first run', async () => {
    expect((await systemAdmin.request('GET', '/crm/certificates/last')).status).toBe(404);
  });

  test('an untouched installation passes, each probe with its proof, and nothing stays behind', async () => {
    const before = await world.host.database('crm_customers').count({ count: '*' }).first();
    const certificate = await examine(world.host.url, ...(db === 'sqlite' ? ['crm_customers', 'crm_contacts'] : ['crm_customers']));
    expect(failed(certificate)).toEqual([]);
    expect(certificate).toMatchObject({ result: 'passed', totals: { leak: 0, no_proof: 0 }, versions: { host: '11.17.4' } });
    expect(certificate.totals.held).toBeGreaterThan(250);
    expect(new Set(certificate.cells.map(({ role }) => role))).toEqual(
      new Set(['anonymous', 'sales_rep', 'segment_admin', 'segment_head', 'group_executive', 'system_admin', 'all']),
    );
    expect(certificateSchema.parse(certificate).hash).toBe(hashOf(certificate));
    expect(await world.host.database('crm_customers').count({ count: '*' }).first()).toEqual(before);

    expect((await systemAdmin.request('POST', '/crm/certificates', { ...certificate, result: 'failed' })).status).toBe(400);
    expect((await systemAdmin.request('POST', '/crm/certificates', certificate)).status).toBe(200);
    const last = await systemAdmin.request('GET', '/crm/certificates/last');
    expect(last.body).toMatchObject({ genuine: true, certificate: { hash: certificate.hash, result: 'passed' } });
  });

  test('a permission row widened by hand fails the health and the certificate, and both name the way', async () => {
    await widen(world);
    const end = Date.now() + 10_000;
    let health = await world.host.anonymous.request('GET', '/crm/health');
    while (health.status === 200 && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      health = await world.host.anonymous.request('GET', '/crm/health');
    }
    expect(health.status).toBe(503);
    expect(health.text).toContain('sales_rep.crm_customers.read');

    const certificate = await examine(world.host.url, 'crm_customers');
    expect(certificate.result).toBe('failed');
    expect(failed(certificate)).toContain('sales_rep × crm_customers × read × stored.sales_rep.crm_customers.read');
    expect(failed(certificate)).toContain('sales_rep × crm_customers × read × rest.list');
    expect(failed(certificate)).toContain('sales_rep × crm_customers × read × rest.aggregate.count');
    expect((await systemAdmin.request('POST', '/crm/certificates', certificate)).status).toBe(200);
    expect((await systemAdmin.request('GET', '/crm/certificates/last')).body.certificate.result).toBe('failed');
  });
});

test('N1: the probes themselves find a widened row, where no doctor stands in the way, and the known holes of the bare host', async () => {
  // On SQLite the bare host waits a minute for its one connection wherever a read of its own begins inside a write.
  const world = await startGuardWorld('pg');
  await world.host.halt();
  const { DB_DATABASE: database = '', SECRET: secret = '' } = world.host.env;
  const bare = await startHost({ db: 'pg', extension: false, env: { DB_DATABASE: database, SECRET: secret } });
  try {
    const wish = { collections: ['crm_customers'], roles: ['sales_rep'] as const };
    const examine = () => certify({ url: bare.url, logins: LOGINS, say: () => undefined, ...wish });
    const rows = (certificate: Certificate) =>
      failed(certificate).filter((line) => line.startsWith('sales_rep × crm_customers × read × rest.'));
    const held = await examine();
    expect(held.skipped).toContain('examined by wish: only as sales_rep');
    expect(rows(held)).toEqual([]);
    expect(failed(held)).toContain('sales_rep × crm_customers × update × rest.update.query');

    await widen(world);
    await (await bare.admin()).request('POST', '/utils/cache/clear?system');
    const leaking = await examine();
    for (const path of ['rest.by_id', 'rest.list', 'rest.search', 'rest.aggregate.count', 'rest.group', 'rest.meta'])
      expect(rows(leaking)).toContain(`sales_rep × crm_customers × read × ${path}`);
    expect(failed(leaking)).toContain('sales_rep × crm_customers × read × graphql.list');
    expect(failed(leaking)).toContain('sales_rep × crm_customers × read × export.csv');
  } finally {
    await bare.stop();
    await world.host.stop();
  }
}, 300_000);
