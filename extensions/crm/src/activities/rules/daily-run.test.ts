import { expect, it } from 'vitest';
import { isDueNow } from './daily-run.ts';

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
