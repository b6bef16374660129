import { expect, test } from 'vitest';
import type { Person } from '../../segments/rules/reach.ts';
import { mayImport, placeImport, rowLimit, writableSegments } from './importer.ts';

const person = (more: Partial<Person>): Person => ({
  user: 'u',
  role: 'sales_rep',
  admin: false,
  active: true,
  homeSegment: 'a',
  managedSegments: [],
  ...more,
});
const head = person({ role: 'segment_head', managedSegments: ['a', 'c'] });
const admin = person({ role: 'segment_admin', managedSegments: ['a'] });
const sysadmin = person({ role: 'system_admin', homeSegment: 'pool' });

test.each<[string, Person, string | null | undefined, unknown]>([
  ['a rep brings own rows into the home segment', person({}), undefined, { accepted: true, value: { segment: 'a', ownOnly: 'u' } }],
  ['also where it is named', person({}), 'a', { accepted: true, value: { segment: 'a', ownOnly: 'u' } }],
  ['another segment is refused', person({}), 'b', { accepted: false, reason: 'forbidden' }],
  ['and so is one that does not exist', person({}), null, { accepted: false, reason: 'forbidden' }],
  ['a rep without a segment brings nothing', person({ homeSegment: null }), undefined, { accepted: false, reason: 'forbidden' }],
  ['an admin of one segment need not name it', admin, undefined, { accepted: true, value: { segment: 'a', ownOnly: null } }],
  ['a head of two has to', head, undefined, { accepted: false, reason: 'segment_required' }],
  ['and may name either', head, 'c', { accepted: true, value: { segment: 'c', ownOnly: null } }],
  ['but none of others', head, 'b', { accepted: false, reason: 'forbidden' }],
  ['a system admin names one', sysadmin, undefined, { accepted: false, reason: 'segment_required' }],
  ['that exists', sysadmin, null, { accepted: false, reason: 'unknown_segment' }],
  ['of any', sysadmin, 'b', { accepted: true, value: { segment: 'b', ownOnly: null } }],
  ['an executive brings nothing', person({ role: 'group_executive' }), 'a', { accepted: false, reason: 'forbidden' }],
  ['nor does who is frozen', person({ active: false }), undefined, { accepted: false, reason: 'forbidden' }],
])('IMP-1, ORG-2: %s', (_name, who, asked, outcome) => {
  expect(placeImport(who, asked)).toEqual(outcome);
  expect(mayImport(who)).toBe(who.active && who.role !== 'group_executive');
});

test('IMP-2: 500 rows for a rep, the limit of the installation for all others', () => {
  expect(rowLimit({ ownOnly: 'u' }, 500_000)).toBe(500);
  expect(rowLimit({ ownOnly: null }, 500_000)).toBe(500_000);
});

test.each<[string, Person, 'all' | string[]]>([
  ['a rep has the home segment', person({}), ['a']],
  ['a head all that are managed', head, ['a', 'c']],
  ['a system admin every one', sysadmin, 'all'],
  ['an executive none', person({ role: 'group_executive', managedSegments: ['a'] }), []],
  ['a rep without a segment none', person({ homeSegment: null }), []],
])('IMP-1: %s to bring rows into', (_name, who, segments) => {
  expect(writableSegments(who)).toEqual(segments);
});
