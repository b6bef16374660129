import { eventsOf, withEvents, type EventsRule } from '../../kernel/flows/operation-events.ts';
import type { EventContext, Knex, Row, SchemaOverview } from './host.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

export type Relations = Pick<SchemaOverview, 'relations'>;

const SAID = ['type', 'options'] as const;

/**
 * Operations of flows run with the server's own hands. Where a rule asks for events, one that leaves them out is refused
 * where it is set up, for everybody, and one that does not say gets them.
 */
export function requireEvents(
  { filter }: Register,
  ruleOf: (schema: Relations | null) => EventsRule,
  refuse: (context: EventContext) => Promise<never>,
): void {
  filter('operations.create', (operation: Row, _meta, context) => {
    const events = eventsOf(operation, ruleOf(context.schema));
    if (events === 'without') return refuse(context);
    return events === 'unsaid' ? withEvents(operation) : operation;
  });
  filter('operations.update', async (operation: Row, { keys }, context) => {
    if (!SAID.some((name) => name in operation)) return operation;
    const standing: Row[] = await context
      .database('directus_operations')
      .whereIn('id', keys as string[])
      .select(...SAID);
    const events = standing.map((current) => eventsOf({ ...current, ...operation }, ruleOf(context.schema)));
    if (events.includes('without')) return refuse(context);
    if (!events.includes('unsaid')) return operation;
    // What it does not say now stands in the row; of several at once each has options of its own.
    return standing.length > 1 ? refuse(context) : withEvents({ ...standing[0], ...operation });
  });
}

/** An operation of a flow that runs, by the names that people gave them. */
export interface NamedOperation {
  flow: string;
  operation: string;
}

/** The operations of this installation that `requireEvents` would refuse or change now, for the doctor. */
export async function operationsWithoutEvents(database: Knex, rule: EventsRule): Promise<NamedOperation[]> {
  const operations: Row[] = await database('directus_operations as operation')
    .join('directus_flows as flow', 'flow.id', 'operation.flow')
    .whereNot({ 'flow.status': 'inactive' })
    .orderBy(['flow.name', 'operation.key'])
    .select('flow.name', 'operation.key', 'operation.type', 'operation.options');
  return operations
    .filter((operation) => eventsOf(operation, rule) !== 'fine')
    .map(({ name, key }) => ({ flow: String(name), operation: String(key) }));
}
