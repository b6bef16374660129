import type { Express } from 'express';
import { beforeAnswer, changesRights } from '../before-answer.ts';
import type { EventContext, HostContext, Row } from '../../platform/api/host.ts';
import { isolationState } from './state.ts';
import type { Doctor } from './doctor.ts';
import { restoreGrants } from './repair.ts';

interface Register {
  filter(event: string, handler: (payload: unknown, meta: Row, context: EventContext) => Promise<unknown>): void;
  action(event: string, handler: (meta: Row) => void): void;
  init(event: string, handler: (meta: { app: Express }) => Promise<void> | void): void;
}

/** Where rights are made: a change there is looked at before the next request is answered. */
const SCOPES = ['permissions', 'policies', 'access', 'roles', 'users', 'settings', 'fields', 'collections', 'relations'];
const GRANTS = 'crm_field_grants';

/** Changes by other nodes, and edits past the services, are noticed within this time. */
const POLL_MS = 2000;

/**
 * Keeps the doctor looking: before the first request, on every change of rights, and every two seconds (F1). The check
 * itself is awaited in `authenticate`, before any transaction of the request begins.
 */
export function registerDoctor({ filter, action, init }: Register, context: HostContext, doctor: Doctor): void {
  for (const scope of SCOPES) for (const verb of ['create', 'update', 'delete']) action(`${scope}.${verb}`, () => doctor.suspect());
  for (const verb of ['create', 'update', 'delete']) {
    action(`items.${verb}`, (meta) => {
      if (meta['collection'] === GRANTS) doctor.suspect();
    });
  }

  // The rows of a batch are announced before they are committed: the answer is the moment at which they stand.
  init('routes.before', ({ app }) => {
    app.use((request, response, next) => {
      if (changesRights(request.method, request.path)) beforeAnswer(response, () => doctor.suspect());
      next();
    });
  });

  filter('authenticate', async (accountability) => {
    await doctor.settle();
    return accountability;
  });

  // A field that comes back under an old name must not bring old rights with it (F11).
  filter('fields.delete', async (fields, meta, event) => {
    if (String(meta['collection']).startsWith('crm_'))
      await event
        .database(GRANTS)
        .where({ collection: meta['collection'] })
        .whereIn('field', fields as string[])
        .delete();
    return fields;
  });

  init('app.after', async () => {
    await doctor.look();
    if (isolationState().status === 'open') await restoreGrants(context, doctor);
  });
  action('server.start', () => {
    const timer = setInterval(() => void doctor.look(), POLL_MS);
    timer.unref();
    context.logger.info(`crm: doctor ${doctor.version} looks every ${POLL_MS / 1000} s`);
  });
}
