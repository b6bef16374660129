import { execFileSync } from 'node:child_process';
import type { TestHost } from './host.ts';

/**
 * While `work` runs, no file that the host's process writes grows beyond `bytes`: the system refuses it, as a full disk does,
 * and no test has to be root for it.
 */
export async function withoutRoom(host: Pick<TestHost, 'pid'>, bytes: number, work: () => Promise<void>): Promise<void> {
  const limit = (size: string) => execFileSync('prlimit', ['--pid', String(host.pid()), `--fsize=${size}:`]);
  limit(String(bytes));
  try {
    await work();
  } finally {
    limit('unlimited');
  }
}
