import type { Router } from 'express';
import { requireActor } from '../platform/api/caller.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { route } from '../platform/api/route.ts';
import { REVEAL_ROUTES, revealRequest } from './contract.ts';
import { privacyRefusal } from './refuse.ts';
import { reveal, type RevealPorts } from './workflow.ts';

/** `POST /crm/contacts/:id/reveal` and the same for leads and customers (contract.md). */
export function registerPrivacyRoutes(router: Router, ports: RevealPorts): void {
  for (const [name, collection] of Object.entries(REVEAL_ROUTES)) {
    router.post(
      `/${name}/:id/reveal`,
      route(async (request, response) => {
        const { accountability, schema } = request;
        const actor = await requireActor(request, ports.context.database);
        if (!accountability) throw forbidden();
        const body = revealRequest.safeParse(request.body);
        if (!body.success) throw privacyRefusal('bad_reveal', actor.language);
        const order = { actor, accountability, schema, collection, item: request.params['id'] ?? '', ...body.data };
        const value = await reveal(ports, order);
        // Not by `json`: Express would send the hash of the body as its ETag, the host logs it, and of a number whose mask is known that is the number.
        return response.set('Cache-Control', 'no-store').type('json').end(JSON.stringify({ value }));
      }),
    );
  }
}
