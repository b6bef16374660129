import { expect, test } from 'vitest';
import { createTurns } from './turns.ts';

test('UX: an answer that comes late to a page that was turned is not shown', () => {
  const turns = createTurns();
  const [first, poll, second] = [turns.load(), turns.refresh(), turns.load()];
  expect([second(), first(), poll()]).toEqual([true, false, false]);
});

test('UX: of two looks at the same page the later one stays, whichever answer comes last', () => {
  const turns = createTurns();
  turns.load();
  const [early, late] = [turns.refresh(), turns.refresh()];
  expect([late(), early()]).toEqual([true, false]);
  const [one, other] = [turns.refresh(), turns.refresh()];
  expect([one(), other()]).toEqual([true, true]);
});
