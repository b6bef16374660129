/** A stage as the rules see it (a row of crm_stages in plain values). */
export interface Stage {
  id: string;
  key: string;
  name: string;
  segment: string | null;
  outcome: 'open' | 'won' | 'lost';
  active: boolean;
  sort: number;
  /** Fields to be filled in on entry; `a|b` asks for one of the two. */
  required_fields: readonly string[];
  /** A filter over the opportunity's own fields, or nothing. */
  conditions: unknown;
  condition_text: string | null;
  color: string | null;
}

/** The way of a segment's opportunities: open stages in their order, and how they may end. */
export interface StageSet {
  open: readonly Stage[];
  won: readonly Stage[];
  lost: readonly Stage[];
}

const inOrder = (one: Stage, other: Stage) => one.sort - other.sort || (one.id < other.id ? -1 : 1);

/**
 * The stages that hold in a segment (SAL-2): its own active ones where it has any of an outcome, else the shared ones. So a
 * segment that describes its own way and no end of its own ends as the group does.
 */
export function stageSetOf(stages: readonly Stage[], segment: string): StageSet {
  const of = (outcome: Stage['outcome']): Stage[] => {
    const active = stages.filter((stage) => stage.active && stage.outcome === outcome);
    const own = active.filter((stage) => stage.segment === segment);
    return (own.length ? own : active.filter((stage) => stage.segment === null)).sort(inOrder);
  };
  return { open: of('open'), won: of('won'), lost: of('lost') };
}

export const stagesOf = ({ open, won, lost }: StageSet): Stage[] => [...open, ...won, ...lost];

/** How many open stages come before `stage`; a stage that is no longer of the set stands where its number puts it. */
export function placeIn({ open }: StageSet, stage: Stage): number {
  if (stage.outcome !== 'open') return open.length;
  const at = open.findIndex(({ id }) => id === stage.id);
  return at >= 0 ? at : open.filter(({ sort }) => sort < stage.sort).length;
}
