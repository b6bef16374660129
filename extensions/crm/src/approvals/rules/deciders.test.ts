import { describe, expect, it } from 'vitest';
import { decidersOf, namedIn, stepAfter, type Colleague, type Step, type Way } from './deciders.ts';

const person = (user: string, role: Colleague['role'], rest: Partial<Colleague> = {}): Colleague => ({
  ...{ user, role, position: null, homeSegment: 's01', managedSegments: [] },
  ...rest,
});
const HEAD = person('head', 'segment_head', { managedSegments: ['s01'] });
const OTHER_HEAD = person('head of s02', 'segment_head', { homeSegment: 's02', managedSegments: ['s02'] });
const REP = person('rep', 'sales_rep', { position: '销售总监' });
const OTHER_REP = person('rep of s02', 'sales_rep', { homeSegment: 's02', position: '销售总监' });
const ADMIN = person('sysadmin', 'system_admin', { homeSegment: 's00' });
const EXECUTIVE = person('executive', 'group_executive', { homeSegment: 's00', position: '销售总监' });
const EVERYBODY = [HEAD, OTHER_HEAD, REP, OTHER_REP, ADMIN, EXECUTIVE];

const step = (rest: Partial<Step>): Step => ({
  ...{ by: 'role', role: null, position: null, person: null, delegate: null, sort: 1 },
  ...rest,
});
const byHead = step({ role: 'segment_head' });
const way = (steps: Step[], rest: Partial<Way> = {}): Way => ({ mode: 'any_of', escalateTo: 'group_executive', steps, ...rest });
const waiting = { segment: 's01', requestedBy: 'somebody', step: 1, escalated: false };
const users = (found: ReturnType<typeof decidersOf>) => found.deciders.map(({ user }) => user);

describe('who may decide', () => {
  it.each([
    ['a role means those who hold it in the segment', [byHead], ['head']],
    ['the group staff hold theirs everywhere', [step({ role: 'group_executive' })], ['executive']],
    ['reps hold theirs where they are at home', [step({ role: 'sales_rep' })], ['rep']],
    ['a position is apart from the role (Q4)', [step({ by: 'position', position: ' 销售总监 ' })], ['rep', 'executive']],
    ['one person by name', [step({ by: 'person', person: 'rep' })], ['rep']],
    ['several rows of any-of are alternatives', [byHead, step({ by: 'person', person: 'rep', sort: 2 })], ['head', 'rep']],
  ])('APR-1: %s', (_name, steps, expected) => {
    expect(users(decidersOf(waiting, way(steps), EVERYBODY))).toEqual(expected);
  });

  it('APR-1: one after the other, and rows of one number are alternatives', () => {
    const chain = way([byHead, step({ role: 'sales_rep' }), step({ role: 'system_admin', sort: 2 })], { mode: 'sequential' });
    expect(users(decidersOf(waiting, chain, EVERYBODY))).toEqual(['head', 'rep']);
    expect(stepAfter(chain, null)).toBe(1);
    expect(stepAfter(chain, 1)).toBe(2);
    expect(users(decidersOf({ ...waiting, step: 2 }, chain, EVERYBODY))).toEqual(['sysadmin']);
    expect(stepAfter(chain, 2)).toBeNull();
  });

  it('APR-1: any-of is decided by the first who approves', () => {
    expect(stepAfter(way([byHead, step({ role: 'sales_rep', sort: 2 })]), 1)).toBeNull();
  });

  it.each([
    ['as the head', 'head', [byHead]],
    ['as the person named', 'rep', [step({ by: 'person', person: 'rep' })]],
    ['as whoever stands in', 'rep', [step({ by: 'person', person: 'gone', delegate: 'rep' })]],
  ])('F8: nobody decides the own request, %s', (_name, requestedBy, steps) => {
    const found = decidersOf({ ...waiting, requestedBy }, way(steps), EVERYBODY);
    expect(users(found)).toEqual(['executive']);
    expect(found.level).toBe('escalation');
  });

  it('F8: an administrator who asks does not decide either, at the very end', () => {
    const found = decidersOf({ ...waiting, requestedBy: 'sysadmin' }, way([byHead], { escalateTo: null }), [ADMIN, REP]);
    expect(found).toEqual({ level: 'nobody', deciders: [] });
  });
});

