import { describe, expect, it } from 'vitest';
import type { Person } from '../../../segments/index.ts';
import { GROUP_SEGMENT_ID } from '../../../kernel/roles.ts';
import { answersFor, isInScope, isWithin, reachesAll, reachesSome, scopeOf, segmentOfHandover } from './parties.ts';

const person = (role: Person['role'], homeSegment: string | null, managedSegments: string[] = []): Person => ({
  ...{ user: 'u', admin: false, active: true },
  ...{ role, homeSegment, managedSegments },
});

describe('who may hand over whose work', () => {
  it.each([
    ['system_admin', [], { segments: null }],
    ['segment_admin', ['a'], { segments: ['a'] }],
    ['segment_admin', [], null],
    ['segment_head', ['a'], null],
    ['group_executive', [], null],
    ['sales_rep', [], null],
  ] as const)('ACC-10: %s managing %j hands over %j', (role, managed, scope) => {
    expect(scopeOf(person(role, 'a', [...managed]))).toEqual(scope);
  });

  it.each([
    [person('sales_rep', 'a'), true],
    [person('sales_rep', 'b'), false],
    [person('segment_head', 'b', ['b', 'a']), true],
    [person('sales_rep', null, ['a']), false],
    [person('system_admin', 'a'), false],
    [person('group_executive', 'a'), false],
  ])('ACC-10: a segment admin of a answers for %j: %s', (who, expected) => {
    expect(isWithin({ segments: ['a'] }, who)).toBe(expected);
    expect(isWithin({ segments: null }, who)).toBe(true);
  });

  it('ACC-10: rows of no segment are group marketing’s', () => {
    expect([isInScope({ segments: ['a'] }, null), isInScope({ segments: ['a'] }, 'a'), isInScope({ segments: null }, null)]).toEqual([
      false,
      true,
      true,
    ]);
  });

  const [rep, head, other] = [person('sales_rep', 'a'), person('segment_head', 'b', ['b', 'a']), person('sales_rep', 'b')];
  it.each([
    ['rows of one segment, where everybody works', ['a', 'a'], [head, rep], 'a'],
    ['rows of two segments', ['a', 'b'], [head, rep], GROUP_SEGMENT_ID],
    ['a row of no segment', ['a', null], [rep, rep], GROUP_SEGMENT_ID],
    ['no row at all', [], [rep, rep], GROUP_SEGMENT_ID],
    ['somebody named of another segment', ['a'], [rep, other], GROUP_SEGMENT_ID],
    ['group staff hand over', ['a'], [person('system_admin', 'a'), rep], GROUP_SEGMENT_ID],
  ])('ORG-2, ACC-10: a hand-over of %s is of the right segment', (_what, places, people, expected) => {
    expect(segmentOfHandover(places, people)).toBe(expected);
  });

  it('ORG-2, ACC-10: of several segments, only whoever asked and still reaches all of them answers for it', () => {
    const [both, one] = [{ segments: ['a', 'b'] }, { segments: ['a'] }];
    const handover = { segment: GROUP_SEGMENT_ID, asker: 'me', places: ['a', 'b'] };
    expect([answersFor(both, 'me', handover), answersFor(one, 'me', handover), answersFor(both, 'another', handover)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(answersFor(one, 'another', { ...handover, segment: 'a', places: ['a'] })).toBe(true);
    expect(answersFor({ segments: null }, 'another', { ...handover, places: [null] })).toBe(true);
    expect(answersFor(both, 'me', { ...handover, places: ['a', null] })).toBe(false);
    expect([reachesAll(one, ['a', 'b']), reachesSome(one, ['a', 'b']), reachesSome(one, ['b', null])]).toEqual([false, true, false]);
  });
});
