import { describe, expect, it } from 'vitest';
import { decideNotice, decidePage, DEFAULT_LIMITS, mayLook } from './reveal-limits.ts';

const day = (looks: number, days = 20) => Array.from({ length: days }, () => looks);

describe('Q11: when others are told of many looks', () => {
  it.each([
    ['a usual day', 20, day(15), null],
    ['three times the habit', 45, day(15), 'unusual'],
    ['once a day only', 46, day(15), null],
    ['a busy rep with 60 calls a day', 149, day(60), null],
    ['150 records, whatever the habit', 150, day(60), 'many'],
    ['150 records on the first day', 150, [], 'many'],
    ['no habit yet', 30, day(2, 4), null],
    ['a habit of one look a day is no reason before twenty', 3, day(1), null],
    ['and then it is', 20, day(1), 'unusual'],
    ['one wild day does not move the median', 45, [...day(15, 19), 400], 'unusual'],
    ['an even number of days', 48, [...day(14, 10), ...day(18, 10)], 'unusual'],
  ] as const)('%s', (_name, looks, habit, notice) => {
    expect(decideNotice(looks, habit, DEFAULT_LIMITS)).toBe(notice);
  });

  it('the segment decides where the mark and the stop are', () => {
    const limits = { noticeAt: 10, stopAt: 12 };
    expect(decideNotice(10, [], limits)).toBe('many');
    expect([mayLook(11, limits), mayLook(12, limits)]).toEqual([true, false]);
  });
});

describe('SEC-5, Q11: a page that shows numbers by itself', () => {
  it.each([
    ['shows what stays below both marks', 0, 149, { mayShow: true, isNotice: false }],
    ['tells the heads when it reaches the first', 140, 10, { mayShow: true, isNotice: true }],
    ['tells them when it passes it at once', 0, 200, { mayShow: true, isNotice: true }],
    ['tells them once', 150, 5, { mayShow: true, isNotice: false }],
    ['tells nobody where nothing is new', 150, 0, { mayShow: true, isNotice: false }],
    ['goes up to the last', 490, 10, { mayShow: true, isNotice: false }],
    ['and not beyond it', 490, 11, { mayShow: false, isNotice: false }],
  ])('SEC-5, Q11: %s', (_name, shown, fresh, decided) => {
    expect(decidePage(shown, fresh, DEFAULT_LIMITS)).toEqual(decided);
  });
});
