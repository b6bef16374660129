import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Once a statement like `after` was sent, the process dies right before the next one like `at` of the same connection, or when that one is
 * done: what goes on beside it, as the sealing of the log, commits too.
 */
export interface Deadly {
  after: string;
  at: string;
  isDone?: boolean;
}

const SCRIPT = `
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(ROOT);
const die = () => process.kill(process.pid, 'SIGKILL');
const armed = new WeakSet();
function watch(owner, name) {
  const real = owner[name];
  owner[name] = function (...all) {
    const text = String(all[0]?.text ?? all[0]);
    if (!/^(insert|update|commit)/i.test(text) || !existsSync(FILE)) return real.apply(this, all);
    const { after, at, isDone } = JSON.parse(readFileSync(FILE, 'utf8'));
    const isIt = armed.has(this) && new RegExp(at, 'i').test(text);
    if (new RegExp(after, 'i').test(text)) armed.add(this);
    if (isIt && !isDone) die();
    if (isIt) all[all.length - 1] = die;
    return real.apply(this, all);
  };
}
watch(require('pg').Client.prototype, 'query');
const { Database } = require('sqlite3');
for (const name of ['all', 'run', 'exec']) watch(Database.prototype, name);
`;

/** A host that dies by SIGKILL between two statements of its own, however fast they follow each other. */
export function killer(): { env: Record<string, string>; arm(deadly: Deadly): void; disarm(): void } {
  const file = join(mkdtempSync(join(tmpdir(), 'crm-kill-')), 'at.json');
  const script = SCRIPT.replaceAll('FILE', JSON.stringify(file)).replace('ROOT', JSON.stringify(import.meta.url));
  return {
    env: { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(script)}` },
    arm: (deadly) => writeFileSync(file, JSON.stringify(deadly)),
    disarm: () => rmSync(file, { force: true }),
  };
}
