import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../bin/lib/paths.mjs';

export interface StartRun {
  output(): string;
  /** Resolves when the output matches; rejects when the command ends before. */
  sees(text: RegExp): Promise<RegExpExecArray>;
  /** What Ctrl-C sends. */
  interrupt(): void;
  /** What nothing can be done about. */
  kill(): void;
  ended: Promise<number>;
}

const running = new Set<() => void>();
process.once('exit', () => running.forEach((kill) => kill()));

/** Settings of the person who runs the tests must not reach the command under test. */
const NOT_INHERITED = /^(CRM_|DB_|REDIS|ADMIN_|SECRET$|PORT$|HOST$|PUBLIC_URL$|npm_|VITEST|NODE_ENV|TEST$)/;

export const cleanEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && !NOT_INHERITED.test(entry[0])),
  );

/** Runs the script behind `npm start` as a person would. */
export const runStart = (env: Record<string, string>, nodeOptions: string[] = []): StartRun => runScript('start.mjs', env, [], nodeOptions);

/** Runs one script of `bin/`. */
export function runScript(script: string, env: Record<string, string>, words: string[] = [], nodeOptions: string[] = []): StartRun {
  const child = spawn(process.execPath, [...nodeOptions, join(ROOT, 'bin', script), ...words], {
    cwd: ROOT,
    env: { ...cleanEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const waiting = new Set<() => void>();
  const collect = (chunk: Buffer) => {
    text += chunk.toString();
    waiting.forEach((look) => look());
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const kill = () => child.kill('SIGKILL');
  running.add(kill);
  const ended = new Promise<number>((resolve) => child.once('close', (code) => resolve(code ?? 1)));
  void ended.then(() => running.delete(kill));
  const sees = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(text);
        if (!match) return;
        waiting.delete(look);
        resolve(match);
      };
      waiting.add(look);
      look();
      void ended.then((code) => reject(new Error(`ended with ${code} before ${String(pattern)}:\n${text}`)));
    });
  return { output: () => text, sees, interrupt: () => child.kill('SIGINT'), kill, ended };
}

export const READY = /已启动 \| The group CRM is up/;

/** A data folder of its own, and what removes it. */
export function dataFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'crm-start-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Processes that still carry `text` in their environment: nothing may be left of a command that ended. */
export function processesWith(text: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
}
