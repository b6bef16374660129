import { expect, test } from 'vitest';
import { lookupOf, splitTags } from './lookup.ts';

test('IMP-1: dots and spaces are ignored in names, and make another address, number or code', () => {
  const people = lookupOf([
    { id: 'a', names: ['李娜', 'Li Na', 'li.na@corp.com', 'E-1.2'] },
    { id: 'b', names: ['J. Smith', 'lina2@corp.com', 'E-12'] },
  ]);
  const find = (text: string) => {
    const found = people.find(text);
    return found.state === 'found' ? found.id : found.state;
  };
  expect(['li na', '李 娜', 'J.Smith', 'li.na@corp.com', 'LI.NA@corp.com', 'E-1.2', 'E-12'].map(find)).toEqual([...'aabaaab']);
  const industries = lookupOf([{ id: 'a', names: ['01', '01Agriculture', '农业'] }]);
  expect(industries.find('01 Agriculture')).toEqual({ state: 'found', id: 'a' });
  expect(['lina@corp.com', 'l.i.na2@corp.com'].map(find)).toEqual(['unknown', 'unknown']);
});

test('IMP-1: a tag with a separator in its name is one tag', () => {
  const known = new Set(['A/B', '大客户', 'C', 'x, y, z', 'x']);
  const split = (text: string) => splitTags(text, (name) => known.has(name));
  expect(split('A/B')).toEqual(['A/B']);
  expect(split('大客户、A/B、C')).toEqual(['大客户', 'A/B', 'C']);
  expect(split('x, y, z; C/x')).toEqual(['x, y, z', 'C', 'x']);
  expect(split(' 大客户 / 意向,,大客户')).toEqual(['大客户', '意向']);
  expect(split(`${'q/'.repeat(20_000)}q`)).toEqual(['q']);
});
