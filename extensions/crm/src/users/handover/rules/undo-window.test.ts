import { expect, it } from 'vitest';
import { decideUndo, undoUntil } from './undo-window.ts';

const finished = new Date('2026-11-01T08:00:00Z');
const until = undoUntil(finished);

it.each([
  ['done', '2026-11-30T00:00:00Z', 'begin'],
  ['done', '2026-12-01T08:00:00Z', 'begin'],
  ['done', '2026-12-01T08:00:01Z', 'undo_over'],
  ['running', '2026-11-02T00:00:00Z', 'not_done'],
  ['undoing', '2027-11-02T00:00:00Z', 'again'],
  ['undone', '2027-11-02T00:00:00Z', 'again'],
])('N5: a hand-over that is %s at %s: %s', (state, now, expected) => expect(decideUndo(state, until, new Date(now))).toBe(expected));
