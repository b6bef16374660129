/**
 * The page of a rep's day on PostgreSQL, beside one list page of the host in the same run: `GET /crm/my-day` may cost two of
 * them, however many customers there are. Numbers in clear, what was opened last and the log of both are part of it.
 */
import { randomUUID } from 'node:crypto';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../bin/lib/settings.mjs';
import type { MyDay } from '../extensions/crm/src/reports/my-day/answers.ts';
import type { Client } from '../tests/harness/client.ts';
import { startHost, type TestHost } from '../tests/harness/host.ts';
import { median, type Bench } from './bench.ts';
import { fillBulk, fillDeals } from './bulk-data.ts';

const PAGE = '/items/crm_customers?fields=id,name,class,grade,status,completeness,last_activity_at&sort=name&limit=25';
const DAY = '/crm/my-day';
const REP = 'bench.rep0.b0@example.com';
const OPENED = 30;

const requestsFor = (rows: number): number => (rows < 1_000 ? 3 : 40);

async function time(client: Client, url: string): Promise<number> {
  const start = performance.now();
  const { status, text } = await client.request('GET', url);
  if (status !== 200) throw new Error(`${url}: ${status} ${text.slice(0, 200)}`);
  return performance.now() - start;
}

/** A rep with numbers on the page and something opened: an empty day would be a cheap one. */
async function furnish({ database }: TestHost, rep: Client): Promise<void> {
  const { body } = await rep.request<MyDay>('GET', DAY);
  const { id: user } = await database('directus_users').where({ email: REP }).first('id');
  const customers = [...body.overdue, ...body.today, ...body.stale_soon].flatMap(({ customer }) => customer?.id ?? []);
  const contacts = await database('crm_contacts')
    .whereIn('customer', [...new Set(customers)])
    .select('id');
  for (const [at, { id }] of contacts.entries()) {
    const answer = await rep.request('PATCH', `/items/crm_contacts/${id}`, { phone: `1390000${String(1000 + at)}` });
    if (answer.status !== 200) throw new Error(`phone: ${answer.status} ${answer.text}`);
  }
  const opened = await database('crm_customers').where({ owner: user }).limit(OPENED).select('id');
  await database('crm_recent_records').insert(
    opened.map(({ id }) => ({ id: randomUUID(), user, collection: 'crm_customers', item: id, at: new Date() })),
  );
}

export const myDayPage: Bench = {
  name: 'my-day',
  budget: 'my-day',
  smallRows: 2_000,
  fullRows: 1_000_000,
  async run({ rows, rounds }, progress) {
    const host = await startHost({ db: 'pg' });
    try {
      progress(`${rows} customers, ${rows * 5} activities …`);
      const { password } = await host.database('directus_users').where({ email: DEMO_ADMIN }).first('password');
      await fillBulk(host.database, { rows, passwordHash: password });
      await fillDeals(host.database, rows);
      const rep = await host.login(REP, DEMO_PASSWORD);
      await furnish(host, rep);
      const ratios: number[] = [];
      const kept: number[] = [];
      // The first round only warms.
      for (let round = 0; round <= rounds; round++) {
        progress(`round ${round} of ${rounds}`);
        const [day, page]: [number[], number[]] = [[], []];
        for (let n = 0; n < requestsFor(rows); n++) {
          const turns = [async () => day.push(await time(rep, DAY)), async () => page.push(await time(rep, PAGE))];
          for (const turn of n % 2 ? turns.reverse() : turns) await turn();
        }
        if (!round) continue;
        ratios.push(median(day) / median(page));
        kept.push(median(day));
      }
      const { body } = await rep.request<MyDay>('GET', DAY);
      const shown = [...body.overdue, ...body.today, ...body.stale_soon, ...body.recent];
      const clear = shown.filter(({ phone }) => phone?.clear).length;
      return [
        {
          what: 'my-day of a rep · p50 to one list page',
          value: median(ratios),
          budget: 2,
          unit: '×',
          rounds: ratios,
          note: `${median(kept).toFixed(1)} ms, ${shown.length} cards, ${clear} numbers in clear`,
        },
      ];
    } finally {
      await host.stop();
    }
  },
};
