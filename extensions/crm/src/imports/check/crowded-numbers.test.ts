import { expect, test } from 'vitest';
import { crowdedNumbers } from './crowded-numbers.ts';

test('SEC-5: of numbers that look alike only the first twenty of a file are looked for', () => {
  const isCrowded = crowdedNumbers();
  const crowded = Array.from({ length: 400 }, () => isCrowded('137****5678'));
  expect(crowded.indexOf(true)).toBe(20);
  expect(crowded.lastIndexOf(false)).toBe(19);
  expect(isCrowded('137****5679')).toBe(false);
});

test('SEC-5: in an honest table of 300,000 mobiles none is one too many', () => {
  const isCrowded = crowdedNumbers();
  let seed = 1;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const crowded = Array.from({ length: 300_000 }, () => isCrowded(`1${30 + next(70)}****${String(next(10_000)).padStart(4, '0')}`));
  expect(crowded.filter(Boolean)).toEqual([]);
});
