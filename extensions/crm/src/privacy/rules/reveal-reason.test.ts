import { describe, expect, it } from 'vitest';
import { saysSomething } from './reveal-reason.ts';

describe('Q11: a reason is something that can be read', () => {
  it.each(['核对', 'ok', '合同 12', '投诉！', '138****8000', 'follow_up'])('%s', (reason) => {
    expect(saysSomething(reason)).toBe(true);
  });
  it.each(['', '字', '..', '——', '\u3164\u3164', '\u115F\u1160', '\uFFA0\uFFA0', '\u2800\u2800', 'a\u3164', '👍👍', '****'])(
    'not "%s"',
    (reason) => {
      expect(saysSomething(reason)).toBe(false);
    },
  );
});
