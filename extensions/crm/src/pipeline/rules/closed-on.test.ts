import { expect, it } from 'vitest';
import { decideClosedOn, type Closing } from './closed-on.ts';

const TODAY = '2026-11-22';
const base: Closing = { outcome: 'open', closedOn: null, moved: false, today: TODAY };

it.each<[string, Partial<Closing>, string | null]>([
  ['open business has no closing day', { moved: true }, null],
  ['won today', { outcome: 'won', moved: true }, TODAY],
  ['lost today', { outcome: 'lost', moved: true }, TODAY],
  ['a later edit leaves the day alone', { outcome: 'won', closedOn: '2026-11-02' }, '2026-11-02'],
  ['a day that stands there already is not what it is closed on', { outcome: 'won', moved: true, closedOn: '2026-11-20' }, TODAY],
  [
    'returned to its end by an undo: the day on which it was closed',
    { outcome: 'won', moved: true, enteredOn: '2026-11-02' },
    '2026-11-02',
  ],
  ['a day that is missing is set', { outcome: 'lost' }, TODAY],
  ['reopened', { moved: true, closedOn: '2026-11-02' }, null],
  ['a day on open business is no closing day', { closedOn: '2026-11-02' }, null],
])('SAL-2: %s', (_title, closing, day) => {
  expect(decideClosedOn({ ...base, ...closing })).toBe(day);
});
