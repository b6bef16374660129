import { isUuid } from '../kernel/uuid.ts';
import type { Rows } from '../kernel/rows.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import type { ApprovalView } from './contract.ts';
import { ABOUT_PERSON, type ApprovalKind, type ApprovalRow, type AskedLine } from './kinds.ts';
import { ASKED_NAMES } from './locale/words.ts';
import { namesFor, type Named } from './names.ts';
import { mayDecide, standingsOf, type Standing } from './standing.ts';

type Entry = Rows['crm_approval_decisions'];

const momentOf = (value: unknown): string => new Date(value as number | string | Date).toISOString();
const isAskedName = (name: string): name is keyof typeof ASKED_NAMES => name in ASKED_NAMES;

/** The values of what is asked under their common names; what has none, and keys that name nothing to the caller, are left out. */
function plainLines({ asked }: ApprovalRow, { language }: Actor, named: Named): AskedLine[] {
  return Object.entries(asked).flatMap(([name, value]): AskedLine[] => {
    if (!isAskedName(name) || !['string', 'number'].includes(typeof value) || value === '') return [];
    const plain = typeof value === 'number' ? value.toLocaleString(language) : String(value);
    const text = isUuid(value) ? (named.person(value) ?? named.segment(value)) : plain;
    return text === null ? [] : [{ label: say(ASKED_NAMES[name], language), value: text }];
  });
}

/** Which of the rule's steps it waits at, counted from 1, and how many there are. */
function stepOf({ approval, way }: Standing): { step: number; steps: number } {
  const sorts = way.mode === 'any_of' ? [1] : [...new Set(way.steps.map(({ sort }) => sort))].sort((one, other) => one - other);
  return { step: Math.max(1, sorts.filter((sort) => sort <= approval.step).length), steps: Math.max(1, sorts.length) };
}

function toView(standing: Standing, actor: Actor, entries: readonly Entry[], named: Named, lines: AskedLine[]): ApprovalView {
  const { approval, deciders } = standing;
  const { state: _state, [ABOUT_PERSON]: _person, ...asked } = approval.asked;
  const person = (id: string | null) => (id ? { id, name: named.person(id) } : null);
  const isOpen = approval.state === 'pending';
  return {
    ...{ id: approval.id, kind: approval.kind, state: approval.state, title: approval.title, reason: approval.reason },
    ...{ asked, lines, collection: approval.collection, item: approval.item, segment: approval.segment },
    about: { customer: approval.customer, opportunity: approval.opportunity, lead: approval.lead },
    requested_by: person(approval.requested_by),
    requested_at: approval.date_created ? momentOf(approval.date_created) : null,
    ...{ due_on: approval.due_on, version: approval.version, ...stepOf(standing), escalated: approval.escalated_at !== null },
    waitsFor: deciders.flatMap(({ user }) => named.person(user) ?? []),
    mayDecide: isOpen && approval.requested_by !== actor.user && mayDecide(standing, actor),
    mayWithdraw: isOpen && approval.requested_by === actor.user,
    decisions: entries.map(({ id, at, by, acting_for, decision, step, comment }) => ({
      ...{ id, at: momentOf(at), by: person(by), acting_for: person(acting_for), decision, step: Number(step), comment },
    })),
  };
}

const peopleIn = ({ approval, deciders }: Standing): (string | null)[] => [
  ...deciders.map(({ user }) => user),
  approval.requested_by,
  ...Object.values(approval.asked).filter(isUuid),
];

/** In the order in which it was said; that it went up at once comes after what brought it there, in the same moment. */
const inOrder = (one: Entry, other: Entry): number =>
  momentOf(one.at).localeCompare(momentOf(other.at)) || Number(one.decision === 'rerouted') - Number(other.decision === 'rerouted');

/** Requests as people and programs see them: what is asked, what was said, and what the caller may do with it. */
export async function viewsOf(
  database: Knex,
  kinds: readonly ApprovalKind[],
  actor: Actor,
  approvals: readonly ApprovalRow[],
): Promise<ApprovalView[]> {
  const standings = await standingsOf(database, approvals);
  const ids = approvals.map(({ id }) => id);
  const entries: Entry[] = ids.length ? await database('crm_approval_decisions').whereIn('approval', ids).orderBy(['at', 'id']) : [];
  const spoke = entries.flatMap(({ by, acting_for }) => [by, acting_for]);
  const named = await namesFor(
    database,
    actor,
    [...standings.flatMap(peopleIn), ...spoke].filter((id) => id !== null),
  );
  const views: ApprovalView[] = [];
  for (const standing of standings) {
    const { approval } = standing;
    const kind = kinds.find((one) => one.kind === approval.kind);
    const lines = (await kind?.lines?.(database, approval, actor.language, actor)) ?? plainLines(approval, actor, named);
    const about = entries.filter((entry) => entry.approval === approval.id).sort(inOrder);
    views.push(toView(standing, actor, about, named, lines));
  }
  return views;
}
