import type { Request } from 'express';
import type { EventContext, Row } from '../../platform/api/host.ts';
import type { CrmRequest } from '../../platform/api/route.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

/** Which rows an export is about, as the host has read it: variables filled in, shapes judged. */
export interface HostQuestion {
  filter: Row | null;
  search: string | null;
  sort: string[];
}

const ADDRESS = /^\/crm\/exports\/?$/iu;
const isText = (value: unknown): value is string => typeof value === 'string';

/** What of a body the host can read; whatever else stands there is refused by the contract. */
function questionIn(body: unknown): Row {
  const { filter, search, sort } = (body ?? {}) as Row;
  return {
    ...(typeof filter === 'object' && filter !== null && !Array.isArray(filter) ? { filter } : {}),
    ...(isText(search) && search ? { search } : {}),
    ...(Array.isArray(sort) && sort.length && sort.every(isText) ? { sort } : {}),
  };
}

/**
 * Lets the host read the question of an export as it reads that of a list: filters with `$NOW` and `$CURRENT_USER`, depth,
 * operators. It does so with the address of every request and offers its reading to nobody else, so the question is put
 * there between the log-in and that step, in the only event in between. Every judgement on lists then holds here, too
 * (ORG-2, F16).
 */
export function registerExportQuestion({ filter }: Register): void {
  filter('authenticate', (accountability: unknown, { req }) => {
    const request = req as Request & { token?: string | null };
    // Nobody without a log-in makes the host read anything of that size.
    if (request.token && request.method === 'POST' && ADDRESS.test(request.path))
      request.query = questionIn(request.body) as Request['query'];
    return accountability;
  });
}

/** The host's reading of the question. */
export function hostQuestion(request: CrmRequest): HostQuestion {
  const { filter, search, sort } = (request as CrmRequest & { sanitizedQuery?: Partial<HostQuestion> }).sanitizedQuery ?? {};
  return { filter: filter ?? null, search: search ?? null, sort: [...(sort ?? [])] };
}
