import { collectionsLeadingTo } from '../kernel/flows/leading-collections.ts';
import type { EventsRule } from '../kernel/flows/operation-events.ts';
import { loadActor } from '../platform/api/actor.ts';
import { operationsWithoutEvents, requireEvents, type Relations } from '../platform/api/flow-operations.ts';
import type { EventContext, Knex, Row } from '../platform/api/host.ts';
import { privacyRefusal } from './refuse.ts';
import { stepsIntoWriting } from './rules/flow-leaks.ts';
import { SEALED_COLLECTIONS } from './rules/sealed-fields.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

/** Said by the host of a flow; its name is for people. */
const FLOW = ['trigger', 'options'] as const;

/**
 * Flows run with the server's own hands. Two kinds of them go around the sealing, so these are refused where they are set up,
 * for everybody: an operation that writes without events, and a flow that runs inside a write (SEC-1). Those from before are
 * named by the doctor.
 */
export function closeFlows(register: Register): void {
  const { filter } = register;
  requireEvents(register, sealingRule, (context) => refuse('flow_without_events', context));
  filter('flows.create', async (flow: Row, _meta, context) => {
    if (stepsIntoWriting(flow, SEALED_COLLECTIONS)) await refuse('flow_inside_write', context);
    return flow;
  });
  filter('flows.update', async (flow: Row, { keys }, context) => {
    if (!FLOW.some((name) => name in flow)) return flow;
    const standing: Row[] = await context
      .database('directus_flows')
      .whereIn('id', keys as string[])
      .select(...FLOW);
    const steps = standing.some((current) => stepsIntoWriting({ ...current, ...flow }, SEALED_COLLECTIONS));
    if (steps) await refuse('flow_inside_write', context);
    return flow;
  });
}

async function refuse(reason: 'flow_without_events' | 'flow_inside_write', { accountability, database }: EventContext): Promise<never> {
  throw privacyRefusal(reason, (await loadActor(database, accountability))?.language);
}

/** Without events nothing is read, judged or sealed: what is typed would be stored in clear. */
function sealingRule(schema: Relations | null): EventsRule {
  const leading = collectionsLeadingTo(schema?.relations ?? [], SEALED_COLLECTIONS);
  return { types: ['item-create', 'item-update'], reaches: (collection) => leading.has(collection) };
}

/** Flows from before that go around the sealing, by their names. */
export interface LeakingFlow {
  reason: 'flow_without_events' | 'flow_inside_write';
  flow: string;
  operation: string;
}

/** The flows of this installation that `closeFlows` would refuse now, for the doctor. */
export async function leakingFlows(database: Knex, schema: Relations): Promise<LeakingFlow[]> {
  const flows: Row[] = await database('directus_flows')
    .whereNot({ status: 'inactive' })
    .orderBy('name')
    .select('name', ...FLOW);
  const inside = flows.filter((flow) => stepsIntoWriting(flow, SEALED_COLLECTIONS));
  const silent = await operationsWithoutEvents(database, sealingRule(schema));
  return [
    ...inside.map(({ name }) => ({ reason: 'flow_inside_write' as const, flow: String(name), operation: '' })),
    ...silent.map((named) => ({ reason: 'flow_without_events' as const, ...named })),
  ];
}
