import { expect, test } from 'vitest';
import { withAttempt, withoutAttempts } from './import-row.ts';

/** The rows that each reading had staged when its process died; which of the readings is not begun any more. */
function givesUpAt(...died: number[]): number {
  let settings: unknown = '{"reading":"sealed"}';
  for (const [reading, rows_total] of [0, ...died].entries()) {
    const attempt = withAttempt({ settings, rows_total });
    if (attempt.dies) return reading;
    settings = attempt.settings;
    expect(JSON.parse(attempt.settings)).toMatchObject({ reading: 'sealed' });
  }
  return -1;
}

test('F30, F33: a file that ends the process that reads it is tried three times, and not for ever', () => {
  expect(givesUpAt(0, 0, 0, 0, 0)).toBe(3);
  expect(givesUpAt(400, 400, 400, 400, 400)).toBe(4);
});

test('F33: a reading that gets further each time is never given up, and one read in another way begins anew', () => {
  expect(givesUpAt(200, 400, 600, 800, 1000, 1200)).toBe(-1);
  const { settings } = withAttempt({ settings: '{"ended":true,"attempts":3}', rows_total: 0 });
  expect(withoutAttempts(settings)).toEqual({ ended: true });
});
