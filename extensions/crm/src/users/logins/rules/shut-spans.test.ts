import { describe, expect, it } from 'vitest';
import { shutSpans, type LogInChange } from './shut-spans.ts';

const change = (day: string, after: LogInChange['after']): LogInChange => ({ day, after });

describe('the days on which a log-in was shut (USE-1)', () => {
  it.each<[string, LogInChange[], [string, string][]]>([
    ['never', [change('2026-03-02', { status: 'active' }), change('2026-03-03', { first_name: '李' })], []],
    ['closed and still so', [change('2026-03-02', { status: 'archived' })], [['2026-03-02', '9999-12-31']]],
    [
      'closed, then opened again',
      [change('2026-03-02', { status: 'archived' }), change('2026-03-09', { status: 'active' })],
      [['2026-03-02', '2026-03-09']],
    ],
    [
      'closed in two steps is closed once',
      [
        change('2026-03-02', { status: 'suspended' }),
        change('2026-03-04', { status: 'archived' }),
        change('2026-03-09', { status: 'active' }),
      ],
      [['2026-03-02', '2026-03-09']],
    ],
    [
      'held back until the exam is passed',
      [change('2026-03-02', { status: 'active', crm_pending_exam: true }), change('2026-03-20', { crm_pending_exam: false })],
      [['2026-03-02', '2026-03-20']],
    ],
    [
      'opened again, but held back',
      [
        change('2026-03-02', { status: 'archived', crm_pending_exam: true }),
        change('2026-03-09', { status: 'active' }),
        change('2026-03-16', { crm_pending_exam: false }),
      ],
      [['2026-03-02', '2026-03-16']],
    ],
    ['an entry without an image', [change('2026-03-02', null)], []],
  ])('%s', (_name, changes, expected) => {
    expect(shutSpans(changes).map(({ from_on, to_on }) => [from_on, to_on])).toEqual(expected);
  });
});
