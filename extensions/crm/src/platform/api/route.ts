import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Accountability, SchemaOverview } from './host.ts';

export interface CrmRequest extends Request {
  accountability?: Accountability;
  schema: SchemaOverview;
}

/**
 * Wraps a handler so that a rejection becomes an error answer: without it one rejected promise ends the whole server
 * process (directus-facts.md §2). Every route of ours goes through here.
 */
export function route(
  handler: (request: CrmRequest, response: Response, next: NextFunction) => Promise<unknown> | unknown,
): RequestHandler {
  return (request, response, next) => {
    Promise.resolve()
      .then(() => handler(request as CrmRequest, response, next))
      .catch(next);
  };
}
