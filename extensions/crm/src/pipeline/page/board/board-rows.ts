import { stagesOf, type Stage, type StageSet } from '../../rules/stage-set.ts';

/** An opportunity as the host gives it. */
export interface Card {
  id: string;
  title: string;
  stage: string;
  segment: string;
  amount: string | number | null;
  stage_entered_at: string | null;
  expected_close_on: string | null;
  last_activity_at: string | null;
  closed_on: string | null;
  owner: { id: string; first_name: string | null } | null;
  customer: { id: string; name: string; status: string } | null;
}

export const CARD_FIELDS = [
  ...['id', 'title', 'stage', 'segment', 'amount', 'stage_entered_at', 'expected_close_on', 'last_activity_at', 'closed_on'],
  ...['owner.id', 'owner.first_name', 'customer.id', 'customer.name', 'customer.status'],
].join(',');

export interface Total {
  count: number;
  sum: number;
}

/** Which opportunities the reader wants to see. */
export interface Wanted {
  segment: string;
  /** Empty for everyone's. */
  owner: string;
  title: string;
  /** What a list of the host was narrowed to. */
  filter?: Filter | null;
}

type Filter = Record<string, unknown>;

/** Closed ones stay on the board for a while, so that what was just won can still be seen. */
export const CLOSED_FOR = 30;

/** The filter of the board, or of one of its columns. */
export function filterOf({ segment, owner, title, filter }: Wanted, more: readonly Filter[]): { _and: Filter[] } {
  return {
    _and: [
      ...(segment ? [{ segment: { _eq: segment } }] : []),
      ...(owner ? [{ owner: { _eq: owner } }] : []),
      ...(title.trim() ? [{ title: { _icontains: title.trim() } }] : []),
      ...(filter ? [filter] : []),
      ...more,
    ],
  };
}

/** What of a stage stands on the board: everything that is open, of the closed what was closed since that day. */
export const ofStage = ({ id, outcome }: Pick<Stage, 'id' | 'outcome'>, since: string): Filter[] => [
  { stage: { _eq: id } },
  ...(outcome === 'open' ? [] : [{ closed_on: { _gte: since } }]),
];

/** The columns of a segment: its stages in their order, and whatever other stage rows still stand in. */
export function columnsOf(stages: readonly Stage[], set: StageSet, filled: readonly string[]): Stage[] {
  const inUse = stagesOf(set);
  const left = stages.filter(({ id }) => filled.includes(id) && !inUse.some((stage) => stage.id === id));
  return [...set.open, ...left, ...set.won, ...set.lost];
}
