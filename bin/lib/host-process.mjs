import { spawn } from 'node:child_process';
import { COMPILE_CACHE, HOST_CLI, ROOT } from './paths.mjs';

/**
 * @typedef {object} HostProcess
 * @property {import('node:child_process').ChildProcess} child
 * @property {() => string} output the last 200 kB the host wrote
 * @property {Promise<number>} ended resolves with the exit code
 * @property {(milliseconds?: number) => Promise<number>} stop ends it politely, then by force
 */

/**
 * Runs one command of the host as our own child: its pid is ours to stop.
 * @param {string[]} command
 * @param {Record<string, string>} env
 * @param {{ node?: string, onOutput?: (text: string) => void }} [options]
 * @returns {HostProcess}
 */
export function runHost(command, env, { node = process.execPath, onOutput } = {}) {
  const child = spawn(node, [HOST_CLI, ...command], {
    cwd: ROOT,
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let text = '';
  const collect = (/** @type {Buffer} */ chunk) => {
    text = (text + chunk.toString()).slice(-200_000);
    onOutput?.(chunk.toString());
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => {
      text += String(error);
      resolve(127);
    });
    child.once('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
  const stop = async (milliseconds = 5000) => {
    if (child.exitCode !== null || child.signalCode !== null) return ended;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), milliseconds);
    const code = await ended;
    clearTimeout(force);
    return code;
  };
  return { child, output: () => text, ended, stop };
}

/**
 * Waits until the CRM can be used: `/crm/health` answers 200, or, for a host without the CRM, `/server/ping` answers.
 * @param {string} url
 * @param {HostProcess} host
 * @param {{ seconds?: number, path?: string, isEnough?: (status: number, body: string) => boolean }} [options] isEnough: what
 *   else ends the waiting
 * @returns {Promise<string>} the body of the answer
 */
export async function waitUntilReady(url, host, { seconds = 120, path = '/crm/health', isEnough = () => false } = {}) {
  const deadline = Date.now() + seconds * 1000;
  let gone = false;
  let last = 'no answer';
  void host.ended.then(() => (gone = true));
  while (Date.now() < deadline) {
    if (gone) throw new Error(`the host ended while starting:\n${host.output().slice(-4000)}`);
    try {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(5000) });
      const body = await response.text();
      if (response.status === 200 || isEnough(response.status, body)) return body;
      last = `${response.status} ${body.slice(0, 1000)}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`the host was not ready after ${seconds} s (${last})\n${host.output().slice(-4000)}`);
}
