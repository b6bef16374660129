/** Two hosts with the same people and the same stored rules: ours, and a bare one on a database of its own. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHost, waitUntilReady } from '../../bin/lib/host-process.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS } from '../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../../seed/ids.ts';
import { createClient, type Client } from '../../tests/harness/client.ts';
import { freePort } from '../../tests/harness/free-port.ts';
import { startHost, type TestHost } from '../../tests/harness/host.ts';
import type { Place } from './table.ts';

const REPS = 20;
const SEGMENT = stableId('bench:imports:segment');
const IMPORTER = 'bench.importer@example.com';

export interface Planted {
  host: TestHost;
  place: Place;
  /** A system admin: whoever imports here, and on a bare host may name segment and owner. */
  importer: Client;
}

async function plant(host: TestHost): Promise<Planted> {
  const { database } = host;
  const { password } = await database('directus_users').where({ email: DEMO_ADMIN }).first('password');
  await database('crm_segments').insert({ id: SEGMENT, code: 'bench', name: 'Bench', company: GROUP_COMPANY_ID });
  const reps = Array.from({ length: REPS }, (_, at) => ({ id: stableId(`bench:imports:rep:${at}`), email: `bench.rep${at}@example.com` }));
  const common = { password, status: 'active', provider: 'default' };
  const importer = { id: stableId('bench:imports:importer'), email: IMPORTER, role: ROLE_IDS.system_admin, crm_segment: GROUP_SEGMENT_ID };
  await database('directus_users').insert({ ...common, ...importer });
  for (const rep of reps) await database('directus_users').insert({ ...common, ...rep, role: ROLE_IDS.sales_rep, crm_segment: SEGMENT });
  const industry = await database('crm_industries').where({ code: '65' }).first('id', 'code');
  return { host, place: { segment: SEGMENT, owners: reps, industry }, importer: await host.login(IMPORTER, DEMO_PASSWORD) };
}

export const startOurs = async (db: 'sqlite' | 'pg', env: Record<string, string> = {}): Promise<Planted> =>
  plant(await startHost({ db, env: { CRM_IMPORT_UPLOADS: '10000', ...env } }));

/** The same installation behind a host without the CRM: its rules stand in the database, and nothing of ours runs. */
export async function startBare(db: 'sqlite' | 'pg'): Promise<Planted & { stop(): Promise<void> }> {
  const planted = await plant(await startHost({ db }));
  const { host } = planted;
  await host.halt();
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'crm-bare-'));
  mkdirSync(join(folder, 'none'));
  const url = `http://127.0.0.1:${port}`;
  const env = { ...host.env, PORT: String(port), PUBLIC_URL: url, EXTENSIONS_PATH: join(folder, 'none'), TEMP_PATH: folder };
  const bare = runHost(['start'], { ...env, CACHE_SCHEMA_FREEZE_ENABLED: 'false' });
  await waitUntilReady(url, bare, { path: '/server/ping' });
  return {
    ...planted,
    importer: createClient(url, planted.importer.token),
    stop: async () => {
      await bare.stop();
      await host.stop();
    },
  };
}
