import type { Response } from 'express';

/**
 * Runs `work` when the answer to a request is about to be sent: whatever the request changed is committed by then. The
 * host tells of the rows of a batch while its transaction is still open, which is too early to look at them.
 */
export function beforeAnswer(response: Response, work: () => void): void {
  const send = response.writeHead.bind(response) as (...parts: unknown[]) => Response;
  response.writeHead = ((...parts: unknown[]) => {
    work();
    return send(...parts);
  }) as Response['writeHead'];
}

/** Requests that can change rights or people: answers to them are the moment to look again. */
export const changesRights = (method: string, path: string): boolean =>
  !['GET', 'HEAD', 'OPTIONS', 'SEARCH'].includes(method) &&
  /^\/(permissions|policies|access|roles|users|settings|fields|collections|relations|schema|graphql\/system|items\/crm_field_grants)(\/|$)/i.test(
    path,
  );

/** Use cases of ours that may end somebody's log-in; the answer comes after it. */
export const changesPeople = (method: string, path: string): boolean =>
  method === 'POST' && /^\/crm\/(users|approvals|access-requests|handovers|session)\//i.test(path);
