/**
 * B7 and F29 at their limits: a file of 100 MB, one of 500,000 rows (no file has more, whatever is set),
 * and one that is too large; on PostgreSQL, through the API, with somebody else at work.
 */
import { deskOf, type View } from '../../tests/integration/imports/desk.ts';
import { median, type Bench, type Line } from '../bench.ts';
import { commitFile, discardFile, stageFile } from './desk.ts';
import { startOurs, type Planted } from './hosts.ts';
import { residentMiB, watch } from './meanwhile.ts';
import { csvFile } from './table.ts';

const MIB = 1024 * 1024;
const ROWS_OF_100_MB = 50_000;
const WIDE = 1800;
const QUIET_MS = 5000;
const LOOK_MS = 500;
const BUDGET = { file: 300, others: 1.5, seconds: 2, cancelled: 10 };

/** What was seen of one file while it was read. */
interface Seen {
  what: string;
  megabytes: number;
  rows: number;
  ms: number;
  rise: number;
  p99: number;
  /** How often the progress had moved on when it was looked at. */
  steps: number;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Uploads, looks at the progress until the file has been read, and throws it away. */
async function readWhole(ours: Planted, what: string, content: Buffer, rows: number): Promise<Seen> {
  const { host, importer, place } = ours;
  const others = await host.login(place.owners[0]!.email);
  const before = residentMiB(host.pid());
  const seenRows = new Set<number>();
  const seen = await watch(host.pid(), others, async () => {
    const desk = deskOf(importer);
    const { body, status, text } = await desk.send(content, { name: '大.csv', segment: place.segment });
    if (status !== 201) throw new Error(`${what}: ${status} ${text}`);
    let view: View;
    do {
      view = (await desk.view(body.id)).body;
      seenRows.add(view.counts.total);
      await pause(LOOK_MS);
    } while (view.status === 'uploaded' && !view.refusal);
    return view;
  });
  if (seen.result.counts.new !== rows) throw new Error(`${what}: ${JSON.stringify([seen.result.counts, seen.result.refusal])}`);
  await discardFile(importer, seen.result.id);
  return { what, megabytes: content.length / MIB, rows, ms: seen.ms, rise: seen.peak - before, p99: seen.p99, steps: seenRows.size };
}

/** Milliseconds until a commit that was cancelled stands still, with what it had written. */
async function cancelled(ours: Planted, rows: number): Promise<{ ms: number; done: number }> {
  const { importer, place } = ours;
  const { id } = await stageFile(ours, csvFile(9, rows, place), '停.csv');
  const running = commitFile(importer, id).catch(() => null);
  const desk = deskOf(importer);
  while (!(await desk.view(id)).body.counts.done) await pause(LOOK_MS / 10);
  const begun = performance.now();
  const { status, text } = await importer.request('POST', `/crm/imports/${id}/cancel`);
  if (status >= 300) throw new Error(`cancel: ${status} ${text}`);
  const ms = performance.now() - begun;
  const { done } = (await desk.view(id)).body.counts;
  await running;
  await pause(LOOK_MS);
  const after = (await desk.view(id)).body;
  if (after.status !== 'stopped' || after.counts.done !== done) throw new Error(`not stopped: ${JSON.stringify(after.counts)}`);
  return { ms, done };
}

/** Milliseconds until a file over the limit is refused. */
async function refused({ importer, place }: Planted, megabytes: number): Promise<number> {
  const begun = performance.now();
  const { status, body } = await deskOf(importer).send(Buffer.alloc(Math.ceil(megabytes * MIB), 0x61), { segment: place.segment });
  if (status !== 413 || body.errors?.[0]?.extensions.reason !== 'too_large') throw new Error(`not refused: ${status}`);
  return performance.now() - begun;
}

const line = (what: string, value: number, budget: number, unit: string, note: string): Line => ({
  what,
  value,
  budget,
  unit,
  rounds: [value],
  note,
});

const linesOf = ({ what, megabytes, rows, ms, rise, p99, steps }: Seen, quiet: number, budget: number): Line[] => [
  line(
    `${what} · memory above what stood before`,
    rise,
    budget,
    'MiB',
    `${rows.toLocaleString('en-US')} rows, ${megabytes.toFixed(0)} MiB, ${Math.round((rows / ms) * 1000)} rows/s, ${steps} steps of progress seen`,
  ),
  line(`${what} · p99 of a list beside it`, p99 / quiet, BUDGET.others, '×', `${p99.toFixed(0)} ms; quiet ${quiet.toFixed(0)} ms`),
];

export const largeFiles: Bench = {
  name: 'imports-large',
  budget: 'B7',
  smallRows: 5_000,
  fullRows: 500_000,
  async run({ rows }, progress) {
    const ours = await startOurs('pg');
    try {
      const { host, place } = ours;
      const others = await host.login(place.owners[0]!.email);
      await readWhole(ours, 'warm-up', csvFile(1, 300, place), 300);
      const quiet = [];
      for (let n = 0; n < 3; n++) quiet.push((await watch(host.pid(), others, () => pause(Math.min(QUIET_MS, rows)))).p99);
      const p99 = median(quiet);
      const lines: Line[] = [];
      const wideRows = Math.min(ROWS_OF_100_MB, rows);
      progress(`a wide file of ${wideRows} rows`);
      lines.push(...linesOf(await readWhole(ours, 'wide file', csvFile(2, wideRows, place, WIDE), wideRows), p99, BUDGET.file));
      progress(`${rows} rows`);
      lines.push(...linesOf(await readWhole(ours, 'long file', csvFile(3, rows, place), rows), p99, BUDGET.file));
      const { ms, done } = await cancelled(ours, Math.min(rows, 2_000));
      lines.push(line('cancel of a commit', ms / 1000, BUDGET.cancelled, 's', `${done} lines were written, and stayed`));
      lines.push(line('refusal of 101 MiB', (await refused(ours, 101.5)) / 1000, BUDGET.seconds, 's', '413 too_large, nothing stays'));
      return lines;
    } finally {
      await ours.host.stop();
    }
  },
};
