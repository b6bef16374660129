import { describe, expect, test } from 'vitest';
import type { Person } from '../../segments/rules/reach.ts';
import { decideRuling, mayJudge, type Ruling } from './ruling.ts';

const person = (user: string, role: Person['role'], managedSegments: string[] = []): Person => ({
  user,
  role,
  admin: false,
  active: true,
  homeSegment: managedSegments[0] ?? 'a',
  managedSegments,
});
const admin = person('admin', 'segment_admin', ['a']);
const marketing = person('marketing', 'system_admin');
const matter: Ruling = {
  judge: admin,
  dispute: { state: 'open', segment: 'a', claimant: 'rep1', filedBy: 'rep1' },
  record: { segment: 'a', owner: 'rep2' },
  uphold: true,
  reasonSays: true,
  claimantSegment: 'a',
};

describe('who judges', () => {
  const cases: [string, Person, Ruling['dispute'], boolean][] = [
    ['CUS-13: the segment’s admin rules', admin, matter.dispute, true],
    ['CUS-13: an admin of another segment does not', person('x', 'segment_admin', ['b']), matter.dispute, false],
    ['CUS-13: a head does not', person('h', 'segment_head', ['a']), matter.dispute, false],
    ['CUS-13: a rep does not', person('r', 'sales_rep'), matter.dispute, false],
    ['CUS-13: an executive does not', person('e', 'group_executive'), matter.dispute, false],
    ['CUS-13: what was referred is group marketing’s', admin, { ...matter.dispute, state: 'referred' }, false],
    ['CUS-13: group marketing rules on what was referred', marketing, { ...matter.dispute, state: 'referred' }, true],
  ];
  test.each(cases)('%s', (_name, judge, dispute, expected) => expect(mayJudge(judge, dispute)).toBe(expected));
});

describe('what a ruling does', () => {
  const cases: [string, Partial<Ruling>, string][] = [
    ['CUS-13: upheld in the segment, the claimant becomes the owner', {}, 'owner'],
    ['CUS-13: dismissed, everything stays', { uphold: false }, 'none'],
    ['CUS-13: dismissed without a record, everything stays', { uphold: false, record: null }, 'none'],
    [
      'CUS-13: across segments group marketing’s ruling is a transfer',
      { judge: marketing, record: { segment: 'b', owner: 'repB' } },
      'transfer',
    ],
  ];
  test.each(cases)('%s', (_name, change, effect) =>
    expect(decideRuling({ ...matter, ...change })).toEqual({ accepted: true, value: effect }),
  );
});

describe('what is refused', () => {
  const cases: [string, Partial<Ruling>, string][] = [
    ['CUS-13: what is closed is not ruled again', { dispute: { ...matter.dispute, state: 'upheld' } }, 'dispute_closed'],
    ['CUS-13: reasons are kept', { reasonSays: false }, 'ruling_reason_needed'],
    ['CUS-13: nobody rules on the own claim', { dispute: { ...matter.dispute, claimant: 'admin' } }, 'own_dispute'],
    ['CUS-13: nobody rules on a claim that they filed for another', { dispute: { ...matter.dispute, filedBy: 'admin' } }, 'own_dispute'],
    ['CUS-13: nobody rules on what is the own record', { record: { segment: 'a', owner: 'admin' } }, 'own_dispute'],
    ['CUS-13: upheld names the record', { record: null }, 'record_needed'],
    ['CUS-13: a segment’s admin does not rule across segments', { record: { segment: 'b', owner: 'repB' } }, 'across_segments'],
    ['CUS-13: a claimant who left becomes no owner', { claimantSegment: null }, 'claimant_gone'],
    ['CUS-13: who owns it already claims nothing', { record: { segment: 'a', owner: 'rep1' } }, 'claimant_owns'],
  ];
  test.each(cases)('%s', (_name, change, reason) => expect(decideRuling({ ...matter, ...change })).toEqual({ accepted: false, reason }));
});
