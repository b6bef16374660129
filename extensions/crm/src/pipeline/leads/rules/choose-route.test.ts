import { describe, expect, it } from 'vitest';
import { chooseRoute, type Load, type Route } from './choose-route.ts';

const route = (user: string, region: string | null, most_open: number | null = null): Route => ({ user, region, most_open });
const HANGZHOU = ['hangzhou', 'zhejiang'];
const loads = (rows: Record<string, [number, number | null]>) =>
  new Map<string, Load>(Object.entries(rows).map(([user, [open, lastAt]]) => [user, { open, lastAt }]));

describe('routing by region', () => {
  it.each<[string, Route[], string[], Map<string, Load>, string | null]>([
    ['the city comes before the province', [route('b', 'zhejiang'), route('a', 'hangzhou')], HANGZHOU, loads({ a: [9, 1] }), 'a'],
    ['a region includes those below it', [route('b', 'zhejiang'), route('c', 'jiangsu')], HANGZHOU, loads({}), 'b'],
    ['an empty region is all others', [route('b', 'jiangsu'), route('c', null)], HANGZHOU, loads({}), 'c'],
    ['a lead without a region goes to all others', [route('b', 'zhejiang'), route('c', null)], [], loads({}), 'c'],
    ['nobody works the region', [route('b', 'jiangsu')], HANGZHOU, loads({}), null],
    ['the fewest open leads come first', [route('a', 'zhejiang'), route('b', 'zhejiang')], HANGZHOU, loads({ a: [3, 1], b: [2, 9] }), 'b'],
    ['of equals whoever waited longest', [route('a', 'zhejiang'), route('b', 'zhejiang')], HANGZHOU, loads({ a: [2, 8], b: [2, 5] }), 'b'],
    ['who never got one waited longest', [route('a', 'zhejiang'), route('b', 'zhejiang')], HANGZHOU, loads({ a: [0, 8] }), 'b'],
    ['who has enough is passed over', [route('a', 'hangzhou', 2), route('b', 'zhejiang')], HANGZHOU, loads({ a: [2, 1], b: [9, 1] }), 'b'],
    ['one short of enough still gets one', [route('a', 'hangzhou', 3), route('b', 'zhejiang')], HANGZHOU, loads({ a: [2, 1] }), 'a'],
    ['everybody has enough', [route('a', 'hangzhou', 1), route('b', null, 1)], HANGZHOU, loads({ a: [1, 1], b: [1, 1] }), null],
  ])('SAL-9: %s', (_name, routes, regions, load, expected) => expect(chooseRoute(routes, regions, load)).toBe(expected));
});
