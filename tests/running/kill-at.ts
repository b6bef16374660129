/** What a command does to the world: moves files, links them, ends a transaction. */
type Call = 'rename' | 'link' | 'commit';

export interface Moment {
  call: Call;
  /** `from -> to` for files. */
  at?: string;
  /** Which of them, the first being 1. */
  nth?: number;
  isDone?: boolean;
}

const SCRIPT = `
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
const { call, at, nth, isDone, root } = MOMENT;
let seen = 0;
const watch = (owner, name, wordsOf) => {
  const real = owner[name];
  owner[name] = function (...all) {
    const isIt = new RegExp(at).test(wordsOf(all)) && ++seen === nth;
    if (isIt && !isDone) process.kill(process.pid, 'SIGKILL');
    const result = real.apply(this, all);
    if (isIt) process.kill(process.pid, 'SIGKILL');
    return result;
  };
};
if (call === 'commit') watch(createRequire(root)('pg').Client.prototype, 'query', ([query]) => query.text ?? query);
else watch(fs, call + 'Sync', ([from, to]) => from + ' -> ' + to);
syncBuiltinESMExports();
`;

/** Options of Node.js with which a command is killed (SIGKILL) right before that moment, or right after it. */
export function killedAt({ call, at = call === 'commit' ? '^COMMIT' : '', nth = 1, isDone = false }: Moment): string[] {
  const moment = JSON.stringify({ call, at, nth, isDone, root: import.meta.url });
  return ['--import', `data:text/javascript,${encodeURIComponent(SCRIPT.replace('MOMENT', moment))}`];
}
