import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { npmAbove, parentOf } from '../../bin/lib/npm-above.mjs';
import { ROOT } from '../../bin/lib/paths.mjs';
import { cleanEnvironment } from './start-command.ts';

/** What stands between a person's shell and the server, with a script that only waits in the place of the server. */
const folder = mkdtempSync(join(tmpdir(), 'crm-npm-'));
const out = join(folder, 'out');
afterAll(() => rmSync(folder, { recursive: true }));

writeFileSync(
  join(folder, 'package.json'),
  JSON.stringify({ private: true, scripts: { start: 'exec node stub.mjs', plain: 'node stub.mjs' } }),
);
writeFileSync(
  join(folder, 'stub.mjs'),
  `import { listenForStop } from ${JSON.stringify(join(ROOT, 'bin/lib/stopping.mjs'))};
   listenForStop(() => 0);
   setInterval(() => undefined, 1000);
   console.log('READY ' + process.pid);`,
);

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

async function until(isSo: () => boolean, milliseconds = 10_000): Promise<boolean> {
  for (const end = Date.now() + milliseconds; Date.now() < end; await pause(50)) if (isSo()) return true;
  return isSo();
}

let stub: number;

/** A shell starts npm in the background, waits for the stub and is closed. */
async function startInShell(line: string) {
  const command = `${line} >${out} 2>&1 & i=0; until grep -q READY ${out} || [ $i -gt 100 ]; do sleep 0.1; i=$((i+1)); done; sleep 0.3`;
  const shell = spawn('sh', ['-c', command], { cwd: folder, env: cleanEnvironment(), stdio: 'ignore', detached: true });
  await new Promise((resolve) => shell.once('close', resolve));
  stub = Number(/READY (\d+)/.exec(readFileSync(out, 'utf8'))?.[1]);
  return shell.pid!;
}

beforeEach(() => rmSync(out, { force: true }));
afterEach(() => {
  if (stub && isAlive(stub)) process.kill(stub, 'SIGKILL');
});

describe.runIf(existsSync('/proc/self/stat'))('npm start and the shell it was typed into (issue 2 §1)', () => {
  it.each(['nohup npm start', 'npm run plain'])('%s goes on when the shell is closed, and ends when npm is killed', async (line) => {
    await startInShell(line);
    await pause(2500);
    expect(isAlive(stub)).toBe(true);
    const npm = npmAbove(stub).at(-1)!;
    process.kill(npm, 'SIGKILL');
    expect(await until(() => !isAlive(stub))).toBe(true);
  });

  it('ends with its terminal', async () => {
    const terminal = `import os, pty, time
pid, screen = pty.fork()
if pid == 0: os.execvp('sh', ['sh', '-c', 'node stub.mjs >${out}'])
while 'READY' not in (open('${out}').read() if os.path.exists('${out}') else ''): time.sleep(0.1)
time.sleep(0.3)
os.close(screen)
time.sleep(1)`;
    const python = spawn('python3', ['-c', terminal], { cwd: folder, env: cleanEnvironment(), stdio: 'ignore' });
    expect(await new Promise((resolve) => python.once('close', resolve))).toBe(0);
    stub = Number(/READY (\d+)/.exec(readFileSync(out, 'utf8'))?.[1]);
    expect(await until(() => !isAlive(stub))).toBe(true);
  });

  it('without a terminal goes on after a hang-up that ends npm, and is ended by its own signal', async () => {
    const group = await startInShell('nohup npm start');
    process.kill(-group, 'SIGHUP');
    await pause(2500);
    expect(isAlive(stub)).toBe(true);
    process.kill(stub, 'SIGTERM');
    expect(await until(() => !isAlive(stub))).toBe(true);
    expect(readFileSync(out, 'utf8')).toContain('停止中 | stopping');
  });
});

describe('which processes count as npm', () => {
  const above = (names: string[]) =>
    npmAbove(100, {
      parent: (pid) => (pid - 100 < names.length ? pid + 1 : 1),
      isNpm: (pid) => names[pid - 101] === 'npm',
      platform: 'linux',
    });

  it('is everything up to npm and nothing above it', () => {
    expect(above(['npm', 'bash', 'sshd'])).toEqual([101]);
    expect(above(['sh', 'npm', 'bash', 'sshd'])).toEqual([101, 102]);
  });

  it('is nothing where there is no npm', () => {
    expect(above(['bash', 'sshd'])).toEqual([]);
    expect(above(['a', 'b', 'c', 'd', 'npm'])).toEqual([]);
  });

  it('is the process above where the system shows no others', () => {
    expect(npmAbove(100, { parent: () => 7, platform: 'darwin' })).toEqual([7]);
    expect(parentOf(process.pid)).toBe(process.ppid);
  });
});
