import { expect, test } from 'vitest';
import { triedNumbers } from './tried-numbers.ts';

const now = new Date('2026-11-22T10:00:00Z');
const number = (at: number) => `1370000${String(at).padStart(4, '0')}`;
const mask = '137****5678';
/** How many of so many numbers behind one mask are looked for. */
const lookedFor = (tried: ReturnType<ReturnType<typeof triedNumbers>['of']>, from: number, count = 400) =>
  Array.from({ length: count }, (_, at) => tried.isCrowded('phone', mask, number(from + at))).filter((isCrowded) => !isCrowded).length;

test('SEC-5: of numbers that look alike only the first twenty are looked for, in one file or in many of a day', () => {
  const numbers = triedNumbers();
  expect(lookedFor(numbers.of('rep', now, []), 0)).toBe(20);
  expect(lookedFor(numbers.of('rep', now, []), 1000)).toBe(0);
  expect(lookedFor(numbers.of('another', now, []), 1000)).toBe(20);
  expect(numbers.of('rep', now, []).isCrowded('phone', '137****5679', number(0))).toBe(false);
  expect(lookedFor(numbers.of('rep', new Date('2026-11-23T10:00:00Z'), []), 1000)).toBe(20);
});

test('SEC-5: mailboxes are counted too, and an honest table of one provider has more of them than numbers', () => {
  const tried = triedNumbers().of('rep', now, []);
  const crowded = Array.from({ length: 300 }, (_, at) => tried.isCrowded('email', 'z***@corp.com', `z${at}@corp.com`));
  expect(crowded.indexOf(true)).toBe(250);
});

test('SEC-5: another process counts on where an import has kept what was crowded', () => {
  const tried = triedNumbers().of('rep', now, []);
  lookedFor(tried, 0);
  const kept = tried.crowded();
  expect(kept.masks).toEqual([`phone ${mask}`]);
  expect(lookedFor(triedNumbers().of('rep', now, [kept]), 1000)).toBe(0);
  expect(lookedFor(triedNumbers().of('rep', new Date('2026-11-23T00:00:00Z'), [kept]), 1000)).toBe(20);
});

test('DQ-5: a file that is read again finds what it found before', () => {
  const numbers = triedNumbers();
  for (let reading = 0; reading < 10; reading += 1) expect(lookedFor(numbers.of('rep', now, []), 0, 15)).toBe(15);
});

test('SEC-5: in an honest table of 300,000 mobiles none is one too many', { timeout: 60_000 }, () => {
  const tried = triedNumbers().of('rep', now, []);
  let seed = 1;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const crowded = Array.from({ length: 300_000 }, (_, at) =>
    tried.isCrowded('phone', `1${30 + next(70)}****${String(next(10_000)).padStart(4, '0')}`, String(at)),
  );
  expect(crowded.filter(Boolean)).toEqual([]);
});
