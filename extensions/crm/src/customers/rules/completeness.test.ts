import { describe, expect, it } from 'vitest';
import { computeCompleteness, weightsFor } from './completeness.ts';

const WEIGHTS = [
  { field: 'name', weight: 1, segment: null },
  { field: 'industry', weight: 1, segment: null },
  { field: 'contacts', weight: 1, segment: null },
  { field: 'industry', weight: 4, segment: 's01' },
];

describe('CUS-5: completeness of 0 to 100', () => {
  it.each([
    ['nothing', {}, [], 0, 0],
    ['one of three', { name: 'x' }, [], 0, 33],
    ['two of three, rounded half up', { name: 'x', industry: 'i' }, [], 0, 67],
    ['all', { name: 'x', industry: 'i' }, [{ status: 'active' }], 0, 100],
    ['an archived contact does not count', { name: 'x', industry: 'i' }, [{ status: 'archived' }], 0, 67],
  ])('%s', (_title, customer, contacts, tags, expected) => {
    expect(computeCompleteness(weightsFor(WEIGHTS, { segment: 's02', kind: 'company' }), customer, contacts, tags)).toBe(expected);
  });

  it('a segment weighs a field its own way', () => {
    expect(computeCompleteness(weightsFor(WEIGHTS, { segment: 's01', kind: 'company' }), { industry: 'i' }, [], 0)).toBe(67);
  });

  it('Q20: what a person does not have counts neither for nor against it', () => {
    expect(computeCompleteness(weightsFor(WEIGHTS, { segment: 's02', kind: 'person' }), { name: 'x' }, [], 0)).toBe(50);
  });

  it('without weights there is nothing to reach', () => {
    expect(computeCompleteness(new Map(), { name: 'x' }, [], 0)).toBe(0);
  });
});
