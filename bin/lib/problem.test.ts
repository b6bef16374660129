import { describe, expect, it } from 'vitest';
import { Problem, PROBLEM_NAMES } from './problem.mjs';

describe('what is in the way of a start', () => {
  it.each(PROBLEM_NAMES)('%s is one line, Chinese first, English beside it', (name) => {
    const { message } = new Problem(name, { folder: '/x', was: 'demo' });
    expect(message).not.toContain('\n');
    const [zh, en] = message.split(' | ');
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).toMatch(/[a-z]{3}/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
  });
});
