import { readFileSync } from 'node:fs';

/** From the script up to npm there is at most a shell, and npm's own second process. */
const FARTHEST = 4;

/** The process above `pid`; 0 where the system does not tell. @param {number} pid */
export function parentOf(pid) {
  if (pid === process.pid) return process.ppid;
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1] ?? 0);
  } catch {
    return 0;
  }
}

/** npm sets its title to the command (`npm start`), so that is what the system shows. @param {number} pid */
function isNpm(pid) {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
    return /^(npm|npx|pnpm|yarn)\b|\/(npm|npx|pnpm|yarn)(-cli)?(\.c?js)?(\s|$)/.test(words);
  } catch {
    return false;
  }
}

/**
 * The processes from the one above `pid` up to npm; none when no npm is there, and only the one above where the system shows
 * no processes (macOS).
 * @param {number} pid
 * @param {{ parent?: (pid: number) => number, isNpm?: (pid: number) => boolean, platform?: string }} [system]
 * @returns {number[]}
 */
export function npmAbove(pid, { parent = parentOf, isNpm: looksLikeNpm = isNpm, platform = process.platform } = {}) {
  if (platform !== 'linux') return [parent(pid)];
  const chain = [];
  for (let above = parent(pid); above > 1 && chain.length < FARTHEST; above = parent(above)) {
    chain.push(above);
    if (looksLikeNpm(above)) return chain;
  }
  return [];
}
