import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_SEGMENT_ID } from '../../../kernel/roles.ts';
import { mayReach } from '../../../segments/index.ts';
import { rightsAfter, sightOf, type Rights } from './rights-after.ts';

const REP: Rights = { role: 'sales_rep', homeSegment: 's01', managedSegments: [] };
const HEAD: Rights = { role: 'segment_head', homeSegment: 's09', managedSegments: ['s09', 's10'] };
const ask = (kind: Parameters<typeof rightsAfter>[0]['kind'], to_role: Rights['role'] | null = null, to_segment: string | null = null) => ({
  ...{ kind, to_role, to_segment },
});

describe('ACC-10: the rights that come of a form', () => {
  it.each<[string, ReturnType<typeof ask>, Rights | null, Rights | null, Rights | null]>([
    ['closed and frozen people see nothing', ask('close'), REP, REP, null],
    ['a freeze, too', ask('freeze'), HEAD, HEAD, null],
    ['a thaw gives back the post', ask('thaw'), null, HEAD, HEAD],
    ['a new rep', ask('open', 'sales_rep', 's02'), null, null, { ...REP, homeSegment: 's02' }],
    [
      'a new admin manages the home',
      ask('open', 'segment_admin', 's02'),
      null,
      null,
      { role: 'segment_admin', homeSegment: 's02', managedSegments: ['s02'] },
    ],
    ['a rep who moves', ask('move', null, 's02'), REP, REP, { ...REP, homeSegment: 's02' }],
    [
      'a head who moves takes other managed segments along, not the old home',
      ask('move', null, 's02'),
      HEAD,
      HEAD,
      { ...HEAD, homeSegment: 's02', managedSegments: ['s02', 's10'] },
    ],
    [
      'a head who becomes a rep manages nothing (F11)',
      ask('rights', 'sales_rep'),
      HEAD,
      HEAD,
      { role: 'sales_rep', homeSegment: 's09', managedSegments: [] },
    ],
    [
      'a rep who becomes a head manages the home',
      ask('rights', 'segment_head'),
      REP,
      REP,
      { role: 'segment_head', homeSegment: 's01', managedSegments: ['s01'] },
    ],
    [
      'an executive is at home in the pool',
      ask('rights', 'group_executive'),
      HEAD,
      HEAD,
      { role: 'group_executive', homeSegment: GROUP_SEGMENT_ID, managedSegments: [] },
    ],
    ['whoever is frozen sees nothing after a move either', ask('move', null, 's02'), null, REP, null],
  ])('%s', (_name, row, before, post, after) => {
    expect(rightsAfter(row, before, post)).toEqual(after);
  });

  const ids = fc.constantFrom('s01', 's02', 's03');
  const rights = fc.record({
    role: fc.constantFrom('sales_rep', 'segment_head', 'segment_admin', 'group_executive', 'system_admin'),
    homeSegment: fc.option(ids),
    managedSegments: fc.uniqueArray(ids),
  }) as fc.Arbitrary<Rights>;

  it('ORG-2: what the preview counts is what the row rules show', () => {
    fc.assert(
      fc.property(rights, ids, fc.constantFrom('me', 'somebody'), (one, segment, owner) => {
        const sight = sightOf(one);
        const isSeen =
          sight.of === 'all' ||
          (sight.of === 'segments' && sight.segments.includes(segment)) ||
          (sight.of === 'own' && sight.segment === segment && owner === 'me');
        expect(isSeen).toBe(mayReach({ user: 'me', admin: false, active: true, ...one }, { segment, owner }));
      }),
    );
  });
});
