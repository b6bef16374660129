import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, isIn, judgeAbsence, judgeEnding, judgeWithdrawal, lastDayBefore, overlap } from './absence.ts';

const span = (from_on: string, to_on: string) => ({ from_on, to_on });
const LEAVE = span('2026-11-23', '2026-11-25');

describe('Q12: being away', () => {
  it.each([
    [null, span('2026-11-26', '2026-11-26'), 'one day'],
    [null, span('2026-11-20', '2026-11-22'), 'up to the day before another one'],
    ['ends_before', span('2026-11-25', '2026-11-24'), 'the end before the beginning'],
    ['too_long', span('2026-12-01', '2027-12-02'), 'more than a year'],
    [null, span('2026-12-01', '2027-12-01'), 'a year'],
    ['overlaps', span('2026-11-25', '2026-11-30'), 'the last day of another one'],
    ['overlaps', span('2026-11-01', '2026-11-23'), 'the first day of another one'],
    ['overlaps', span('2026-11-24', '2026-11-24'), 'within another one'],
  ])('%s: %j (%s)', (reason, one, _name) => {
    expect(judgeAbsence(one, [LEAVE])).toBe(reason);
  });

  it.each([
    [null, 'requested', '2026-11-20', 'while it waits, whenever'],
    [null, 'approved', '2026-11-24', 'approved, not begun'],
    ['begun', 'approved', '2026-11-23', 'on its first day: the days are taken'],
    ['over', 'rejected', '2026-11-24', 'rejected'],
    ['over', 'withdrawn', '2026-11-24', 'withdrawn already'],
  ])('taken back: %s (%s from %s: %s)', (reason, state, fromOn, _name) => {
    expect(judgeWithdrawal({ state, fromOn, today: '2026-11-23' })).toBe(reason);
  });

  it.each([
    [null, 'approved', '2026-11-23', '2026-11-30', 'on its first day'],
    [null, 'approved', '2026-11-01', '2026-11-23', 'on its last day'],
    ['over', 'approved', '2026-11-01', '2026-11-22', 'it ended yesterday'],
    ['not_begun', 'approved', '2026-11-24', '2026-11-30', 'it begins tomorrow'],
    ['not_begun', 'requested', '2026-11-01', '2026-11-30', 'nobody has agreed yet'],
    ['over', 'withdrawn', '2026-11-01', '2026-11-30', 'withdrawn'],
  ])('ended early: %s (%s, %s to %s: %s)', (reason, state, fromOn, toOn, _name) => {
    expect(judgeEnding({ state, fromOn, toOn, today: '2026-11-23' })).toBe(reason);
  });

  it.each([
    ['2026-11-23', '2026-11-23', null],
    ['2026-11-24', '2026-11-23', '2026-11-23'],
    ['2027-01-01', '2026-11-23', '2026-12-31'],
    ['2028-03-01', '2028-02-28', '2028-02-29'],
  ])('back on %s from an absence since %s: it lasted until %s', (today, fromOn, lastDay) => {
    expect(lastDayBefore(today, fromOn)).toBe(lastDay);
  });

  const day = fc.integer({ min: 0, max: 40 }).map((at) => new Date(Date.UTC(2026, 1, 10) + at * 86_400_000).toISOString().slice(0, 10));
  const spans = fc.tuple(day, day).map(([one, other]) => (one <= other ? span(one, other) : span(other, one)));
  it('two absences overlap exactly where they share a day', () => {
    fc.assert(
      fc.property(spans, spans, (one, other) => {
        const days = Array.from({ length: daysOf(one) }, (_, at) =>
          new Date(Date.parse(one.from_on) + at * 86_400_000).toISOString().slice(0, 10),
        );
        expect(overlap(one, other)).toBe(days.some((each) => isIn(each, other)));
      }),
    );
  });
});
