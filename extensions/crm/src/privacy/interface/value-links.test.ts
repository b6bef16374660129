import { describe, expect, it } from 'vitest';
import { isMask, linkOf } from './value-links.ts';

describe('SEC-5: links of a sealed value', () => {
  it.each([
    ['13812345678', 'tel:13812345678'],
    ['+852 9123 4567', 'tel:+85291234567'],
    ['010-65588888转123', 'tel:01065588888,123'],
    ['zhang.san+1@example.com', 'mailto:zhang.san%2B1@example.com'],
  ])('%s can be clicked', (value, href) => expect(linkOf(value)?.href).toBe(href));

  it.each(['138****1234', 'z***@example.com', 'zhangsan_88', '110', 'javascript:alert(1)', 'a b@c'])('%s cannot', (value) =>
    expect(linkOf(value)).toBeNull(),
  );

  it.each([
    ['138****1234', true],
    ['z***@example.com', true],
    ['13812345678', false],
    [null, false],
  ])('%s is a mask: %s', (value, expected) => expect(isMask(value)).toBe(expected));
});
