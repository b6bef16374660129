import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideOwnerChange, decidePlacement, type Placement } from './placement.ts';
import { belongsTo, mayReach, type Person } from './reach.ts';

const person = (user: string, more: Partial<Person> = {}): Person => ({
  user,
  role: 'sales_rep',
  admin: false,
  active: true,
  homeSegment: 'a',
  managedSegments: [],
  ...more,
});
const rep = person('rep');
const head = person('head', { role: 'segment_head', managedSegments: ['a', 'c'] });
const sysadmin = person('sys', { role: 'system_admin', homeSegment: 'pool' });
const exec = person('exec', { role: 'group_executive', homeSegment: 'pool' });
const repB = person('repB', { homeSegment: 'b' });

const place = (more: Partial<Placement> & Pick<Placement, 'person'>) =>
  decidePlacement({ sent: {}, parent: null, candidate: null, owned: true, ownerOptional: false, ...more });
const at = (segment: string, owner: string | null) => ({ accepted: true, value: { segment, owner } });
const because = (reason: string) => ({ accepted: false, reason });

describe('a row of its own', () => {
  it.each<[string, Partial<Placement> & Pick<Placement, 'person'>, unknown]>([
    ['Q1: is the rep’s who enters it', { person: rep }, at('a', 'rep')],
    ['F6: is refused to a rep without a segment', { person: { ...rep, homeSegment: null } }, because('forbidden')],
    ['F7: is refused to a rep who names another segment', { person: rep, sent: { segment: 'b' } }, because('forbidden')],
    [
      'F7: is refused to a rep who names another owner, or none',
      { person: rep, sent: { owner: null }, ownerOptional: true },
      because('forbidden'),
    ],
    ['Q18: stands at home when a head names nothing', { person: head }, at('a', 'head')],
    ['Q18: stands where the head says, among the managed', { person: head, sent: { segment: 'c' } }, at('c', 'head')],
    ['ORG-2: never in a segment not managed', { person: head, sent: { segment: 'b' } }, because('forbidden')],
    ['Q18: must name one of several when none is home', { person: { ...head, homeSegment: null } }, because('segment_required')],
    ['Q18: stands in the only one managed', { person: { ...head, homeSegment: null, managedSegments: ['c'] } }, at('c', 'head')],
    [
      'ORG-5, Q18: goes to a member of another segment that the head manages, and stands there',
      { person: head, sent: { owner: 'repC' }, candidate: person('repC', { homeSegment: 'c' }) },
      at('c', 'repC'),
    ],
    [
      'Q18: stands where its owner is at home when the head manages several and none is home',
      { person: { ...head, homeSegment: null }, sent: { owner: 'rep' }, candidate: rep },
      at('a', 'rep'),
    ],
    ['ORG-5: goes to a member of the segment', { person: head, sent: { owner: 'rep' }, candidate: rep }, at('a', 'rep')],
    ['ORG-5: goes to nobody outside', { person: head, sent: { owner: 'repB' }, candidate: repB }, because('owner_not_in_segment')],
    [
      'ORG-5: goes to nobody who left',
      { person: head, sent: { owner: 'rep' }, candidate: { ...rep, active: false } },
      because('owner_not_in_segment'),
    ],
    ['ORG-5: goes to nobody who is not', { person: head, sent: { owner: 'x' } }, because('owner_not_in_segment')],
    ['ORG-3: a system admin names the segment', { person: sysadmin }, because('segment_required')],
    ['a system admin names the owner', { person: sysadmin, sent: { segment: 'a' } }, because('owner_required')],
    ['Q21: a lead of group staff waits for its owner', { person: sysadmin, sent: { segment: 'a' }, ownerOptional: true }, at('a', null)],
    ['Q21: a lead may be left without owner on purpose', { person: head, sent: { owner: null }, ownerOptional: true }, at('a', null)],
    ['an owner is not emptied where there must be one', { person: head, sent: { owner: null } }, because('owner_required')],
    ['ORG-4: an executive’s task stands where its doer does', { person: exec, sent: { owner: 'repB' }, candidate: repB }, at('b', 'repB')],
    ['ORG-4: an executive’s own task stands in the pool', { person: exec }, at('pool', 'exec')],
    [
      'ORG-4: the segment an executive names must be the doer’s',
      { person: exec, sent: { owner: 'repB', segment: 'a' }, candidate: repB },
      because('owner_not_in_segment'),
    ],
    ['a team has a segment and no owner', { person: head, owned: false }, at('a', null)],
    ['ORG-11: is refused to whoever has no role of ours', { person: { ...rep, role: null } }, because('forbidden')],
  ])('%s', (_name, placement, outcome) => expect(place(placement)).toEqual(outcome));
});

