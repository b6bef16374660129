import { expect, it } from 'vitest';
import { isDueNow, isResting } from './daily-run.ts';

const today = '2026-11-23';

it.each([
  ['runs for the first time', { hour: 5, lastRun: null }, true],
  ['waits for its hour', { hour: 4, lastRun: '2026-11-22' }, false],
  ['runs after its hour, too, when nothing served before', { hour: 23, lastRun: '2026-11-22' }, true],
  ['runs once a day', { hour: 9, lastRun: '2026-11-23' }, false],
  ['runs once after a week without anybody', { hour: 9, lastRun: '2026-11-16' }, true],
  ['does not run again for a clock that was set back', { hour: 9, lastRun: '2026-11-24' }, false],
])('F37, SAL-12: the daily run %s', (_name, { hour, lastRun }, due) => {
  expect(isDueNow({ today, hour }, { lastRun, fromHour: 5 })).toBe(due);
});

it.each([
  ['rests after a failure', 60_000, true],
  ['tries again after its rest', 900_000, false],
  ['does not wait for a clock that was set back', -1, false],
  ['runs at once where nothing has failed', Infinity, false],
])('SAL-12: the daily run %s', (_name, since, resting) => {
  const now = new Date('2026-11-23T01:00:00Z');
  expect(isResting(now.getTime() - since, now, 900_000)).toBe(resting);
});
