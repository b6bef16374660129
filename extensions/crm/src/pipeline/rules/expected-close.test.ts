import { describe, expect, it } from 'vitest';
import { isExpectedInPast, type Expecting } from './expected-close.ts';

const judge = (change: Partial<Expecting>) =>
  isExpectedInPast({ sent: '2026-03-04', stands: null, outcome: 'open', today: '2026-03-05', ...change });

describe('the day on which business is expected to close', () => {
  it('SAL-2: open business is not newly expected on a day that is over', () => {
    expect(judge({})).toBe(true);
    expect(judge({ stands: '2026-03-01' })).toBe(true);
    expect(judge({ sent: '2026-03-04T00:00:00' })).toBe(true);
  });

  it.each<[string, Partial<Expecting>]>([
    ['today', { sent: '2026-03-05' }],
    ['a day to come', { sent: '2027-01-01' }],
    ['what stood there already', { stands: '2026-03-04' }],
    ['business that is won', { outcome: 'won' }],
    ['business that is lost', { outcome: 'lost' }],
    ['nothing', { sent: null }],
    ['no word of it', { sent: undefined }],
    ['what is no day, which the form of the value refuses', { sent: 'morgen' }],
  ])('SAL-2: %s is let pass', (_what, change) => {
    expect(judge(change)).toBe(false);
  });
});
