import type { Express, Request } from 'express';
import { roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, HostContext } from '../../platform/api/host.ts';
import { TIMELINE_COLLECTIONS } from './places.ts';
import { noteOpened } from './recent.ts';

type Init = (event: string, handler: (meta: { app: Express }) => void) => void;

/**
 * The Studio reads a record by its key when its page opens: that is what "recently opened" means (Q11's day, CUS-11). Noted after
 * the answer, and only where there was one: whoever may not read a record has not opened it.
 */
export function registerRecordPages({ init }: { init: Init }, { database, logger }: HostContext, clock: Clock): void {
  init('routes.before', ({ app }) => {
    app.get('/items/:collection/:id', (request: Request & { accountability?: Accountability }, response, next) => {
      const { collection = '', id = '' } = request.params as Record<string, string>;
      const { accountability } = request;
      const user = roleOf(accountability?.role) ? accountability?.user : null;
      if (user && isUuid(id) && TIMELINE_COLLECTIONS.some((one) => one === collection))
        response.once('finish', () => {
          if (response.statusCode !== 200) return;
          noteOpened(database, user, collection, id.toLowerCase(), clock.now()).catch((error: unknown) =>
            logger.error(`activities: an opened record could not be noted: ${String(error)}`),
          );
        });
      next();
    });
  });
}