describe('when the approver is not there', () => {
  const byRep = step({ by: 'person', person: 'rep', delegate: 'head' });

  it('APR-1: the substitute decides in their name, and no longer when they are back', () => {
    const away = EVERYBODY.filter(({ user }) => user !== 'rep');
    expect(decidersOf(waiting, way([byRep]), away).deciders).toEqual([{ user: 'head', actingFor: 'rep' }]);
    expect(users(decidersOf(waiting, way([byRep]), EVERYBODY))).toEqual(['rep']);
  });

  it.each([
    ['somebody who moved to another segment', step({ by: 'person', person: 'rep of s02' })],
    ['somebody who was deleted', step({ by: 'person', person: null })],
    ['an empty position', step({ by: 'position', position: '  ' })],
    ['a substitute of another segment', step({ by: 'person', person: null, delegate: 'rep of s02' })],
  ])('APR-1: %s decides nothing: it goes up at once', (_name, row) => {
    expect(decidersOf(waiting, way([row]), EVERYBODY)).toEqual({ level: 'escalation', deciders: [{ user: 'executive', actingFor: null }] });
  });

  it('APR-1: whoever may decide anyway does not stand in for anybody', () => {
    const steps = [step({ by: 'person', person: 'gone', delegate: 'head' }), byHead];
    expect(decidersOf(waiting, way(steps), EVERYBODY).deciders).toEqual([{ user: 'head', actingFor: null }]);
  });

  it('APR-1: with nobody above either it is group marketing’s (Q22)', () => {
    const found = decidersOf(waiting, way([byHead], { escalateTo: 'segment_admin' }), [REP, ADMIN]);
    expect(found).toEqual({ level: 'group_marketing', deciders: [{ user: 'sysadmin', actingFor: null }] });
  });

  it('APR-1: what was not decided in time is no longer the step’s', () => {
    expect(users(decidersOf({ ...waiting, escalated: true }, way([byHead]), EVERYBODY))).toEqual(['executive']);
  });

  it('APR-1: a rule that was deleted meanwhile leaves it to group marketing', () => {
    expect(users(decidersOf(waiting, { mode: 'any_of', escalateTo: null, steps: [] }, EVERYBODY))).toEqual(['sysadmin']);
  });

  it('APR-1: a step that was taken out meanwhile gives way to the next one', () => {
    const chain = way([step({ role: 'system_admin', sort: 3 })], { mode: 'sequential' });
    expect(users(decidersOf({ ...waiting, step: 2 }, chain, EVERYBODY))).toEqual(['sysadmin']);
  });
});

describe('whom rules name', () => {
  const WAYS: Way[] = [
    way([byHead]),
    way([byHead, step({ role: 'sales_rep', sort: 2 })], { mode: 'sequential', escalateTo: null }),
    way([step({ by: 'position', position: '销售总监' })]),
    way([step({ by: 'person', person: 'rep', delegate: 'executive' })]),
    way([step({ by: 'person', person: 'nobody', delegate: 'rep' })], { escalateTo: null }),
    way([]),
  ];
  it.each(WAYS.map((one, at) => [at, one] as const))('APR-1: nobody else decides (rule %i)', (_at, one) => {
    const { roles, people, byPosition } = namedIn([one]);
    const named = EVERYBODY.filter(
      ({ user, role, position }) => roles.includes(role) || people.includes(user) || (byPosition && position !== null),
    );
    for (const escalated of [false, true])
      for (const asker of ['somebody', ...EVERYBODY.map(({ user }) => user)]) {
        const asked = { ...waiting, escalated, requestedBy: asker };
        expect(decidersOf(asked, one, named)).toEqual(decidersOf(asked, one, EVERYBODY));
        const about = { ...waiting, escalated, about: asker };
        const onLeave = (people: Colleague[]) => people.map((colleague) => ({ ...colleague, isAway: colleague.user !== 'head' }));
        expect(decidersOf(about, one, onLeave(named))).toEqual(decidersOf(about, one, onLeave(EVERYBODY)));
      }
  });
});

describe('Q12: whoever is on leave counts as absent', () => {
  const away = (user: string) => EVERYBODY.map((one) => (one.user === user ? { ...one, isAway: true } : one));

  it('Q12, APR-1: the stand-in decides for a head on leave, and without one it goes up', () => {
    const named = step({ by: 'person', person: 'head', delegate: 'rep' });
    expect(decidersOf(waiting, way([named]), away('head'))).toEqual({ level: 'step', deciders: [{ user: 'rep', actingFor: 'head' }] });
    expect(decidersOf(waiting, way([byHead]), away('head'))).toMatchObject({ level: 'escalation', deciders: [{ user: 'executive' }] });
    expect(users(decidersOf(waiting, way([byHead]), EVERYBODY))).toEqual(['head']);
  });

  it('Q12: where everybody is on leave the work does not stand still', () => {
    const all = EVERYBODY.map((one) => ({ ...one, isAway: true }));
    expect(users(decidersOf(waiting, way([byHead]), all))).toEqual(['head']);
  });
});

it('F8: nobody decides about themselves, not even what somebody else asked for', () => {
  expect(decidersOf({ ...waiting, about: 'head' }, way([byHead]), EVERYBODY)).toMatchObject({ level: 'escalation' });
});
