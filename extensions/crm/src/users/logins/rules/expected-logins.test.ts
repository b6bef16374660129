import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWorkingDay, type CalendarDays } from '../../../kernel/calendar/working-days.ts';
import { expectedLogins, type ExpectedPerson } from './expected-logins.ts';

/** 春节 and 国庆 of 2026 with their make-up days, as the State Council published them. */
const CALENDAR: CalendarDays = new Map([
  ['2026-02-14', 'workday'],
  ...['16', '17', '18', '19', '20', '23'].map((day) => [`2026-02-${day}`, 'holiday'] as const),
  ['2026-02-28', 'workday'],
]);
const span = (from_on: string, to_on: string) => ({ from_on, to_on });
const person = (rest: Partial<ExpectedPerson> = {}): ExpectedPerson => ({ calendar: CALENDAR, leaves: [], trips: [], ...rest });
const NEVER = { used: new Set<string>(), today: '2026-12-31' };
const within = (rest: Partial<ExpectedPerson>, from: string, to: string) => expectedLogins(person(rest), { from, to }, NEVER);
const count = (rest: Partial<ExpectedPerson>, from: string, to: string) => within(rest, from, to).expected;

describe('USE-1, Q12: expected log-ins', () => {
  it.each<[string, number, Partial<ExpectedPerson>, string, string]>([
    ['one on each working day of a plain week', 5, {}, '2026-11-23', '2026-11-29'],
    ['none on a weekend', 0, {}, '2026-11-28', '2026-11-29'],
    ['the week before 春节 has six, with its made-up Saturday', 6, {}, '2026-02-09', '2026-02-15'],
    ['none in the week of 春节', 0, {}, '2026-02-16', '2026-02-22'],
    ['the week after it: Monday off, Saturday worked', 5, {}, '2026-02-23', '2026-03-01'],
    ['leave takes its working days away', 3, { leaves: [span('2026-11-24', '2026-11-25')] }, '2026-11-23', '2026-11-29'],
    ['leave over a weekend takes none of it away', 4, { leaves: [span('2026-11-27', '2026-11-30')] }, '2026-11-23', '2026-11-29'],
    ['a trip of a whole week: two', 2, { trips: [span('2026-11-23', '2026-11-29')] }, '2026-11-23', '2026-11-29'],
    ['a trip of one day: one', 5, { trips: [span('2026-11-24', '2026-11-24')] }, '2026-11-23', '2026-11-29'],
    ['a trip of three days: two, and the two others', 4, { trips: [span('2026-11-24', '2026-11-26')] }, '2026-11-23', '2026-11-29'],
    ['a trip over two weeks: two in each', 4, { trips: [span('2026-11-23', '2026-12-06')] }, '2026-11-23', '2026-12-06'],
    ['a trip on days off expects nothing', 0, { trips: [span('2026-02-16', '2026-02-22')] }, '2026-02-16', '2026-02-22'],
    [
      'leave during a trip: leave',
      1,
      { trips: [span('2026-11-23', '2026-11-27')], leaves: [span('2026-11-24', '2026-11-27')] },
      '2026-11-23',
      '2026-11-29',
    ],
    ['a new person from the first day on (F38)', 3, { shutOut: [span('2026-11-01', '2026-11-24')] }, '2026-11-23', '2026-11-29'],
    ['nothing of days whose log-ins are kept no longer', 2, { notKept: [span('2026-01-01', '2026-11-25')] }, '2026-11-23', '2026-11-29'],
    ['nothing where the end is before the beginning', 0, {}, '2026-11-29', '2026-11-23'],
  ])('%s', (_name, expected, rest, from, to) => {
    expect(count(rest, from, to)).toBe(expected);
  });

  it('says of every day why', () => {
    const absences = { leaves: [span('2026-11-24', '2026-11-24')], trips: [span('2026-11-25', '2026-11-25')] };
    const { days, weeks } = within(absences, '2026-11-23', '2026-11-28');
    expect(days.map(({ duty }) => duty)).toEqual(['log_in', 'on_leave', 'on_trip', 'log_in', 'log_in', 'day_off']);
    expect(weeks).toEqual([{ week: '2026-11-23', expected: 4, missing: 4 }]);
  });

  const missing = (rest: Partial<ExpectedPerson>, used: readonly string[], today: string) =>
    expectedLogins(person(rest), { from: '2026-11-23', to: '2026-11-29' }, { used: new Set(used), today }).missing;
  const trips = [span('2026-11-23', '2026-11-29')];
  it.each<[string, number, Partial<ExpectedPerson>, string[], string]>([
    ['a day without use that is over', 1, {}, ['2026-11-23'], '2026-11-25'],
    ['today is not over', 0, {}, ['2026-11-23', '2026-11-24'], '2026-11-25'],
    ['use on a day off makes nothing good', 5, {}, ['2026-11-28'], '2026-11-30'],
    ['a trip: two of its days are enough', 0, { trips }, ['2026-11-24', '2026-11-27'], '2026-11-30'],
    ['a trip: one of two is missing', 1, { trips }, ['2026-11-24'], '2026-11-30'],
    ['a trip: while two days are left none is missing', 0, { trips }, [], '2026-11-26'],
    ['a trip: on its last day one of two is missing', 1, { trips }, [], '2026-11-27'],
    ['nothing is missing of whom is shut out', 0, { shutOut: trips }, [], '2026-11-30'],
  ])('missing: %s', (_name, expected, rest, used, today) => {
    expect(missing(rest, used, today)).toBe(expected);
  });

  const day = fc.integer({ min: 0, max: 60 }).map((at) => new Date(Date.UTC(2026, 0, 19) + at * 86_400_000).toISOString().slice(0, 10));
  const spans = fc.array(
    fc.tuple(day, day).map(([one, other]) => (one <= other ? span(one, other) : span(other, one))),
    { maxLength: 3 },
  );
  it('is never more than the working days, and an absence never adds to it', () => {
    fc.assert(
      fc.property(spans, spans, day, day, (leaves, trips, one, other) => {
        const [from, to] = one <= other ? [one, other] : [other, one];
        const working = within({}, from, to).days.filter((each) => isWorkingDay(each.day, CALENDAR)).length;
        expect(count({}, from, to)).toBe(working);
        expect(count({ leaves }, from, to)).toBeLessThanOrEqual(working);
        expect(count({ leaves, trips }, from, to)).toBeLessThanOrEqual(count({ leaves }, from, to));
      }),
    );
  });
});
