import { expect, it } from 'vitest';
import { decideClosedOn, type Closing } from './closed-on.ts';

const TODAY = '2026-11-22';
const base: Closing = { outcome: 'open', closedOn: null, moved: false, enteredBefore: null, today: TODAY };

it.each<[string, Partial<Closing>, string | null]>([
  ['open business has no closing day', { moved: true }, null],
  ['won today', { outcome: 'won', moved: true, enteredBefore: '2026-11-01' }, TODAY],
  ['lost today', { outcome: 'lost', moved: true, enteredBefore: '2026-11-01' }, TODAY],
  ['a later edit leaves the day alone', { outcome: 'won', closedOn: '2026-11-02', enteredBefore: '2026-10-01' }, '2026-11-02'],
  [
    'a day that was typed with the stage stays',
    { outcome: 'won', moved: true, closedOn: '2026-11-20', enteredBefore: '2026-11-01' },
    '2026-11-20',
  ],
  ['a day that was emptied is set again', { outcome: 'lost' }, TODAY],
  ['reopened', { moved: true, closedOn: '2026-11-02', enteredBefore: '2026-11-02' }, null],
  ['a day typed on open business is no closing day', { closedOn: '2026-11-02' }, null],
  ['lost then won: the day moves along', { outcome: 'won', moved: true, closedOn: '2026-11-02', enteredBefore: '2026-11-02' }, TODAY],
])('SAL-2: %s', (_title, closing, day) => {
  expect(decideClosedOn({ ...base, ...closing })).toBe(day);
});
