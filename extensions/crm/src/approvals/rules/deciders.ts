import type { RoleName } from '../../kernel/roles.ts';

/** Somebody who is active and has a role of the CRM, as far as approving goes. */
export interface Colleague {
  user: string;
  role: RoleName;
  position: string | null;
  homeSegment: string | null;
  managedSegments: readonly string[];
  /** On approved leave today: somebody else decides, as long as there is anybody (Q12). */
  isAway?: boolean;
}

/** One row of a rule's steps. */
export interface Step {
  by: 'role' | 'position' | 'person';
  role: RoleName | null;
  position: string | null;
  person: string | null;
  delegate: string | null;
  sort: number;
}

/** The rule by which a request goes; one that was deleted meanwhile has no steps any more. */
export interface Way {
  mode: 'any_of' | 'sequential';
  escalateTo: RoleName | null;
  steps: readonly Step[];
}

/** Where a request stands. */
export interface Waiting {
  segment: string;
  requestedBy: string | null;
  /** The person whom it is about: as little a judge of it as whoever asks (F8). */
  about?: string | null;
  /** `sort` of the step that it waits at. */
  step: number;
  escalated: boolean;
}

/** Who may decide, and for whom, if not for themselves. */
export interface Decider {
  user: string;
  actingFor: string | null;
}

/** How far up it had to go: the step itself, the role it escalates to, or group marketing as the last resort (Q22). */
export type Level = 'step' | 'escalation' | 'group_marketing' | 'nobody';

export interface Deciders {
  level: Level;
  deciders: readonly Decider[];
}

const LAST_RESORT: RoleName = 'system_admin';
const isGroupStaff = (role: RoleName): boolean => role === 'system_admin' || role === 'group_executive';
const manages = (role: RoleName): boolean => role === 'segment_head' || role === 'segment_admin';

/** Whether somebody works in a segment at this moment, or for the whole group: nobody else learns of its requests (ORG-2). */
export const worksFor = ({ role, homeSegment, managedSegments }: Omit<Colleague, 'user' | 'position'>, segment: string): boolean =>
  isGroupStaff(role) || homeSegment === segment || (manages(role) && managedSegments.includes(segment));

/** A head decides in the segments that they manage, a rep in the one they are at home in, group staff everywhere. */
function holdsRole({ role, homeSegment, managedSegments }: Colleague, wanted: RoleName | null, segment: string): boolean {
  if (role !== wanted) return false;
  if (isGroupStaff(role)) return true;
  return manages(role) ? managedSegments.includes(segment) : homeSegment === segment;
}

const plain = (text: string | null): string => (text ?? '').trim().toLowerCase();

function fits(step: Step, colleague: Colleague, segment: string): boolean {
  if (step.by === 'role') return holdsRole(colleague, step.role, segment);
  if (!worksFor(colleague, segment)) return false;
  if (step.by === 'person') return colleague.user === step.person;
  return plain(step.position) !== '' && plain(colleague.position) === plain(step.position);
}

/** Those of one row of the step; while none of them is there, whoever stands in for them (APR-1). */
function decidersOfRow(step: Step, segment: string, others: readonly Colleague[]): Decider[] {
  const there = others.filter((one) => fits(step, one, segment));
  if (there.length) return there.map(({ user }) => ({ user, actingFor: null }));
  const delegate = others.find(({ user }) => user === step.delegate);
  return delegate && worksFor(delegate, segment) ? [{ user: delegate.user, actingFor: step.by === 'person' ? step.person : null }] : [];
}

/** Each person once; the own right comes before standing in for somebody. */
const onlyOnce = (found: readonly Decider[]): Decider[] =>
  found.filter((one) => {
    const same = found.filter(({ user }) => user === one.user);
    return one === (same.find(({ actingFor }) => actingFor === null) ?? same[0]);
  });

/** The rows of the step at which a request waits; a step that was taken out of the rule meanwhile gives way to the next one. */
export function rowsAt({ mode, steps }: Way, step: number): Step[] {
  if (mode === 'any_of') return [...steps];
  const at = Math.min(...steps.map(({ sort }) => sort).filter((sort) => sort >= step));
  return steps.filter(({ sort }) => sort === at);
}

/** The step that comes first, and the one after another; null: there is none, it is decided. */
export function stepAfter({ mode, steps }: Way, step: number | null): number | null {
  const sorts = steps.map(({ sort }) => sort).filter((sort) => step === null || (mode === 'sequential' && sort > step));
  return sorts.length ? Math.min(...sorts) : null;
}

/** Whom rules name in any of their steps, those to whom they go up included: nobody else ever decides by them. */
export function namedIn(ways: readonly Way[]): { roles: RoleName[]; people: string[]; byPosition: boolean } {
  const steps = ways.flatMap((way) => way.steps);
  const roles = [LAST_RESORT, ...ways.map(({ escalateTo }) => escalateTo), ...steps.map(({ by, role }) => (by === 'role' ? role : null))];
  const people = steps.flatMap(({ by, person, delegate }) => [by === 'person' ? person : null, delegate]);
  return {
    roles: [...new Set(roles)].filter((role) => role !== null),
    people: [...new Set(people)].filter((person) => person !== null),
    byPosition: steps.some(({ by }) => by === 'position'),
  };
}

/**
 * Who may decide a request at this moment (APR-1, Q4). Computed anew each time, so that whoever is suspended, moved or
 * removed has lost the right at once. Never the one who asks (four eyes), nor the one whom it is about. Whoever is on leave
 * counts as absent (Q12). Where nobody of the step is there it goes up.
 *
 * @param colleagues everybody who is active and whom the rule names.
 */
export function decidersOf(waiting: Waiting, way: Way, colleagues: readonly Colleague[]): Deciders {
  const there = colleagues.filter(({ isAway }) => !isAway);
  const found = decidersAmong(waiting, way, there);
  // A leave is no reason for work to stand still for ever: where nobody else is there at all, those who are away decide.
  return found.level === 'nobody' && there.length < colleagues.length ? decidersAmong(waiting, way, colleagues) : found;
}

function decidersAmong({ segment, requestedBy, about, step, escalated }: Waiting, way: Way, colleagues: readonly Colleague[]): Deciders {
  const others = colleagues.filter(({ user }) => user !== requestedBy && user !== (about ?? null));
  const holding = (role: RoleName | null): Decider[] =>
    others.filter((one) => holdsRole(one, role, segment)).map(({ user }) => ({ user, actingFor: null }));
  const levels: [Level, () => Decider[]][] = [
    ['step', () => (escalated ? [] : onlyOnce(rowsAt(way, step).flatMap((row) => decidersOfRow(row, segment, others))))],
    ['escalation', () => holding(way.escalateTo)],
    ['group_marketing', () => holding(LAST_RESORT)],
  ];
  for (const [level, find] of levels) {
    const deciders = find();
    if (deciders.length) return { level, deciders };
  }
  return { level: 'nobody', deciders: [] };
}
