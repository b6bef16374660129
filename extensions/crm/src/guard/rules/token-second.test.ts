import { expect, it } from 'vitest';
import { isEndedBy, untilOutlived } from './token-second.ts';

const at = (ms: number) => new Date(1_000_000 + ms);

it.each([
  ['ACC-9: given out before the second of the ending', 999, at(0), true],
  ['ACC-9: given out in that second, whichever came first', 1000, at(900), true],
  ['ACC-9: given out after it', 1001, at(900), false],
  ['ACC-9: nothing has ended', 1, null, false],
])('%s', (_name, issuedAt, moment, ended) => {
  expect(isEndedBy(issuedAt, moment)).toBe(ended);
});

it.each([
  ['in the second of the ending', at(300), [at(100)], 700],
  ['of several the last counts', at(300), [null, at(-400), at(200)], 700],
  ['in a second after it', at(1100), [at(900)], 0],
  ['nothing has ended', at(0), [], 0],
  ['a moment in the future is a wrong clock', at(0), [at(5000)], 0],
])('ACC-9: whoever logs in anew outlives it: %s', (_name, now, endings, wait) => {
  const rest = untilOutlived(now, endings);
  expect(rest).toBe(wait);
  for (const ending of endings.filter((moment) => moment !== null && moment <= now))
    expect(isEndedBy(Math.floor((now.getTime() + rest) / 1000), ending)).toBe(false);
});
