import { describe, expect, it } from 'vitest';
import { assignsOnly, doneFault, dueChangeFault, dueFault, fillNew } from './new-activity.ts';

const NOW = new Date('2026-11-23T08:00:00Z');
const nameOf = (type: string) => ({ no_change: '无变化', call: '电话', visit: '拜访' })[type] ?? null;

describe('USE-3: a quick entry', () => {
  it.each([
    [
      'no change is found out now and called so',
      { type: 'no_change' },
      { type: 'no_change', subject: '无变化', done_at: NOW.toISOString() },
    ],
    [
      'no change of an earlier day keeps that day',
      { type: 'no_change', done_at: '2026-11-01T01:00:00Z' },
      { done_at: '2026-11-01T01:00:00Z' },
    ],
    ['a planned "no change" is open', { type: 'no_change', due_on: '2026-12-01', done_at: null }, { due_on: '2026-12-01', done_at: null }],
    ['an empty subject is the name of the kind', { type: 'visit', subject: ' 　\u200b' }, { subject: '拜访' }],
    ['without a kind it is a call', {}, { subject: '电话' }],
    ['what was typed stays', { type: 'visit', subject: '首次拜访' }, { subject: '首次拜访' }],
    ['a kind that does not exist is left for the host to refuse', { type: 'x' }, { type: 'x' }],
  ])('USE-3: %s', (_name, sent, expected) => {
    expect(fillNew(sent, NOW, nameOf)).toMatchObject(expected);
  });

  it('USE-3: other kinds stay open until somebody says that they are done', () => {
    expect(fillNew({ type: 'call', subject: 'x' }, NOW, nameOf)).toEqual({ type: 'call', subject: 'x' });
  });
});

describe('SAL-8: Bad input: dates', () => {
  it.each([
    ['now', '2026-11-23T08:00:00Z', null],
    ['a clock that is a little ahead', '2026-11-23T16:04:00+08:00', null],
    ['an hour from now', '2026-11-23T09:00:00Z', 'done_in_future'],
    ['tomorrow', '2026-11-24T08:00:00.000+08:00', 'done_in_future'],
    ['years ago, entered late', '2020-01-01T08:00:00Z', null],
    ['a time of nobody knows which clock', '2026-11-23T12:00:00', null],
    ['more than a day ahead, which the value’s form refuses', '2026-11-25T08:00:00Z', null],
    ['nothing', null, null],
    ['something else', 5, null],
  ])('SAL-8: done at %s', (_name, done_at, reason) => {
    expect(doneFault({ done_at }, NOW)?.reason ?? null).toBe(reason);
  });

  it.each([
    ['today', { due_on: '2026-11-23' }, null],
    ['yesterday', { due_on: '2026-11-22' }, 'due_in_past'],
    ['yesterday with a time', { due_on: '2026-11-22T23:00:00' }, 'due_in_past'],
    ['yesterday and done', { due_on: '2026-11-22', done_at: '2026-11-22T08:00:00Z' }, null],
    ['tomorrow', { due_on: '2026-11-24' }, null],
    ['no day', {}, null],
    ['no date, which the host refuses', { due_on: 'soon' }, null],
  ])('SAL-8: a new activity due %s', (_name, sent, reason) => {
    expect(dueFault(sent, '2026-11-23')?.reason ?? null).toBe(reason);
  });
});

describe('SAL-6, SAL-8: the due day of work that stands', () => {
  const rep = { user: 'rep', role: 'sales_rep' };
  const head = { user: 'head', role: 'segment_head' };
  const open = { dueOn: '2026-11-30', done: false, assignedBy: null };
  const asked = { ...open, assignedBy: 'head' };
  it.each([
    ['own work is put off', rep, { due_on: '2026-12-15' }, open, null],
    ['own work needs no day', rep, { due_on: null }, open, null],
    ['nothing open is moved into the past', rep, { due_on: '2026-11-22' }, open, 'due_moved_into_past'],
    ['nor by a head', head, { due_on: '2026-11-22' }, asked, 'due_moved_into_past'],
    ['nor what is opened again with it', rep, { due_on: '2026-11-22', done_at: null }, { ...open, done: true }, 'due_moved_into_past'],
    ['the day that stands is sent again, however old', rep, { due_on: '2020-01-01' }, { ...asked, dueOn: '2020-01-01' }, null],
    ['what is done, or done with it, was due when it was', rep, { due_on: '2026-11-22', done_at: '2026-11-22T08:00:00Z' }, open, null],
    ['what was done before, too', rep, { due_on: '2026-11-22' }, { ...open, done: true }, null],
    ['work that was asked for is not put off by the one who is to do it', rep, { due_on: '2026-12-15' }, asked, 'due_of_assigned'],
    ['nor its day taken away', rep, { due_on: null }, asked, 'due_of_assigned'],
    ['nor while it is done', rep, { due_on: null }, { ...asked, done: true }, 'due_of_assigned'],
    ['nor given one where there was none', rep, { due_on: '2026-12-15' }, { ...asked, dueOn: null }, 'due_of_assigned'],
    ['whoever asked for it moves it', { ...rep, user: 'head' }, { due_on: '2026-12-15' }, asked, null],
    ['and so does another head', { ...head, user: 'other' }, { due_on: null }, asked, null],
    ['a write that says nothing of it is let', rep, { subject: 'x' }, asked, null],
  ])('SAL-6, SAL-8: %s', (_name, actor, sent, stands, reason) => {
    expect(dueChangeFault(sent, stands, { actor, today: '2026-11-23' })?.reason ?? null).toBe(reason);
  });
});

describe('ORG-4: who says that work on a record is done', () => {
  const executive = { user: 'exec', role: 'group_executive' };
  const done = { owner: 'rep', customer: 'c', done_at: '2026-11-20T02:00:00Z' };
  it.each([
    ['an executive not, on a customer of somebody else', executive, done, true],
    ['nor on a lead', executive, { ...done, customer: null, lead: 'l' }, true],
    ['nor on an opportunity, at a stored moment', executive, { ...done, customer: null, opportunity: 'o', done_at: 1 }, true],
    ['but asks for it', executive, { ...done, done_at: null }, false],
    ['and says so of work on no record', executive, { ...done, owner: 'exec', customer: null }, false],
    ['and on a record of their own', executive, { ...done, owner: 'exec' }, false],
    ['a head does', { user: 'head', role: 'segment_head' }, done, false],
  ])('ORG-4: %s', (_name, who, row, only) => {
    expect(assignsOnly(who, row)).toBe(only);
  });
});
