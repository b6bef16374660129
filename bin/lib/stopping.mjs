import { isatty } from 'node:tty';
import { npmAbove, parentOf } from './npm-above.mjs';

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
  const stop = () => void stopAll(exitCode());
  process.on('disconnect', stop);
  const forgetNpm = process.env['npm_lifecycle_event'] && !process.channel ? stopWithNpm(stop) : () => undefined;
  process.channel?.unref();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, stop);
  // A terminal that is gone, or a reader of a pipe: what cannot be said any more must not keep us from stopping.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  process.on('SIGHUP', () => (endsWithTerminal() ? stop() : forgetNpm()));
}

/** Asked while it is there: of a terminal that was closed nobody learns any more that it was one. */
const hasTerminal = isatty(0);

/**
 * A terminal that is closed ends what runs in it; `nohup npm start &` and services have none and go on, although the same
 * signal may take npm above us. It must be listened to in any case: Node.js undoes what nohup has set.
 */
export const endsWithTerminal = () => hasTerminal;

/**
 * npm, and the shell between it and us, may be killed without a word to us: then nobody could end the server any more.
 * Nothing above npm counts: the shell that a person typed `npm start &` into may be closed.
 * @param {() => void} stop
 * @returns {() => void} forgets npm
 */
function stopWithNpm(stop) {
  const chain = npmAbove(process.pid);
  const isWhole = () => chain.every((pid, at) => parentOf(at === 0 ? process.pid : (chain[at - 1] ?? 0)) === pid);
  const timer = setInterval(() => {
    if (!isWhole()) stop();
  }, 1000).unref();
  return () => clearInterval(timer);
}
