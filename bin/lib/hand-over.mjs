import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { ROOT } from './paths.mjs';
import { endsWithTerminal } from './stopping.mjs';

/** Whether everything was installed for the very program that runs us. @param {import('./node-runtime.mjs').NodeRuntime} runtime */
export const isThisNode = ({ node }) => realpathSync(node) === realpathSync(process.execPath);

/**
 * Runs a script of ours on the Node that everything was installed for (native modules of one version crash in another) and
 * becomes a mere messenger: signals go down, the exit code comes up, and if we are killed the other one stops by itself.
 * @param {import('./node-runtime.mjs').NodeRuntime} runtime
 * @param {string[]} command script and parameters
 * @returns {Promise<never>}
 */
export async function handOver(runtime, command) {
  const child = spawn(runtime.node, command, {
    cwd: ROOT,
    env: { ...process.env, ...runtime.env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.removeAllListeners(signal);
    process.on(signal, () => child.kill(signal));
  }
  process.on('SIGHUP', () => void (endsWithTerminal() && child.kill('SIGHUP')));
  const code = await new Promise((resolve) => child.once('close', (exit, signal) => resolve(exit ?? (signal ? 130 : 1))));
  process.exit(code);
}
