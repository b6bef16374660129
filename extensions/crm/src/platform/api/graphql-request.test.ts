import { describe, expect, it } from 'vitest';
import { graphqlOf } from './graphql-request.ts';

describe('what a GraphQL request asks', () => {
  const asked = { query: '{ a }', variables: { b: 1 } };
  it('SEC-3: stands in the address of a GET and in the body of everything else', () => {
    expect(graphqlOf({ method: 'GET', query: asked as never, body: { query: 'other' } })).toEqual({ text: '{ a }', variables: { b: 1 } });
    expect(graphqlOf({ method: 'POST', query: { query: 'other' }, body: asked })).toEqual({ text: '{ a }', variables: { b: 1 } });
  });
  it('SEC-3: is nothing where no text was sent', () => {
    for (const body of [undefined, {}, { query: ['{ a }'] }, { query: null }])
      expect(graphqlOf({ method: 'POST', query: {}, body }).text).toBe('');
  });
});
