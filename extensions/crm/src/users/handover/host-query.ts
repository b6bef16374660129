import type { Request } from 'express';
import type { EventContext, Row } from '../../platform/api/host.ts';
import type { CrmRequest } from '../../platform/api/route.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

const ADDRESS = /^\/crm\/handovers(?:\/preview)?\/?$/iu;
const isPlain = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The conditions of the rules that have one, in their order; whatever else stands there is refused by the contract. */
function conditionsIn(body: unknown): Row[] {
  const { rules } = (body ?? {}) as Row;
  return Array.isArray(rules) ? rules.map((rule) => (rule as Row | null)?.['where']).filter(isPlain) : [];
}

/**
 * Lets the host read the conditions of a hand-over as it reads the filter of a list, `$NOW` and `$CURRENT_USER` included: it does
 * so with the address of every request and nothing else, so they are put there between the log-in and that step, as for exports.
 */
export function registerHandoverConditions({ filter }: Register): void {
  filter('authenticate', (accountability: unknown, { req }) => {
    const request = req as Request & { token?: string | null };
    if (request.token && request.method === 'POST' && ADDRESS.test(request.path)) {
      const conditions = conditionsIn(request.body);
      request.query = (conditions.length ? { filter: { _and: conditions } } : {}) as Request['query'];
    }
    return accountability;
  });
}

/** The host's reading of the conditions, in the order of the rules that have one. */
export function hostConditions(request: CrmRequest): Row[] {
  const { filter } = (request as CrmRequest & { sanitizedQuery?: { filter?: Row | null } }).sanitizedQuery ?? {};
  return Array.isArray(filter?.['_and']) ? (filter['_and'] as Row[]) : [];
}
