import fc from 'fast-check';
import { expect, it } from 'vitest';
import { daysLeft, touchedBefore, type FollowUpRule } from './stale.ts';

const ROLLING: FollowUpRule = { counted: 'rolling', days: 30, timeZone: 'Asia/Shanghai' };
const MONTH: FollowUpRule = { ...ROLLING, counted: 'calendar_month' };

it.each([
  ['2026-11-23T04:00:00Z', '2026-11-23', ROLLING, 30],
  ['2026-10-24T04:00:00Z', '2026-11-23', ROLLING, 0],
  ['2026-10-23T04:00:00Z', '2026-11-23', ROLLING, -1],
  ['2026-10-30T04:00:00Z', '2026-11-23', ROLLING, 6],
  // Half past four in the afternoon in London is the next day in Shanghai.
  ['2026-10-23T16:30:00Z', '2026-11-23', ROLLING, 0],
  ['2026-10-23T16:30:00Z', '2026-11-23', { ...ROLLING, timeZone: 'Europe/London' }, -1],
  ['2026-11-13T04:00:00Z', '2026-11-23', { ...ROLLING, days: 10 }, 0],
  ['2028-01-30T04:00:00Z', '2028-02-29', ROLLING, 0],
])('USE-3, Q13: last worked on at %s, on %s in rolling days %o: %i days left', (touched, today, rule, left) => {
  expect(daysLeft(new Date(touched), today, rule)).toBe(left);
});

it.each([
  ['2026-11-01T04:00:00Z', '2026-11-23', 38],
  ['2026-10-31T04:00:00Z', '2026-11-23', 7],
  ['2026-10-01T04:00:00Z', '2026-11-30', 0],
  ['2026-09-30T04:00:00Z', '2026-11-01', -1],
  ['2026-12-31T04:00:00Z', '2027-01-31', 0],
  ['2028-01-31T04:00:00Z', '2028-02-01', 28],
  ['2026-10-31T16:30:00Z', '2026-11-23', 38],
])('USE-3, Q13: last worked on at %s, on %s by calendar month: %i days left', (touched, today, left) => {
  expect(daysLeft(new Date(touched), today, MONTH)).toBe(left);
});

it('USE-3: what the database is asked for are the records whose time runs out, and no others', () => {
  const base = Date.UTC(2026, 0, 1);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 800 * 24 * 60 }),
      fc.integer({ min: 0, max: 800 }),
      fc.constantFrom<FollowUpRule['counted']>('rolling', 'calendar_month'),
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom('Asia/Shanghai', 'UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'),
      (minutes, ahead, counted, days, timeZone) => {
        const touched = new Date(base + minutes * 60_000);
        const today = new Date(base + ahead * 86_400_000).toISOString().slice(0, 10);
        const rule = { counted, days, timeZone };
        expect(touched < touchedBefore(today, 7, rule)).toBe(daysLeft(touched, today, rule) <= 7);
      },
    ),
    { seed: 20_261_123, numRuns: 2000 },
  );
});
