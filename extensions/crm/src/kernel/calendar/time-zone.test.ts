import { expect, it } from 'vitest';
import { readTimeZone } from './time-zone.ts';

it.each([
  ['Asia/Shanghai', 'Asia/Shanghai'],
  [' asia/shanghai ', 'Asia/Shanghai'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
])('ORG-1: a segment may work in %s', (typed, stored) => {
  expect(readTimeZone(typed)).toEqual({ ok: true, value: stored });
});

it.each(['Asia/Shanghigh', '+08:00', '8', '', '北京', 'Asia/Shanghai; DROP'])('ORG-1: %j is no time zone', (typed) => {
  expect(readTimeZone(typed)).toEqual({ ok: false, reason: 'unknown' });
});
