import { readFileSync } from 'node:fs';

/**
 * Ctrl-C and its relatives, in one place: whoever runs a child says here how to end it; nothing is left behind.
 * @type {Set<() => Promise<unknown>>}
 */
const enders = new Set();
let stopping = false;

export const isStopping = () => stopping;

/**
 * @param {() => Promise<unknown>} end
 * @returns {() => void} takes it off the list again
 */
export function onStop(end) {
  enders.add(end);
  return () => void enders.delete(end);
}

/** @param {number} code */
async function stopAll(code) {
  if (stopping) return;
  stopping = true;
  process.stdout.write('\n停止中 | stopping\n');
  await Promise.allSettled([...enders].map((end) => end()));
  process.exit(code);
}

/** @param {() => number} exitCode what the command answers when a person ends it now */
export function listenForStop(exitCode) {
  process.on('disconnect', () => void stopAll(exitCode()));
  if (process.env['npm_lifecycle_event'] && !process.channel) stopWithNpm(() => void stopAll(exitCode()));
  process.channel?.unref();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => void stopAll(exitCode()));
}

/** The process above `pid`, where the system tells. @param {number} pid */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1];
  } catch {
    return undefined;
  }
}

/**
 * npm, and the shell between it and us, may be killed without a word to us: then nobody could end the server any more.
 * @param {() => void} stop
 */
function stopWithNpm(stop) {
  const ancestors = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const before = ancestors();
  setInterval(() => {
    if (ancestors() !== before) stop();
  }, 1000).unref();
}
