/**
 * B1: list, search and count pages of the five roles on PostgreSQL, against the same database behind a bare host that has
 * the same rules stored and no CRM loaded; and the same pages at a hundredth of the size. Plans are read with EXPLAIN.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runHost, waitUntilReady } from '../bin/lib/host-process.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../bin/lib/settings.mjs';
import { createClient, type Client } from '../tests/harness/client.ts';
import { freePort } from '../tests/harness/free-port.ts';
import { startHost, type TestHost } from '../tests/harness/host.ts';
import { median, quantile, type Bench, type Line } from './bench.ts';
import { fillBulk, type BulkPerson } from './bulk-data.ts';

/** The pages that the Studio's lists ask for. */
const PAGES: Record<string, string> = {
  'customers by name': '/items/crm_customers?fields=id,name,class,grade,status,completeness,last_activity_at&sort=name&limit=25',
  'customers untouched': '/items/crm_customers?fields=id,name,last_activity_at&sort=last_activity_at&limit=25&filter[class][_eq]=key',
  'customers page 3 with owner': '/items/crm_customers?fields=id,name,owner.first_name,owner.last_name&sort=name&limit=25&page=3',
  'customers counted': '/items/crm_customers?fields=id&limit=1&meta=filter_count&filter[status][_eq]=active',
  'customers searched': '/items/crm_customers?fields=id,name&limit=25&search=abc12',
  // What sealing has a part in: masks in a list, and a whole number that the index finds.
  'customers with masks': '/items/crm_customers?fields=id,name,phone,owner&sort=name&limit=25',
  'customers by whole number': '/items/crm_customers?fields=id,name,phone&limit=25&search=13800138000',
  'activities due': '/items/crm_activities?fields=id,subject,due_on,customer.name&sort=due_on&limit=25',
};
/** A size that only shows that the bench runs asks each page a few times. */
const requestsFor = (rows: number): number => (rows < 1_000 ? 3 : 40);

async function time(client: Client, url: string): Promise<number> {
  const start = performance.now();
  const { status, text } = await client.request('GET', url);
  if (status !== 200) throw new Error(`${url}: ${status} ${text.slice(0, 200)}`);
  return performance.now() - start;
}

/**
 * The bare host runs as it is shipped. `CRM_BENCH_BARE=tuned` gives it the one switch of ours that makes lists faster by
 * itself, so that what the extension costs can be told from it (ADR 0017).
 */
const bareSettings = (): Record<string, string> =>
  process.env['CRM_BENCH_BARE'] === 'tuned' ? {} : { CACHE_SCHEMA_FREEZE_ENABLED: 'false' };

interface Pair {
  crm: TestHost;
  bareUrl: string;
  people: BulkPerson[];
  stop(): Promise<void>;
}

async function startPair(rows: number, progress: (text: string) => void): Promise<Pair> {
  const crm = await startHost({ db: 'pg' });
  progress(`${rows} customers, ${rows * 5} activities …`);
  const { password } = await crm.database('directus_users').where({ email: DEMO_ADMIN }).first('password');
  const people = await fillBulk(crm.database, { rows, passwordHash: password });
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'crm-bare-'));
  mkdirSync(join(folder, 'none'));
  const bareUrl = `http://127.0.0.1:${port}`;
  const bare = runHost(['start'], {
    ...crm.env,
    PORT: String(port),
    PUBLIC_URL: bareUrl,
    EXTENSIONS_PATH: join(folder, 'none'),
    TEMP_PATH: folder,
    ...bareSettings(),
  });
  await waitUntilReady(bareUrl, bare, { path: '/server/ping' });
  return {
    crm,
    bareUrl,
    people,
    stop: async () => {
      await bare.stop();
      await crm.stop();
    },
  };
}

type Times = Record<string, number[]>;

/** One round: every page of every role, `requests` times, turn by turn, each host first every other time. */
async function round(pair: Pair, requests: number): Promise<{ crm: Times; bare: Times }> {
  const crm: Times = {};
  const bare: Times = {};
  for (const { email, role } of pair.people) {
    const ours = await pair.crm.login(email, DEMO_PASSWORD);
    const theirs = createClient(pair.bareUrl, ours.token);
    for (const [page, url] of Object.entries(PAGES)) {
      const key = `${role} · ${page}`;
      const slow = page.endsWith('searched') || page.endsWith('counted') || page.endsWith('number');
      for (let n = 0; n < (slow ? Math.ceil(requests / 8) : requests); n++) {
        const turns = [
          async () => (crm[key] ??= []).push(await time(ours, url)),
          async () => (bare[key] ??= []).push(await time(theirs, url)),
        ];
        for (const turn of n % 2 ? turns.reverse() : turns) await turn();
      }
    }
  }
  return { crm, bare };
}

async function measure(rows: number, rounds: number, progress: (text: string) => void) {
  const pair = await startPair(rows, progress);
  try {
    await round(pair, 3);
    const kept = [];
    for (let n = 1; n <= rounds; n++) {
      progress(`round ${n} of ${rounds} at ${rows} rows`);
      kept.push(await round(pair, requestsFor(rows)));
    }
    return kept;
  } finally {
    await pair.stop();
  }
}

export const listPages: Bench = {
  name: 'list-pages',
  budget: 'B1',
  smallRows: 2_000,
  fullRows: 1_000_000,
  async run({ rows, rounds }, progress) {
    const full = await measure(rows, rounds, progress);
    const small = await measure(Math.max(300, Math.round(rows / 100)), rounds, progress);
    const lines: Line[] = [];
    for (const key of Object.keys(full[0]!.crm)) {
      const ratios = (share: number) => full.map(({ crm, bare }) => quantile(crm[key]!, share) / quantile(bare[key]!, share));
      const p50 = full.map(({ crm }) => median(crm[key]!));
      const growth = full.map(({ crm }, n) => median(crm[key]!) / median(small[n]!.crm[key]!));
      lines.push({
        what: `${key} · p50 to bare`,
        value: median(ratios(0.5)),
        budget: 1.05,
        unit: '×',
        rounds: ratios(0.5),
        note: `${median(p50).toFixed(1)} ms`,
      });
      lines.push({ what: `${key} · p99 to bare`, value: median(ratios(0.99)), budget: 1.1, unit: '×', rounds: ratios(0.99) });
      lines.push({ what: `${key} · p50 to 1/100 of the rows`, value: median(growth), budget: 1.2, unit: '×', rounds: growth });
    }
    return lines;
  },
};
