import { describe, expect, it } from 'vitest';
import { withoutEscapes } from './graphql-escapes.ts';

describe('F18: names in GraphQL texts are found however they are spelt', () => {
  it.each([
    [String.raw`collection:"crm\u005faudit"`, 'collection:"crm_audit"'],
    [String.raw`collection:"crm\u{5f}audit"`, 'collection:"crm_audit"'],
    [String.raw`\u{ffffff}x`, 'x'],
    ['plain', 'plain'],
  ])('%s', (text, plain) => expect(withoutEscapes(text)).toBe(plain));
});
