import { expect, it } from 'vitest';
import { maySee, maySeePerson, type Viewer } from './sight.ts';

const viewer = (role: Viewer['role'], homeSegment: string | null, managedSegments: string[] = [], admin = false): Viewer => ({
  ...{ user: 'me', role, admin, homeSegment, managedSegments },
});
const place = (segment: string, owner: string | null, requestedBy: string | null, standsAlone = false) => ({
  ...{ segment, owner, requestedBy, standsAlone },
});

it.each([
  ['a rep, of an own record', viewer('sales_rep', 's01'), place('s01', 'me', 'x'), true],
  ['a rep, of a colleague’s record', viewer('sales_rep', 's01'), place('s01', 'x', 'x'), false],
  ['a rep who asked about what is a colleague’s record by now', viewer('sales_rep', 's01'), place('s01', 'x', 'me'), false],
  ['a rep who asked about a record of nobody', viewer('sales_rep', 's01'), place('s01', null, 'me'), true],
  ['a rep, of a record of nobody that another asked about', viewer('sales_rep', 's01'), place('s01', null, 'x'), false],
  ['a rep who has moved since they asked', viewer('sales_rep', 's02'), place('s01', null, 'me'), false],
  ['a head, in a managed segment', viewer('segment_head', 's01', ['s02']), place('s02', 'x', 'x'), true],
  ['a head, at home where they manage nothing', viewer('segment_head', 's01', ['s02']), place('s01', 'x', 'x'), false],
  ['a head who asked at home where they manage nothing', viewer('segment_head', 's01', ['s02']), place('s01', 'x', 'me'), false],
  ['an executive, everywhere', viewer('group_executive', 's00'), place('s02', 'x', 'x'), true],
  ['the technical administrator, everywhere', viewer(null, null, [], true), place('s02', 'x', 'x'), true],
  [
    'a head, of an own request about no record that stands with the group',
    viewer('segment_head', 's01', ['s01']),
    place('s00', 'me', 'me', true),
    true,
  ],
  ['a rep who has moved since, of an own request about no record', viewer('sales_rep', 's02'), place('s01', 'me', 'me', true), true],
  ['a colleague, of a request about no record', viewer('sales_rep', 's01'), place('s01', 'x', 'x', true), false],
  [
    'a head, of another’s request about no record that stands with the group',
    viewer('segment_head', 's01', ['s01']),
    place('s00', 'x', 'x', true),
    false,
  ],
  ['a rep who has moved since they asked about an own record', viewer('sales_rep', 's02'), place('s01', 'me', 'me'), false],
  ['somebody without a role any more, of a request about no record', viewer(null, 's01'), place('s01', 'me', 'me', true), false],
  ['somebody whose role was taken away', viewer(null, 's01'), place('s01', 'me', 'me'), false],
])('ORG-2, APR-1: a request is seen by %s: %#', (_name, who, what, expected) => {
  expect(maySee(who, what)).toBe(expected);
});

it.each([
  ['a colleague', viewer('sales_rep', 's01'), 's01', true],
  ['the group staff', viewer('sales_rep', 's01'), 's00', true],
  ['somebody of another segment', viewer('sales_rep', 's01'), 's02', false],
  ['somebody of a managed segment', viewer('segment_head', 's01', ['s02']), 's02', true],
  ['somebody at home where one manages nothing', viewer('segment_head', 's01', ['s02']), 's01', false],
  ['somebody without a segment', viewer('segment_head', 's01', ['s01']), null, false],
])('ORG-2: the name of %s: %#', (_name, who, homeSegment, expected) => {
  expect(maySeePerson(who, { user: 'x', homeSegment }, 's00')).toBe(expected);
});
