/**
 * B6: everything that a person works goes to a colleague and comes back, through our API, on both databases: against the UPDATEs
 * alone, with an entry of the log for every row and the journal for the undo, and what it costs others.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { insertMany } from '../extensions/crm/src/platform/api/bulk-rows.ts';
import { median, type Bench, type Line } from './bench.ts';
import { startOurs, type Planted } from './imports/hosts.ts';
import { watch } from './imports/meanwhile.ts';

const EACH = 4;
const CHUNK = 500;
const LOOK_MS = 100;
const QUIET_MS = 2000;
const BUDGET = { alone: 3, others: 1.5 };
const RECORDS = ['crm_customers', 'crm_activities'] as const;

interface Round {
  give: number;
  undo: number;
  alone: number;
  quiet: number;
  beside: number;
}

async function plant({ host: { database }, place }: Planted, rows: number): Promise<void> {
  const [from] = place.owners;
  const stands = { segment: place.segment, owner: from!.id };
  const count = Math.max(1, Math.floor(rows / (EACH + 1)));
  for (let at = 0; at < count; at += CHUNK) {
    const customers = Array.from({ length: Math.min(CHUNK, count - at) }, (_, n) => ({
      ...{ id: randomUUID(), name: `客户 ${at + n}`, kind: 'company', status: 'active', completeness: 0, ...stands },
    }));
    const activities = customers.flatMap(({ id }) =>
      Array.from({ length: EACH }, () => ({
        id: randomUUID(),
        customer: id,
        type: 'call',
        subject: '往来',
        priority: 'medium',
        ...stands,
      })),
    );
    await insertMany(database, 'crm_customers', customers);
    await insertMany(database, 'crm_activities', activities);
  }
}

/** The change alone, with all its indexes; undone in the end, so that the next round finds the same. */
async function alone(database: Knex, from: string, to: string): Promise<number> {
  const transaction = await database.transaction();
  try {
    const begun = performance.now();
    for (const collection of RECORDS) await transaction(collection).where({ owner: from }).update({ owner: to });
    return performance.now() - begun;
  } finally {
    await transaction.rollback();
  }
}

/** The answer comes with the end, or after a while without it. */
async function ended({ importer }: Planted, { id, state }: { id: string; state: string }, expected: string): Promise<void> {
  for (let now = state; now !== expected;) {
    await pause(LOOK_MS);
    now = (await importer.request('GET', `/crm/handovers/${id}`)).body.state;
  }
}

async function oneRound(ours: Planted, rows: number): Promise<Round> {
  const { host, importer, place } = ours;
  const [from, to] = place.owners.map(({ id }) => id) as [string, string];
  const others = await host.login(place.owners[2]!.email);
  const quiet = await watch(host.pid(), others, () => pause(QUIET_MS));

  const give = async (): Promise<string> => {
    const answer = await importer.request('POST', '/crm/handovers', { from, rules: [{ to }] });
    if (answer.status >= 300) throw new Error(`hand-over: ${answer.status} ${answer.text}`);
    await ended(ours, answer.body, 'done');
    return answer.body.id;
  };
  const undo = async (id: string): Promise<void> => {
    const answer = await importer.request('POST', `/crm/handovers/${id}/undo`, {});
    if (answer.status >= 300) throw new Error(`undo: ${answer.status} ${answer.text}`);
    await ended(ours, answer.body, 'undone');
  };
  const update = await alone(host.database, from, to);
  const given = await watch(host.pid(), null, give);
  const taken = await watch(host.pid(), null, () => undo(given.result));
  const beside = await watch(host.pid(), others, give);
  const back = await watch(host.pid(), others, () => undo(beside.result));
  const [left] = await host.database('crm_activities').where({ owner: from }).count({ rows: '*' });
  const expected = Math.max(1, Math.floor(rows / (EACH + 1))) * EACH;
  if (Number(left!['rows']) !== expected) throw new Error(`after the undo ${left!['rows']} of ${expected} activities are back`);
  return { give: given.ms, undo: taken.ms, alone: update, quiet: quiet.p99, beside: Math.max(beside.p99, back.p99) };
}

async function measure(db: 'sqlite' | 'pg', rows: number, rounds: number, progress: (text: string) => void): Promise<Line[]> {
  const ours = await startOurs(db);
  try {
    await plant(ours, rows);
    if (db === 'pg') await ours.host.database.raw('ANALYZE');
    const kept: Round[] = [];
    // The first round only warms.
    for (let round = 0; round <= rounds; round++) {
      progress(`${db}: round ${round} of ${rounds} at ${rows} rows`);
      const one = await oneRound(ours, rows);
      if (round || !rounds) kept.push(one);
    }
    const line = (what: string, budget: number, pick: (round: Round) => number, note = ''): Line => ({
      what: `${db} · ${what}`,
      value: median(kept.map(pick)),
      budget,
      unit: '×',
      rounds: kept.map(pick),
      note,
    });
    const ms = (pick: (round: Round) => number) => `${Math.round(median(kept.map(pick)))} ms`;
    return [
      line(
        'hand-over to the UPDATEs alone',
        BUDGET.alone,
        ({ give, alone: raw }) => give / raw,
        `${ms((r) => r.give)}; alone ${ms((r) => r.alone)}`,
      ),
      line(
        'undo to the UPDATEs alone',
        BUDGET.alone,
        ({ undo, alone: raw }) => undo / raw,
        ms((r) => r.undo),
      ),
      line(
        'p99 of others to before',
        BUDGET.others,
        ({ beside, quiet }) => beside / quiet,
        `${ms((r) => r.beside)}; before ${ms((r) => r.quiet)}`,
      ),
    ];
  } finally {
    await ours.host.stop();
  }
}

export const handover: Bench = {
  name: 'handover',
  budget: 'B6',
  smallRows: 2_000,
  fullRows: 50_000,
  run: async ({ rows, rounds }, progress) => [
    ...(await measure('sqlite', rows, rounds, progress)),
    ...(await measure('pg', rows, rounds, progress)),
  ],
};
