import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { Knex } from '../../platform/api/host.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { watchOf } from './watch-export.ts';

const BEATS_MS = 1000;
// No row stands yet, so nothing is asked of the database.
const none = undefined as unknown as Knex;

function leaseThat(take: () => Promise<boolean>): Lease {
  return { take, renew: () => Promise.resolve(true), release: () => Promise.resolve(), isHeld: () => Promise.resolve(true) };
}

test('F33: an export keeps its right while one page takes long, and gives no sign of life once it rests', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    let taken = 0;
    const watch = watchOf(
      none,
      leaseThat(async () => {
        await wait(1);
        return (taken += 1) > 0;
      }),
    );
    for (let beat = 1; beat <= 5; beat += 1) {
      await vi.advanceTimersByTimeAsync(BEATS_MS);
      await vi.waitFor(() => expect(taken).toBe(beat));
      await wait(2);
    }
    vi.advanceTimersByTime(BEATS_MS);
    await watch.rest();
    expect(taken).toBe(6);
    vi.advanceTimersByTime(10 * BEATS_MS);
    await wait(5);
    expect(taken).toBe(6);
    expect(() => watch.goOn()).not.toThrow();
  } finally {
    vi.useRealTimers();
  }
});

test('F33: whoever lost the right ends, also in the middle of a page', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const watch = watchOf(
      none,
      leaseThat(() => Promise.resolve(false)),
    );
    vi.advanceTimersByTime(BEATS_MS);
    await vi.waitFor(() => expect(watch.halt.signal.aborted).toBe(true));
    expect(() => watch.goOn()).toThrow();
    await watch.rest();
  } finally {
    vi.useRealTimers();
  }
});
