import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withPidLock } from './pid-lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'crm-lock-'));
afterAll(() => rmSync(folder, { recursive: true }));
let count = 0;
const fresh = () => join(folder, `${(count += 1)}.lock`);

/** Another process that takes the lock, says so, and holds it until it is told to end. */
function holding(file: string) {
  const script = `import { withPidLock } from ${JSON.stringify(new URL('./pid-lock.mjs', import.meta.url).href)};
    await withPidLock(${JSON.stringify(file)}, () => new Promise((resolve) => { console.log('HELD'); process.stdin.once('data', resolve); }));
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const held = new Promise<void>((resolve) => child.stdout.on('data', (text: Buffer) => text.includes('HELD') && resolve()));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { child, held, ended };
}

describe('two commands in one clone or data folder (issue 2 §1)', () => {
  it('leaves nothing behind, also when the work fails', async () => {
    const file = fresh();
    expect(await withPidLock(file, () => Promise.resolve(existsSync(file)))).toBe(true);
    await expect(withPidLock(file, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(file)).toBe(false);
  });

  it('waits for the other one', async () => {
    const file = fresh();
    const other = holding(file);
    await other.held;
    let isDone = false;
    const mine = withPidLock(file, () => Promise.resolve((isDone = true)), 20);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isDone).toBe(false);
    other.child.stdin.write('go\n');
    await mine;
    await other.ended;
    expect(isDone).toBe(true);
  });

  it('passes over the lock of one that was killed', async () => {
    const file = fresh();
    const other = holding(file);
    await other.held;
    other.child.kill('SIGKILL');
    await other.ended;
    expect(existsSync(file)).toBe(true);
    expect(await withPidLock(file, () => Promise.resolve('done'), 20)).toBe('done');
  });

  it.each([
    ['of an earlier process with our own pid, as in a container', JSON.stringify({ pid: process.pid, since: '1' })],
    ['that says nothing', ''],
  ])('passes over a lock %s', async (_, text) => {
    const file = fresh();
    writeFileSync(file, text);
    expect(await withPidLock(file, () => Promise.resolve('done'), 20)).toBe('done');
    expect(existsSync(file)).toBe(false);
  });
});
