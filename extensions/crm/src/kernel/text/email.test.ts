import { describe, expect, it } from 'vitest';
import { readEmail } from './email.ts';

describe('CUS-7: e-mail addresses have one stored form', () => {
  it.each([
    ['Zhang.San@Example.COM', 'zhang.san@example.com'],
    ['  zhang@example.com ', 'zhang@example.com'],
    ['ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'zhang@example.com'],
    ['zhang@example。com', 'zhang@example.com'],
    ['张三 <zhang@example.com>', 'zhang@example.com'],
    ['mailto:zhang@example.com', 'zhang@example.com'],
    ['sales+crm@mail.example.com.cn', 'sales+crm@mail.example.com.cn'],
    ['zhang@例子.中国', 'zhang@例子.中国'],
  ])('%s → %s', (typed, stored) => {
    expect(readEmail(typed)).toEqual({ ok: true, value: stored });
  });

  it.each([
    ['', 'empty'],
    ['zhang', 'no_at'],
    ['zhang@', 'shape'],
    ['@example.com', 'shape'],
    ['zhang@example', 'shape'],
    ['zhang@@example.com', 'several'],
    ['a@example.com;b@example.com', 'several'],
    ['a@example.com b@example.com', 'several'],
    ['zhang..san@example.com', 'shape'],
    ['张三@例子', 'shape'],
    ['a@example.com\r\nBcc: b@example.com', 'several'],
  ])('%s is refused: %s', (typed, reason) => {
    expect(readEmail(typed)).toEqual({ ok: false, reason });
  });
});