describe('a row below another', () => {
  const parent = { segment: 'a', owner: 'rep' };
  it.each<[string, Partial<Placement> & Pick<Placement, 'person'>, unknown]>([
    ['takes segment and owner of its parent', { person: rep, parent }, at('a', 'rep')],
    ['ORG-5: takes them also when a head enters it', { person: head, parent }, at('a', 'rep')],
    ['ORG-2: is refused where the parent is not to be seen', { person: repB, parent }, because('forbidden')],
    ['Q1: has no owner of its own', { person: head, parent, sent: { owner: 'head' } }, because('owner_of_tree')],
    ['may repeat what is so', { person: head, parent, sent: { segment: 'a', owner: 'rep' } }, at('a', 'rep')],
    ['F7: has no segment of its own', { person: head, parent, sent: { segment: 'c' } }, because('forbidden')],
    ['Q21: waits until the lead has an owner', { person: head, parent: { segment: 'a', owner: null } }, because('lead_unallocated')],
  ])('%s', (_name, placement, outcome) => expect(place(placement)).toEqual(outcome));
});

describe('laws', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'pool');
  const people = fc.record({
    user: fc.constantFrom('u1', 'u2', 'u3'),
    role: fc.constantFrom('system_admin', 'group_executive', 'segment_head', 'segment_admin', 'sales_rep', null),
    admin: fc.boolean(),
    active: fc.constant(true),
    homeSegment: fc.option(id),
    managedSegments: fc.uniqueArray(id),
  }) as fc.Arbitrary<Person>;
  const places = fc.record({ segment: fc.option(id), owner: fc.option(fc.constantFrom('u1', 'u2', 'u3')) });

  it('ORG-2: whoever enters a row may reach it afterwards, and its owner belongs where it stands', () => {
    fc.assert(
      fc.property(people, places, fc.option(places), fc.option(people), fc.boolean(), (who, sent, parent, candidate, ownerOptional) => {
        const outcome = decidePlacement({ person: who, sent: { ...sent }, parent, candidate, owned: true, ownerOptional });
        if (!outcome.accepted) return;
        expect(mayReach(who, outcome.value)).toBe(true);
        if (parent) expect(outcome.value).toEqual(parent);
        else if (outcome.value.owner !== null) {
          const owner = outcome.value.owner === who.user ? who : candidate;
          expect(belongsTo(owner!, outcome.value.segment!)).toBe(true);
        }
      }),
    );
  });
});

describe('another owner', () => {
  const row = { segment: 'a', owner: 'rep' };
  const mate = person('mate');
  it.each<[string, Parameters<typeof decideOwnerChange>[0], unknown]>([
    ['ORG-5: within the segment', { row, inTree: false, owner: 'mate', candidate: mate }, { accepted: true, value: 'mate' }],
    ['ORG-3: not out of it', { row, inTree: false, owner: 'repB', candidate: repB }, because('owner_not_in_segment')],
    ['not to nobody', { row, inTree: false, owner: null, candidate: null }, because('owner_required')],
    ['not below a customer', { row, inTree: true, owner: 'mate', candidate: mate }, because('owner_of_tree')],
    ['the same as before is no change', { row, inTree: true, owner: 'rep', candidate: null }, { accepted: true, value: 'rep' }],
  ])('%s', (_name, change, outcome) => expect(decideOwnerChange(change)).toEqual(outcome));
});
