import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { step } from './progress.mjs';

/**
 * @typedef {object} Holder
 * @property {number} pid
 * @property {string} since when that process began: a pid comes back, in a container at every start
 */

/** @param {number} pid @returns {string} empty where the system does not tell */
function beganAt(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** @param {Holder} holder */
function isAlive({ pid, since }) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return beganAt(pid) === since;
}

/** @param {string} file @returns {{ text: string, holder: Holder | null } | null} */
function read(file) {
  try {
    const text = readFileSync(file, 'utf8');
    const holder = JSON.parse(text);
    return { text, holder: typeof holder?.pid === 'number' ? holder : null };
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT' ? null : { text: '', holder: null };
  }
}

/** Names this process so that no later one with its number is taken for it. */
export const holderText = () => JSON.stringify({ pid: process.pid, since: beganAt(process.pid) });

/** The process that a file names, while it lives. @param {string} file @returns {number | null} */
export function livingHolder(file) {
  const holder = read(file)?.holder;
  return holder && isAlive(holder) ? holder.pid : null;
}

/** Whole or not at all: a lock that exists always names its holder. @param {string} file @param {string} text */
function take(file, text) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text, { mode: 0o600 });
  try {
    if (!link(own, file)) writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/** @param {string} from @param {string} to @returns {boolean} false: this file system has no links */
function link(from, to) {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') throw error;
    return false;
  }
}

/** Takes away the lock of a dead holder; somebody else's fresh one that came in between is put back. @param {string} file @param {string} stale */
function removeStale(file, stale) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== stale) linkSync(aside, file);
  } catch {
    // Another process was faster.
  }
  rmSync(aside, { force: true });
}

/** @param {string} file @param {string} mine @returns {Holder | null | undefined} undefined: it is ours now; null: try again */
function attempt(file, mine) {
  if (take(file, mine)) return undefined;
  const found = read(file);
  if (found && (!found.holder || !isAlive(found.holder))) removeStale(file, found.text);
  return found?.holder && isAlive(found.holder) ? found.holder : null;
}

/**
 * Runs `work` while no other process of this machine does so under the same lock file; waits under a progress line. A lock of
 * a process that is gone is passed over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {number} [pollMilliseconds]
 * @returns {Promise<T>}
 */
export async function withPidLock(file, work, pollMilliseconds = 500) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = holderText();
  let holder = attempt(file, mine);
  if (holder === null) holder = attempt(file, mine);
  if (holder !== undefined) {
    const who = holder?.pid ?? '';
    await step(`等待另一个命令完成（进程 ${who}）`, `waiting for another command to finish (process ${who})`, async () => {
      while (attempt(file, mine) !== undefined) await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
    });
  }
  const leave = () => rmSync(file, { force: true });
  process.once('exit', leave);
  try {
    return await work();
  } finally {
    process.removeListener('exit', leave);
    leave();
  }
}
