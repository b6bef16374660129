import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ROOT } from '../bin/lib/paths.mjs';
import { freePort } from '../tests/harness/free-port.ts';
import { cleanEnvironment } from '../tests/running/start-command.ts';
import { median, type Bench, type Line } from './bench.ts';

const FIRST_START_MINUTES = 6;
const LATER_START_SECONDS = 15;

/** Seconds from the command to the first `/crm/health` that says the CRM can be used; the server is ended again. */
async function secondsToReady(folder: string): Promise<number> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn('npm', ['start'], { cwd: folder, env: { ...cleanEnvironment(), PORT: String(port) }, stdio: 'ignore' });
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  let gone = false;
  void ended.then(() => (gone = true));
  for (;;) {
    if (gone) throw new Error('npm start ended before the CRM could be used; run it by hand to see why');
    const answer = await fetch(`http://127.0.0.1:${port}/crm/health`).catch(() => null);
    if (answer?.status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const seconds = (performance.now() - begun) / 1000;
  child.kill('SIGINT');
  await ended;
  return seconds;
}

/** A clone of what is committed here. `packages: 'shared'` lends it our node_modules (the small size). */
function cloneInto(folder: string, packages: 'own' | 'shared'): void {
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', ROOT, folder]);
  if (packages === 'shared') symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

/**
 * B12: from a clean clone to a CRM that can be used, then again with everything in place. Full size: with npm's own download
 * and native builds, once, since that is what a person does once; small size: without the packages.
 */
export const startUp: Bench = {
  name: 'start-up',
  budget: 'B12',
  smallRows: 0,
  fullRows: 1,
  async run({ rows, rounds }, progress) {
    const folder = mkdtempSync(join(tmpdir(), 'crm-bench-'));
    const clone = join(folder, 'clone');
    try {
      cloneInto(clone, rows > 0 ? 'own' : 'shared');
      progress('first start from a clean clone');
      const first = (await secondsToReady(clone)) / 60;
      const later: number[] = [];
      for (let round = 1; round <= rounds; round += 1) {
        progress(`later start ${round}/${rounds}`);
        later.push(await secondsToReady(clone));
      }
      const lines: Line[] = [
        {
          what: rows > 0 ? 'first start, clean clone, native builds' : 'first start, clean clone, packages lent',
          value: first,
          budget: FIRST_START_MINUTES,
          unit: 'min',
          rounds: [first],
        },
        { what: 'later starts', value: median(later), budget: LATER_START_SECONDS, unit: 's', rounds: later },
      ];
      return lines;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
