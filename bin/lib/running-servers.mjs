import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { holderText, livingHolder } from './pid-lock.mjs';

const NAME = /^server-\d+\.pid$/;

/**
 * A server says that it runs on this data folder, from before its installation until it ends, so that a restore does not pull the
 * database from under it. More than one may: several nodes can share a folder.
 * @param {string} dataDir
 * @returns {() => void} takes it back
 */
export function announceServer(dataDir) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, `server-${process.pid}.pid`);
  writeFileSync(file, holderText(), { mode: 0o600 });
  const leave = () => rmSync(file, { force: true });
  process.once('exit', leave);
  return leave;
}

/** Process numbers of the servers that run on this data folder; what dead ones left is removed. @param {string} dataDir @returns {number[]} */
export function runningServers(dataDir) {
  /** @type {number[]} */
  const running = [];
  for (const name of readNames(dataDir)) {
    const file = join(dataDir, name);
    const pid = livingHolder(file);
    if (pid) running.push(pid);
    else rmSync(file, { force: true });
  }
  return running;
}

/** @param {string} folder */
function readNames(folder) {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name));
  } catch {
    return [];
  }
}
