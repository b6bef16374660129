import type { Express, Request } from 'express';
import { maskAddress, maskQuery } from './rules/mask-address.ts';

/** How a value shows in a log; everything else reads it as it is. */
function showAs(value: object | undefined, shown: () => unknown): void {
  if (value) Object.defineProperty(value, 'toJSON', { value: shown, enumerable: false, configurable: true });
}

/**
 * The host logs addresses of requests, and what was searched for stands in them (SEC-1, F20). Before its logger sees a
 * request, the address that is only shown is masked, and the parsed query and the referring page are given a masked form
 * for writing down. `url` and the values themselves stay: routes and services work on these.
 */
export function registerRequestLog({ init }: { init(event: string, handler: (meta: { app: Express }) => void): void }): void {
  init('middlewares.before', ({ app }) => {
    app.use((request: Request, _response, next) => {
      const { query, headers, path } = request;
      request.originalUrl = maskAddress(request.originalUrl);
      showAs(query, () => maskQuery(path, { ...query }));
      showAs(headers, () => ({
        ...headers,
        ...(headers.referer ? { referer: maskAddress(headers.referer) } : {}),
        // The audit log keeps the reason of a change, masked.
        ...(headers['x-crm-reason'] ? { 'x-crm-reason': '***' } : {}),
      }));
      next();
    });
  });
}
