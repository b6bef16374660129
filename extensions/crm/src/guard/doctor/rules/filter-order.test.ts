import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareFields, compareRule } from './filter-order.ts';

const OWN = {
  _and: [{ segment: { _nnull: true } }, { segment: { _eq: '$CURRENT_USER.crm_segment' } }, { owner: { _eq: '$CURRENT_USER' } }],
};
const [notEmpty, sameSegment, sameOwner] = OWN._and;

describe('F1: a row rule that lets more through is wider', () => {
  it.each([
    ['emptied to null', null],
    ['emptied to {}', {}],
    ['an empty _and', { _and: [] }],
    ['one condition dropped', { _and: [notEmpty, sameSegment] }],
    ['the null guard dropped', { _and: [sameSegment, sameOwner] }],
    ['an _or around it', { _or: [OWN, { status: { _eq: 'active' } }] }],
    ['an _or with {} beside it', { _or: [OWN, {}] }],
    ['another value', { _and: [notEmpty, sameSegment, { owner: { _nnull: true } }] }],
    ['a weaker operator', { _and: [notEmpty, { segment: { _nempty: true } }, sameOwner] }],
    ['an unknown shape', 'all'],
    ['a list', [OWN]],
  ])('%s', (_name, stored) => {
    expect(compareRule(OWN, stored as never)).toBe('wider');
  });
});

describe('F1: a row rule that lets less through is narrower', () => {
  it.each([
    ['one condition more', { _and: [...OWN._and, { status: { _eq: 'active' } }] }],
    ['nested conjunctions', { _and: [OWN, { grade: { _eq: 'A' } }] }],
    ['an _or beside the whole rule', { _and: [OWN, { _or: [{ a: { _eq: 1 } }, {}] }] }],
  ])('%s', (_name, stored) => {
    expect(compareRule(OWN, stored)).toBe('narrower');
  });

  it('any rule where the matrix has none', () => expect(compareRule(null, OWN)).toBe('narrower'));
  it('the same rule in another order is the same', () =>
    expect(compareRule(OWN, { _and: [sameOwner, notEmpty, sameSegment] })).toBe('same'));
  it('{} and null are the same', () => expect(compareRule({}, null)).toBe('same'));
});

type Row = Record<'a' | 'b', number>;
const leaf = fc
  .record({ field: fc.constantFrom('a', 'b'), value: fc.integer({ min: 0, max: 2 }) })
  .map(({ field, value }) => ({ [field]: { _eq: value } }));
const { rule } = fc.letrec<{ rule: Record<string, unknown> }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.constant({}),
    fc.array(tie('rule'), { maxLength: 3 }).map((list) => ({ _and: list })),
    fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((list) => ({ _or: list })),
  ),
}));

/** The host's reading: all keys hold, an `_or` holds when one inside holds. */
function passes(filter: unknown, row: Row): boolean {
  return Object.entries(filter as object).every(([key, inner]) => {
    if (key === '_and') return (inner as unknown[]).every((part) => passes(part, row));
    if (key === '_or') return (inner as unknown[]).some((part) => passes(part, row));
    return row[key as keyof Row] === (inner as { _eq: number })._eq;
  });
}

describe('F1: the law behind it', () => {
  const rows: Row[] = [0, 1, 2].flatMap((a) => [0, 1, 2].map((b) => ({ a, b })));
  it('a stored rule that is not called wider lets no row through that the matrix keeps out', () => {
    fc.assert(
      fc.property(rule, rule, fc.boolean(), (expected, other, combine) => {
        const stored = combine ? { _and: [expected, other] } : other;
        if (compareRule(expected, stored) === 'wider') return;
        for (const row of rows) if (passes(stored, row)) expect(passes(expected, row)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('F1: fields', () => {
  it('names what is more and what is fewer', () => {
    expect(compareFields(['id', 'name'], ['name', 'phone'])).toEqual({ more: ['phone'], fewer: ['id'] });
    expect(compareFields(['id'], ['*'])).toEqual({ more: ['*'], fewer: [] });
    expect(compareFields(['*'], ['id'])).toEqual({ more: [], fewer: ['*'] });
    expect(compareFields(null, [])).toEqual({ more: [], fewer: [] });
  });
});
