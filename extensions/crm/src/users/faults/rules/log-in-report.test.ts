import { expect, it } from 'vitest';
import { attemptsOf, wordsOf } from './log-in-report.ts';

it('ACC-4: a report says how many attempts there were, and whose address if it was given', () => {
  expect(wordsOf({ email: 'a@example.com', attempts: 3 })).toEqual({
    title: '无法登录，已尝试 3 次 · Cannot log in after 3 attempts',
    what: '登录邮箱 · address: a@example.com',
  });
  expect(wordsOf({ email: null, attempts: 1 }).what).toBeNull();
});

it('ACC-4: the larger of two counts stands', () => {
  expect([attemptsOf(2, 7), attemptsOf(4, 1), attemptsOf(2, null)]).toEqual([7, 4, 2]);
});
