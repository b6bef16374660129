import { describe, expect, it } from 'vitest';
import { decideFreeze, decideThaw, standingOf, type Freezer, type Freezing, type Target } from './freeze-decision.ts';

const NOW = new Date('2026-11-23T02:00:00Z');
const LATER = new Date('2026-11-24T02:00:00Z');
const segmentAdmin: Freezer = { user: 'segadmin', role: 'segment_admin', managedSegments: ['s01'] };
const systemAdmin: Freezer = { user: 'sysadmin1', role: 'system_admin', managedSegments: [] };
const rep: Target = { user: 'rep', role: 'sales_rep', homeSegment: 's01', status: 'active' };
const of = (more: Partial<Target>): Target => ({ ...rep, user: 'other', ...more });
const asked = (freezer: Freezer, target: Target | null, more: Partial<Freezing> = {}) =>
  decideFreeze({
    ...{ freezer, target, standing: null, endsAt: null, isAsked: false, isAccused: false },
    ...{ systemAdmins: ['sysadmin1', 'sysadmin2'], until: null, now: NOW, ...more },
  });
const outcome = (decided: ReturnType<typeof asked>) => (decided.accepted ? decided.value : decided.reason);

describe('who freezes whom', () => {
  it.each<[string, Freezer, Target | null, string]>([
    ['Q17: a segment admin its own segment’s reps', segmentAdmin, rep, 'freeze'],
    ['Q17: not the head of the own segment', segmentAdmin, of({ role: 'segment_head' }), 'reps_only'],
    ['ORG-2: a rep of another segment answers like nobody', segmentAdmin, of({ homeSegment: 's02' }), 'forbidden'],
    ['ORG-2: a rep of no segment too', segmentAdmin, of({ homeSegment: null }), 'forbidden'],
    ['ORG-2: group staff too', segmentAdmin, of({ role: 'system_admin', homeSegment: 's00' }), 'forbidden'],
    ['ORG-2: nobody', segmentAdmin, null, 'forbidden'],
    ['ACC-9: nobody freezes oneself', segmentAdmin, of({ user: 'segadmin', role: 'segment_admin' }), 'own_freeze'],
    ['Q17: a system admin everyone: reps', systemAdmin, of({ homeSegment: 's07' }), 'freeze'],
    ['ACC-9: executives and admins too', systemAdmin, of({ role: 'group_executive', homeSegment: 's00' }), 'freeze'],
    ['Q5: another system admin when an executive agrees', systemAdmin, of({ user: 'sysadmin2', role: 'system_admin' }), 'ask'],
    ['Q5: never oneself', systemAdmin, of({ user: 'sysadmin1', role: 'system_admin' }), 'own_freeze'],
    ['Q17: a rep nobody', { user: 'rep2', role: 'sales_rep', managedSegments: [] }, rep, 'forbidden'],
    ['Q17: a head nobody', { user: 'head', role: 'segment_head', managedSegments: ['s01'] }, rep, 'forbidden'],
    ['Q17: an executive nobody', { user: 'exec', role: 'group_executive', managedSegments: [] }, rep, 'forbidden'],
    ['Q17: the technical administrator nobody', { user: 'root', role: null, managedSegments: [] }, rep, 'forbidden'],
  ])('%s', (_name, freezer, target, expected) => {
    expect(outcome(asked(freezer, target))).toBe(expected);
  });

  it.each<[string, Target, Partial<Freezing>, string]>([
    ['ACC-9: already frozen', of({ status: 'suspended' }), { standing: 'lasting' }, 'already_frozen'],
    ['ACC-9: shut out for a time', of({ status: 'suspended' }), { standing: 'ending' }, 'freeze'],
    [
      'ACC-9: frozen twice to the same end',
      of({ status: 'suspended' }),
      { standing: 'ending', endsAt: LATER, until: LATER },
      'already_frozen',
    ],
    ['ACC-9: frozen to another end', of({ status: 'suspended' }), { standing: 'ending', endsAt: LATER, until: null }, 'freeze'],
    ['ACC-9: closed while shut out for a time', of({ status: 'archived' }), { standing: 'ending' }, 'not_active'],
    ['Q5: a system admin who is locked out', of({ role: 'system_admin', status: 'suspended' }), { standing: 'ending' }, 'ask'],
    [
      'N4: a system admin who is locked out, while no other one can act',
      of({ role: 'system_admin', status: 'suspended' }),
      { standing: 'ending', systemAdmins: [] },
      'last_system_admin',
    ],
    ['N4: a rep, while no system admin can act', rep, { systemAdmins: [] }, 'freeze'],
    ['Q5: asked for already', of({ role: 'system_admin' }), { isAsked: true }, 'already_asked'],
    [
      'Q5: asked for already, and locked out since',
      of({ role: 'system_admin', status: 'suspended' }),
      { standing: 'ending', isAsked: true },
      'already_asked',
    ],
    ['ACC-9: an account that was closed is not frozen', of({ status: 'suspended' }), {}, 'not_active'],
    ['N4: the last active system admin', of({ role: 'system_admin' }), { systemAdmins: ['other'] }, 'last_system_admin'],
    ['Q5: an executive by whom waits for their decision', of({ role: 'group_executive' }), { isAccused: true }, 'judges_removed'],
    ['ACC-9: others by the same', rep, { isAccused: true }, 'freeze'],
    ['ACC-9: an end that is over', rep, { until: NOW }, 'until_past'],
    ['ACC-9: an end to come', rep, { until: new Date(NOW.getTime() + 1) }, 'freeze'],
  ])('%s', (_name, target, more, expected) => {
    expect(outcome(asked(systemAdmin, target, more))).toBe(expected);
  });
});

it.each<[string, Parameters<typeof standingOf>[0], ReturnType<typeof standingOf>]>([
  ['no freeze', null, null],
  ['of somebody, without an end', { frozen_by: 'sysadmin1', until: null }, 'lasting'],
  ['of somebody, with an end', { frozen_by: 'sysadmin1', until: NOW }, 'ending'],
  ['the host’s lock-out', { frozen_by: null, until: NOW }, 'ending'],
  ['of nobody, without an end', { frozen_by: null, until: null }, 'ending'],
])('ACC-9: what a freeze that stands is: %s', (_name, row, expected) => {
  expect(standingOf(row)).toBe(expected);
});

describe('who thaws whom', () => {
  const thaw = (freezer: Freezer, target: Target | null, open: 'frozen' | 'pending' | null) => {
    const decided = decideThaw({ freezer, target, open });
    return decided.accepted ? 'thaw' : decided.reason;
  };
  it.each<[string, Freezer, Target | null, 'frozen' | 'pending' | null, string]>([
    ['ACC-9: whoever may freeze', segmentAdmin, of({ status: 'suspended' }), 'frozen', 'thaw'],
    ['ORG-2: nobody of another segment', segmentAdmin, of({ homeSegment: 's02' }), 'frozen', 'forbidden'],
    ['ACC-9: nobody who is not frozen', systemAdmin, of({}), null, 'not_frozen'],
    ['Q5: nobody whose freeze only waits', systemAdmin, of({ role: 'system_admin' }), 'pending', 'not_frozen'],
    ['N4: the other system admin', systemAdmin, of({ role: 'system_admin', status: 'suspended' }), 'frozen', 'thaw'],
  ])('%s', (_name, freezer, target, open, expected) => {
    expect(thaw(freezer, target, open)).toBe(expected);
  });
});
