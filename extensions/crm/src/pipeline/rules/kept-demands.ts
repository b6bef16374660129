import { placeIn, type Stage, type StageSet } from './stage-set.ts';

/**
 * The stages whose demands an opportunity has met on its way to where it stands: the open ones up to it, all of them where it is
 * won, those up to where it was lost; and the stage itself.
 *
 * @param closedFrom the open stage from which it was lost; null: nothing is known of that.
 */
export function stagesBehind(set: StageSet, stage: Stage, closedFrom: Stage | null): Stage[] {
  const furthest = stage.outcome === 'lost' ? closedFrom : stage;
  const passed = furthest ? set.open.filter((one) => placeIn(set, one) <= placeIn(set, furthest)) : [];
  return [...passed.filter(({ id }) => id !== stage.id), stage];
}

/**
 * What was given to one of these stages and is taken away now (SAL-2): each of the demands that was met before the write and is not
 * met after it. What was never there, of rows that are older than the demand, is not asked for here; nor are orders and contracts,
 * which keep themselves.
 */
export function emptiedDemands(stages: readonly Stage[], before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  const demands = new Set(stages.flatMap(({ required_fields }) => required_fields));
  return [...demands].filter((demand) => {
    const names = demand.split('|');
    return names.some((name) => before.has(name)) && !names.some((name) => name === SIGNED || after.has(name));
  });
}

const SIGNED = 'order_or_contract';
