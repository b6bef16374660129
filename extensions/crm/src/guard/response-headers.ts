import type { Request, Response } from 'express';
import type { Accountability, Knex } from '../platform/api/host.ts';
import { callerOf } from './caller.ts';
import type { GuardRegister } from './ports.ts';
import { sharedHost } from './shared-host.ts';

/** What a browser may show by itself; anything else that people upload is handed over as a file (F22). */
const SHOWN = /^(image\/(png|jpeg|gif|webp|avif|bmp|tiff)|application\/pdf|audio\/[\w.+-]+|video\/[\w.+-]+|text\/plain)\s*(;|$)/i;

/** Browsers guess no types, and an uploaded page or drawing with scripts never opens as a page of ours. */
export function registerResponseHeaders({ init }: Pick<GuardRegister, 'init'>, database: Knex): void {
  const isShared = sharedHost(database);
  init('middlewares.before', ({ app }) => {
    app.use((_request, response, next) => {
      response.setHeader('X-Content-Type-Options', 'nosniff');
      next();
    });
  });
  init('routes.before', ({ app }) => {
    app.use('/assets', (request: Request & { accountability?: Accountability }, response, next) => {
      isShared().then((shared) => {
        if (!shared || callerOf(request.accountability)?.role) forceDownload(response);
        next();
      }, next);
    });
  });
}

function forceDownload(response: Response): void {
  const set = response.setHeader.bind(response);
  response.setHeader = (name: string, value: number | string | readonly string[]) => {
    const inline = name.toLowerCase() === 'content-disposition' && typeof value === 'string' && value.startsWith('inline');
    const type = String(response.getHeader('content-type') ?? '');
    return set(name, inline && !SHOWN.test(type) ? value.replace(/^inline/, 'attachment') : value);
  };
}
