import { describe, expect, it } from 'vitest';
import { successors } from './successors.ts';

const person = (id: string, segments: string[], active = true, left: string[] = []) => ({
  ...{ id, name: id, position: null, active, segments, left_in: left },
  ...{ at_home: true, shut: !active, ends: false },
});
const people = [
  person('rep', ['a']),
  person('colleague', ['a']),
  person('frozen', ['a'], false),
  person('head', ['b', 'a']),
  person('stranger', ['b']),
  person('moved', ['b'], true, ['a']),
  person('gone', [], false, ['a']),
];

describe('who can take over', () => {
  it.each([
    ['rep', ['colleague', 'head']],
    ['head', ['rep', 'colleague', 'stranger', 'moved']],
    ['stranger', ['head', 'moved']],
    ['moved', ['rep', 'colleague', 'head', 'stranger']],
    ['gone', ['rep', 'colleague', 'head']],
    ['nobody', []],
  ])('ACC-10, Q18: from %s: %j', (id, expected) => {
    expect(successors(people, id).map((one) => one.id)).toEqual(expected);
  });
});
