import { loadActor } from '../platform/api/actor.ts';
import type { EventContext, Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import { privacyRefusal } from './refuse.ts';
import { eventsOf, stepsIntoWriting, withEvents } from './rules/flow-leaks.ts';
import { collectionsLeadingTo } from './rules/nested-rows.ts';
import { SEALED_COLLECTIONS } from './rules/sealed-fields.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

/** Said by the host of a flow or an operation; the names are for people. */
const FLOW = ['trigger', 'options'] as const;
const OPERATION = ['type', 'options'] as const;

/**
 * Flows run with the server's own hands. Two kinds of them go around the sealing, so these are refused where they are set up,
 * for everybody: an operation that writes without events, and a flow that runs inside a write (SEC-1). Those from before are
 * named by the doctor.
 */
export function closeFlows({ filter }: Register): void {
  filter('operations.create', async (operation: Row, _meta, context) => {
    const events = eventsOf(operation, leadingIn(context.schema));
    if (events === 'without') await refuse('flow_without_events', context);
    return events === 'unsaid' ? withEvents(operation) : operation;
  });
  filter('operations.update', async (operation: Row, { keys }, context) => {
    if (!OPERATION.some((name) => name in operation)) return operation;
    const standing: Row[] = await context
      .database('directus_operations')
      .whereIn('id', keys as string[])
      .select(...OPERATION);
    const events = standing.map((current) => eventsOf({ ...current, ...operation }, leadingIn(context.schema)));
    if (events.includes('without')) await refuse('flow_without_events', context);
    if (!events.includes('unsaid')) return operation;
    // What it does not say now stands in the row; of several at once each has options of its own.
    if (standing.length > 1) await refuse('flow_without_events', context);
    return withEvents({ ...standing[0], ...operation });
  });
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

function leadingIn(schema: Pick<SchemaOverview, 'relations'> | null): (collection: string) => boolean {
  const leading = collectionsLeadingTo(schema?.relations ?? [], SEALED_COLLECTIONS);
  return (collection) => leading.has(collection);
}

/** Flows from before that go around the sealing, by their names. */
export interface LeakingFlow {
  reason: 'flow_without_events' | 'flow_inside_write';
  flow: string;
  operation: string;
}

/** The flows of this installation that `closeFlows` would refuse now, for the doctor. */
export async function leakingFlows(database: Knex, schema: Pick<SchemaOverview, 'relations'>): Promise<LeakingFlow[]> {
  const flows: Row[] = await database('directus_flows')
    .whereNot({ status: 'inactive' })
    .select('id', 'name', ...FLOW);
  const operations: Row[] = await database('directus_operations').select('flow', 'key', ...OPERATION);
  const leads = leadingIn(schema);
  return flows.flatMap((flow): LeakingFlow[] => {
    const name = String(flow['name']);
    const own = operations.filter((operation) => operation['flow'] === flow['id'] && eventsOf(operation, leads) !== 'fine');
    return [
      ...(stepsIntoWriting(flow, SEALED_COLLECTIONS) ? [{ reason: 'flow_inside_write' as const, flow: name, operation: '' }] : []),
      ...own.map((operation) => ({ reason: 'flow_without_events' as const, flow: name, operation: String(operation['key']) })),
    ];
  });
}
