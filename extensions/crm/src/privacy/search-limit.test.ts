import { RateLimiterMemory } from 'rate-limiter-flexible';
import { describe, expect, it } from 'vitest';
import { MOST_SEARCHES, SEARCH_ALLOWANCE, searchLimit } from './search-limit.ts';

describe('SEC-5: nobody tries all the numbers behind a mask', () => {
  it('counts different numbers a person and day, what is looked for again once, and all nodes together', async () => {
    let now = new Date('2026-11-22T02:00:00Z');
    const shared = new RateLimiterMemory(SEARCH_ALLOWANCE);
    const [may, onAnotherNode] = [searchLimit({ now: () => now }, shared), searchLimit({ now: () => now }, shared)];
    for (let number = 0; number < MOST_SEARCHES; number += 1)
      expect(await (number % 3 ? may : onAnotherNode)('one', `1390000${number}`)).toBe(true);
    for (const node of [may, onAnotherNode]) expect(await node('one', '13900009999')).toBe(false);
    expect(await may('one', '13900001')).toBe(true); // the second one again
    expect(await may('other', '13900009999')).toBe(true);
    now = new Date('2026-11-22T17:00:00Z');
    expect(await may('one', '13900009999')).toBe(true);
  });
});
