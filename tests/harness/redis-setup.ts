import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import type { Provided } from './postgres-setup.ts';

/** Sends PING as redis' own protocol does; true when PONG comes back. */
function answersPing(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write('PING\r\n'));
    socket.setTimeout(1000, () => socket.destroy());
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}

/** Redis for one test run: the machine's own where it answers, else a `redis-server` of this run. */
export async function provideRedis(): Promise<Provided<string>> {
  if (process.env['CRM_TEST_EMBEDDED'] !== 'true' && (await answersPing(6379)))
    return { server: 'redis://127.0.0.1:6379', stop: async () => {} };
  return startRedis(await freePort());
}

/** A `redis-server` of one's own, which may be stopped and started again at its port. */
export async function startRedis(port: number): Promise<Provided<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'crm-redis-'));
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder], { stdio: 'ignore' });
  const failed = new Promise<never>((_, reject) =>
    child.once('error', (error) => reject(new Error('no redis-server: apt-get install redis-server', { cause: error }))),
  );
  process.once('exit', () => child.kill('SIGKILL'));
  const ready = (async () => {
    for (let tries = 0; tries < 50; tries += 1) {
      if (await answersPing(port)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the redis-server of this test run does not answer');
  })();
  await Promise.race([ready, failed]);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { server: `redis://127.0.0.1:${port}`, stop };
}
