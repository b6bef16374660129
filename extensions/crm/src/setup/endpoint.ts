import type { Router } from 'express';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { route } from '../platform/api/route.ts';
import { FirstAdminRequest } from './contract.ts';
import { FIRST_ADMIN_HTML, FIRST_ADMIN_SCRIPT } from './page/first-admin-page.ts';
import { refusal } from './refuse.ts';
import { createFirstAdmin } from './workflow.ts';

/** `/crm/first-admin`: the page and the call behind the one-time link of a production installation. */
export function registerSetupRoutes(router: Router, host: HostContext, clock: Clock): void {
  router.get(
    '/first-admin',
    route((_request, response) => response.set('Cache-Control', 'no-store').type('html').send(FIRST_ADMIN_HTML)),
  );
  router.get(
    '/first-admin.js',
    route((_request, response) => response.type('js').send(FIRST_ADMIN_SCRIPT)),
  );
  router.post(
    '/first-admin',
    route(async (request, response) => {
      const body = FirstAdminRequest.safeParse(request.body);
      if (!body.success) {
        const fields = [...new Set(body.error.issues.map(({ path }) => String(path[0] ?? '')))].filter(Boolean);
        const language = (request.body as { language?: unknown } | undefined)?.language ?? request.headers['accept-language'];
        throw refusal('invalid', language, { fields: fields.join(', ') }, { fields });
      }
      response.set('Cache-Control', 'no-store').json({ id: await createFirstAdmin(host, body.data, clock.now()) });
    }),
  );
}
