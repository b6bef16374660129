/**
 * B7: a table of customers with their contacts, from the upload to the last row, through our API, on both databases:
 * against the host's own import of the same rows, against the database alone, XLSX against CSV, and what it costs others.
 */
import type { Client } from '../../tests/harness/client.ts';
import { median, type Bench, type Line } from '../bench.ts';
import { rowsAlone, rowsOfAll, writeAlone } from './database-alone.ts';
import { commitFile, discardFile, importByHost, stageFile } from './desk.ts';
import { startBare, startOurs, type Planted } from './hosts.ts';
import { residentMiB, watch } from './meanwhile.ts';
import { requireSameRows } from './same-rows.ts';
import { csvFile, xlsxFile } from './table.ts';

/** The host's import takes so long that its rows are few; what it takes for each does not grow less with more of them. */
const HOST_ROWS = 2000;
const QUIET_MS = 2000;
const LEAST_QUIET_MS = 500;
const WARM_UP = 300;
const BESIDE_ROWS = 5000;
/** Keeps its rows apart from those of the rounds. */
const BESIDE = 50;

/** As ratios that are to stay small: 50 times as fast is a fiftieth of the time. */
const BUDGET = { host: 1 / 50, database: 6, xlsx: 2, memory: 150, others: 1.5 };

const DATABASES = ['sqlite', 'pg'] as const;
type Database = (typeof DATABASES)[number];

interface Round {
  /** Milliseconds a row. */
  ours: number;
  staging: number;
  xlsx: number;
  host: number;
  alone: number;
  all: number;
  /** MiB above what the process had before. */
  memory: number;
  /** p99 of others in ms: before, and beside. */
  quiet: number;
  beside: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function staged(ours: Planted, others: Client | null, content: Buffer, name: string, rows: number) {
  const pid = ours.host.pid();
  const before = residentMiB(pid);
  const seen = await watch(pid, others, () => stageFile(ours, content, name));
  const { counts, refusal, id } = seen.result;
  if (counts.new !== rows) throw new Error(`staged: ${JSON.stringify([counts, refusal])}`);
  return { ...seen, id, rise: seen.peak - before };
}

/** Every other round the other one goes first. */
async function inTurns(run: number, turns: readonly (() => Promise<void>)[]): Promise<void> {
  for (const turn of run % 2 ? [...turns].reverse() : turns) await turn();
}

async function oneRound(ours: Planted, bare: Planted, run: number, rows: number): Promise<Round> {
  const { host, importer, place } = ours;
  const hostRows = Math.min(rows, HOST_ROWS);
  const isPg = host.database.client.config.client === 'pg';
  const others = await host.login(place.owners[0]!.email);
  const quiet = await watch(host.pid(), others, () => pause(Math.min(QUIET_MS, Math.max(rows, LEAST_QUIET_MS))));
  const round: Round = { ours: 0, staging: 0, xlsx: 0, host: 0, alone: 0, all: 0, memory: 0, quiet: quiet.p99, beside: 0 };

  async function byUs(): Promise<void> {
    let kept = '';
    await inTurns(run >> 1, [
      async () => {
        const text = await staged(ours, null, csvFile(run, rows, place), '客户.csv', rows);
        kept = text.id;
        Object.assign(round, { staging: text.ms / rows, memory: Math.max(round.memory, text.rise) });
      },
      async () => {
        const sheet = await staged(ours, null, xlsxFile(run, rows, place), '客户.xlsx', rows);
        Object.assign(round, { xlsx: sheet.ms / rows, memory: Math.max(round.memory, sheet.rise) });
        await discardFile(importer, sheet.id);
      },
    ]);
    const committed = await watch(host.pid(), null, () => commitFile(importer, kept));
    if (committed.result.counts.done !== rows) throw new Error(`committed: ${JSON.stringify(committed.result.counts)}`);
    round.ours = round.staging + committed.ms / rows;
    const [alone, all] = [await writeAlone(host.database, rowsAlone(kept, isPg)), await writeAlone(host.database, rowsOfAll(kept, isPg))];
    if (alone.rows !== 2 * rows) throw new Error(`the database alone wrote ${alone.rows} rows`);
    Object.assign(round, { alone: alone.ms / rows, all: all.ms / rows });
  }

  /** Others are asked beside an import of their own: we give way to them, and nobody gives way to the host's import. */
  async function beside(): Promise<void> {
    const few = Math.min(rows, BESIDE_ROWS);
    const text = await staged(ours, others, csvFile(run + BESIDE, few, place), '旁.csv', few);
    const committed = await watch(host.pid(), others, () => commitFile(importer, text.id));
    round.beside = Math.max(text.p99, committed.p99);
  }

  await inTurns(run, [byUs, async () => void (round.host = (await importByHost(bare, run, hostRows)) / hostRows)]);
  await requireSameRows(ours, bare, hostRows);
  await beside();
  return round;
}

async function measure(db: Database, rows: number, rounds: number, progress: (text: string) => void): Promise<Round[]> {
  const ours = await startOurs(db);
  try {
    const bare = await startBare(db);
    try {
      if (rows > WARM_UP) await oneRound(ours, bare, 0, WARM_UP);
      const kept: Round[] = [];
      for (let run = 1; run <= rounds; run++) {
        progress(`${db}: round ${run} of ${rounds} at ${rows} rows`);
        kept.push(await oneRound(ours, bare, run, rows));
      }
      return kept;
    } finally {
      await bare.stop();
    }
  } finally {
    await ours.host.stop();
  }
}

const perSecond = (msARow: number): string => `${Math.round(1000 / msARow).toLocaleString('en-US')} rows/s`;

function linesOf(db: Database, kept: readonly Round[]): Line[] {
  const of = (pick: (round: Round) => number) => kept.map(pick);
  const middle = (pick: (round: Round) => number) => median(of(pick));
  const line = (what: string, budget: number, unit: string, note: string, pick: (round: Round) => number): Line => ({
    what: `${db} · ${what}`,
    value: middle(pick),
    budget,
    unit,
    rounds: of(pick),
    note,
  });
  const rate = (pick: (round: Round) => number) => perSecond(middle(pick));
  return [
    line("whole import to the host's own", BUDGET.host, '×', `${rate((r) => r.ours)}; host ${rate((r) => r.host)}`, (r) => r.ours / r.host),
    line(
      'to the database alone, customers and contacts',
      BUDGET.database,
      '×',
      rate((r) => r.alone),
      (r) => r.ours / r.alone,
    ),
    line(
      'to the database alone, all that an import leaves',
      BUDGET.database,
      '×',
      rate((r) => r.all),
      (r) => r.ours / r.all,
    ),
    line(
      'XLSX to CSV, until checked',
      BUDGET.xlsx,
      '×',
      `${rate((r) => r.xlsx)}; CSV ${rate((r) => r.staging)}`,
      (r) => r.xlsx / r.staging,
    ),
    line('memory above what stood before', BUDGET.memory, 'MiB', 'peak while staging', (r) => r.memory),
    line(
      'p99 of a list beside it',
      BUDGET.others,
      '×',
      `${middle((r) => r.beside).toFixed(0)} ms; quiet ${middle((r) => r.quiet).toFixed(0)} ms`,
      (r) => r.beside / r.quiet,
    ),
  ];
}

export const imports: Bench = {
  name: 'imports',
  budget: 'B7',
  smallRows: 5_000,
  fullRows: 100_000,
  async run({ rows, rounds }, progress) {
    const lines: Line[] = [];
    for (const db of DATABASES) lines.push(...linesOf(db, await measure(db, rows, rounds, progress)));
    return lines;
  },
};
