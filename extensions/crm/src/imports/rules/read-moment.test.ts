import { expect, test } from 'vitest';
import { readLocalMoment } from './read-moment.ts';

test.each([
  ['2026-11-21 14:30', 'Asia/Shanghai', '2026-11-21T06:30:00.000Z'],
  ['2026/1/5 9:05:07', 'Asia/Shanghai', '2026-01-05T01:05:07.000Z'],
  ['2026年1月5日 9点', 'Asia/Shanghai', '2026-01-05T01:00:00.000Z'],
  ['2026年1月5日9时30分', 'Asia/Shanghai', '2026-01-05T01:30:00.000Z'],
  ['2026-11-21', 'Asia/Shanghai', '2026-11-20T16:00:00.000Z'],
  ['2026.7.1 00:00', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
  ['2026-10-25 02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
  ['2026-11-21T14:30:00Z', 'Asia/Shanghai', '2026-11-21T14:30:00.000Z'],
  ['2026-11-21 14:30:00+08:00', 'Europe/Berlin', '2026-11-21T06:30:00.000Z'],
  ['2026-11-21T14:30+02:00', 'Asia/Shanghai', '2026-11-21T12:30:00.000Z'],
  ['2026-11-21T14:30:07.25Z', 'Asia/Shanghai', '2026-11-21T14:30:07.250Z'],
  ['2026-11-21 14:30:00 +0800', 'Europe/Berlin', '2026-11-21T06:30:00.000Z'],
  ['2026/11/21 14:30 (UTC+8)', 'Europe/Berlin', '2026-11-21T06:30:00.000Z'],
  ['2026-11-21 14:30 GMT-3:30', 'Europe/Berlin', '2026-11-21T18:00:00.000Z'],
  ['2026-11-21 14:30', '+08:00', '2026-11-21T06:30:00.000Z'],
])('IMP-4: %s in %s was %s', (typed, zone, moment) => {
  expect(readLocalMoment(typed, zone)).toBe(moment);
});

test.each([
  '2026-02-30 10:00',
  '2026-13-01',
  '2026-11-21 24:00',
  '2026-11-21 10:60',
  '21.11.2026',
  '11/21/2026',
  'gestern',
  '45658',
  '',
  '2026-11-21T99:00:00Z',
  '2024-02-30T10:00:00Z',
  '0024-01-15',
  '1899-12-31 10:00',
  '2026-11-21 14:30 +19:00',
])('IMP-4: %j is no moment', (typed) => {
  expect(readLocalMoment(typed, 'Asia/Shanghai')).toBeNull();
});

test('F37: a time that the change to summer time leaves out is none', () => {
  expect(readLocalMoment('2026-03-29 02:30', 'Europe/Berlin')).toBeNull();
});
