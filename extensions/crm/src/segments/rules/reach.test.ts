import { describe, expect, it } from 'vitest';
import { belongsTo, mayReach, type Person } from './reach.ts';

const person = (more: Partial<Person>): Person => ({
  user: 'me',
  role: 'sales_rep',
  admin: false,
  active: true,
  homeSegment: 'a',
  managedSegments: [],
  ...more,
});
const mine = { segment: 'a', owner: 'me' };

describe('mayReach', () => {
  it.each([
    ['ORG-6: a rep reaches own rows', person({}), mine, true],
    ['ORG-6: a rep does not reach a colleague’s row', person({}), { segment: 'a', owner: 'other' }, false],
    ['Q1: a rep who moved does not reach the old segment', person({ homeSegment: 'b' }), mine, false],
    ['Q21: a rep does not reach a row without an owner', person({}), { segment: 'a', owner: null }, false],
    [
      'F6: a rep without a segment reaches nothing, not even rows without one',
      person({ homeSegment: null }),
      { segment: null, owner: 'me' },
      false,
    ],
    [
      'ORG-5: a head reaches the segments managed',
      person({ role: 'segment_head', managedSegments: ['a', 'c'] }),
      { segment: 'c', owner: 'x' },
      true,
    ],
    [
      'ORG-2: a head reaches no other segment',
      person({ role: 'segment_head', managedSegments: ['a'] }),
      { segment: 'b', owner: 'me' },
      false,
    ],
    ['F6: a head who manages nothing reaches nothing', person({ role: 'segment_head', homeSegment: null }), mine, false],
    ['ORG-4: an executive reaches every segment', person({ role: 'group_executive' }), { segment: 'z', owner: null }, true],
    ['ORG-8: a system admin reaches every segment', person({ role: 'system_admin' }), { segment: 'z', owner: null }, true],
    ['ORG-11: somebody without a role of ours reaches nothing', person({ role: null }), mine, false],
    ['the technical admin reaches everything', person({ role: null, admin: true }), mine, true],
  ])('%s', (_name, who, place, reached) => expect(mayReach(who, place)).toBe(reached));
});

describe('belongsTo', () => {
  it.each([
    ['who is at home in it', person({}), 'a', true],
    ['nobody who left', person({ active: false }), 'a', false],
    ['a rep in no other segment, managed or not', person({ managedSegments: ['b'] }), 'b', false],
    ['a head in what is managed (Q18)', person({ role: 'segment_head', managedSegments: ['b'] }), 'b', true],
    ['nobody without a role of ours', person({ role: null, admin: true }), 'a', false],
  ])('%s', (_name, who, segment, belongs) => expect(belongsTo(who, segment)).toBe(belongs));
});
