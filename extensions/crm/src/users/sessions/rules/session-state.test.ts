import { expect, it } from 'vitest';
import {
  areMinutes,
  judgeSession,
  noteEvery,
  usedAt,
  type SessionAtHand,
  type SessionNote,
  type SessionSettings,
} from './session-state.ts';

const OFF: SessionSettings = { lockMinutes: null, idleMinutes: null, dayEnd: null, oneSession: false, timeZone: 'Asia/Shanghai' };
const now = new Date('2026-11-23T06:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const noted = (minutes: number, more: Partial<SessionNote> = {}): SessionNote => ({
  seenAt: ago(minutes),
  lockedAt: null,
  endedAt: null,
  ...more,
});
const at = (settings: Partial<SessionSettings>, note: SessionNote | null, more: Partial<SessionAtHand> = {}): SessionAtHand => ({
  ...{ settings: { ...OFF, ...settings }, note, issuedAt: ago(300).getTime() / 1000, isScreen: true, now },
  ...more,
});
const fresh = { issuedAt: ago(1).getTime() / 1000 };
const plain = { isScreen: false };

it.each<[string, SessionAtHand, string]>([
  ['ACC-2: nothing is set', at({}, null), 'valid'],
  ['ACC-3: used within the time', at({ lockMinutes: 10 }, noted(9)), 'valid'],
  ['ACC-3: left alone for the time', at({ lockMinutes: 10 }, noted(10)), 'locked'],
  ['ACC-3: locked by hand', at({}, noted(0, { lockedAt: ago(0) })), 'locked'],
  ['ACC-3: nothing noted yet, long since given out', at({ lockMinutes: 10 }, null), 'locked'],
  ['ACC-3: nothing noted yet, just given out', at({ lockMinutes: 10 }, null, fresh), 'valid'],
  ['ACC-3: a program has no screen', at({ lockMinutes: 10 }, noted(10), plain), 'valid'],
  ['ACC-2: left alone for longer', at({ lockMinutes: 10, idleMinutes: 60 }, noted(60)), 'idle'],
  ['ACC-2: a locked screen ends too', at({ idleMinutes: 60 }, noted(60, { lockedAt: ago(60) })), 'idle'],
  ['ACC-2: a program that was left alone', at({ idleMinutes: 60 }, noted(60), plain), 'idle'],
  ['ACC-2: given out before the working day ended', at({ dayEnd: '13:00' }, noted(0)), 'day_end'],
  ['ACC-2: given out after it', at({ dayEnd: '13:00' }, noted(0), fresh), 'valid'],
  ['ACC-2: the working day goes on', at({ dayEnd: '20:00' }, noted(0)), 'valid'],
  ['ACC-1: ended by a log-in elsewhere', at({}, noted(0, { endedAt: ago(2) })), 'ended'],
  ['ACC-1: a screen that ended stays so', at({}, noted(0, { endedAt: ago(2) }), fresh), 'ended'],
  ['ACC-1: a plain token of before', at({}, noted(0, { endedAt: ago(2) }), plain), 'ended'],
  ['ACC-1: a plain token given out after that', at({}, noted(0, { endedAt: ago(2) }), { ...fresh, ...plain }), 'valid'],
])('%s: %#', (_name, session, state) => {
  expect(judgeSession(session)).toBe(state);
});

it.each([
  [1, null, 5000],
  [null, 2, 10_000],
  [30, 60, 20_000],
])('ACC-3: locked after %s and over after %s minutes, use is noted every %s ms', (lockMinutes, idleMinutes, every) => {
  expect(noteEvery({ ...OFF, lockMinutes, idleMinutes })).toBe(every);
});

it.each<[unknown, number]>([
  [undefined, 0],
  ['90', 90],
  ['-5', 0],
  ['1e9', 0],
  ['999999', 86_400],
  [['1', '2'], 0],
])('ACC-2: %j seconds without a hand on it count as %i', (sent, seconds) => {
  expect((now.getTime() - usedAt(now, sent).getTime()) / 1000).toBe(seconds);
});

it.each<[unknown, boolean]>([
  [null, true],
  [1, true],
  [1440, true],
  [1441, false],
  [0, false],
  [-1, false],
  [1.5, false],
  ['5', false],
])('ACC-2: %j minutes may be set: %s', (value, may) => {
  expect(areMinutes(value)).toBe(may);
});
