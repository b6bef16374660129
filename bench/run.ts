/**
 * `npm run bench`: all benchmarks at full size; `npm run bench -- list-pages --rows 20000` one at a size of one's own;
 * `npm run bench -- --small` all at the size that finishes in a minute (what CI runs). Prints a table and writes
 * bench/results/<name>-<rows>.json. A miss stays in the table; nothing here fails because something was slow.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median, type Bench, type Line } from './bench.ts';
import { freeze } from './freeze.ts';
import { handover } from './handover.ts';
import { imports } from './imports/imports.ts';
import { largeFiles } from './imports/large-files.ts';
import { listPages } from './list-pages.ts';
import { myDayPage } from './my-day.ts';
import { sealing } from './sealing.ts';
import { startUp } from './start-up.ts';

const BENCHES: Bench[] = [startUp, listPages, myDayPage, sealing, freeze, imports, largeFiles, handover];
const RESULTS = join(import.meta.dirname, 'results');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: 'string' }, rounds: { type: 'string', default: '5' }, small: { type: 'boolean', default: false } },
});

const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length) {
  console.error(`没有这个基准 / no such benchmark: ${unknown.join(', ')} (${BENCHES.map((bench) => bench.name).join(', ')})`);
  process.exit(1);
}

function row({ what, value, budget, unit, rounds, note }: Line): string {
  const spread = rounds.length ? `${Math.min(...rounds).toFixed(3)} – ${Math.max(...rounds).toFixed(3)}` : '';
  const verdict = value <= budget ? 'ok' : `missed by ${(value - budget).toFixed(3)}`;
  return `| ${what} | ${value.toFixed(3)} ${unit} | ${budget} | ${spread} | ${verdict} | ${note ?? ''} |`;
}

for (const bench of BENCHES.filter(({ name }) => !positionals.length || positionals.includes(name))) {
  const rows = Number(values.rows ?? (values.small ? bench.smallRows : bench.fullRows));
  const lines = await bench.run({ rows, rounds: Number(values.rounds) }, (text) => console.error(`  ${text}`));
  console.info(
    `\n### ${bench.budget} ${bench.name}, ${rows} rows\n\n| what | median | budget | min – max | | note |\n|---|---|---|---|---|---|`,
  );
  for (const line of lines) console.info(row(line));
  mkdirSync(RESULTS, { recursive: true });
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version };
  const kept = { bench: bench.name, budget: bench.budget, rows, at: new Date().toISOString(), machine, lines };
  writeFileSync(join(RESULTS, `${bench.name}-${rows}.json`), `${JSON.stringify(kept, null, 2)}\n`);
  console.info(
    `\n${lines.length} lines, ${lines.filter(({ value, budget }) => value <= budget).length} within budget, median of all ${median(lines.map(({ value }) => value)).toFixed(3)}`,
  );
}
