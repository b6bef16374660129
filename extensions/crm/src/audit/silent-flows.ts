import { loadActor } from '../platform/api/actor.ts';
import { operationsWithoutEvents, requireEvents, type NamedOperation, type Relations } from '../platform/api/flow-operations.ts';
import type { Knex } from '../platform/api/host.ts';
import { linksOf } from './follows.ts';
import { silentFlow } from './refusals.ts';
import { LOGGED } from './row-log.ts';
import { loggingRule } from './rules/silent-operations.ts';

const ruleOf = (schema: Relations | null) => loggingRule(schema?.relations ?? [], linksOf(schema), LOGGED);

/** No operation of a flow writes what is logged, or what leads to it, without telling of it: refused where it is set up. */
export function closeSilentFlows(register: Parameters<typeof requireEvents>[0]): void {
  requireEvents(register, ruleOf, async ({ accountability, database }) => {
    throw silentFlow((await loadActor(database, accountability))?.language);
  });
}

/** The operations from before that write without a trace, for the doctor. */
export const silentOperations = (database: Knex, schema: Relations): Promise<NamedOperation[]> =>
  operationsWithoutEvents(database, ruleOf(schema));
