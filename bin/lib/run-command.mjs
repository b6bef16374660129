import { spawn } from 'node:child_process';
import { onStop } from './stopping.mjs';

/**
 * @typedef {object} Result
 * @property {number} code
 * @property {string} output
 */

/**
 * Runs a program in a process group of its own, so that Ctrl-C ends it together with everything it started (npm starts
 * compilers). Never throws for a failing program.
 * @param {string} program
 * @param {string[]} parameters
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, onOutput?: (text: string) => void }} options
 * @returns {Promise<Result>}
 */
export async function runCommand(program, parameters, { cwd, env = process.env, onOutput }) {
  const child = spawn(program, parameters, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  const collect = (/** @type {Buffer} */ chunk) => {
    output = (output + chunk.toString()).slice(-400_000);
    onOutput?.(chunk.toString());
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  /** @type {Promise<Result>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve({ code: 127, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
  const forget = onStop(() => endGroup(child.pid, ended));
  const result = await ended;
  forget();
  return result;
}

/**
 * @param {number | undefined} pid
 * @param {Promise<unknown>} ended
 */
async function endGroup(pid, ended) {
  if (!pid) return;
  const signal = (/** @type {NodeJS.Signals} */ name) => {
    try {
      process.kill(-pid, name);
    } catch {
      return;
    }
  };
  signal('SIGTERM');
  const force = setTimeout(() => signal('SIGKILL'), 3000);
  await ended;
  clearTimeout(force);
}
