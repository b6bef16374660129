import type { Router } from 'express';
import { isUuid } from '../../kernel/uuid.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route } from '../../platform/api/route.ts';
import type { AbsenceCollection } from './absence-row.ts';
import { emptyRequest } from './contract.ts';
import { endAbsence } from './end.ts';
import { absenceRefusal } from './refuse.ts';
import { withdrawAbsence, type AbsencePorts } from './withdraw.ts';

const MOST_NAMED = 3;

/** `/crm/trips` and `/crm/leaves`: what was filed as a row is taken back, or ended early, here (Q12). */
export function registerAbsenceRoutes(router: Router, ports: AbsencePorts): void {
  const act = (collection: AbsenceCollection, work: typeof withdrawAbsence | typeof endAbsence) =>
    route(async (request, response) => {
      const actor = await requireActor(request, ports.context.database);
      const id = String(request.params['id'] ?? '').toLowerCase();
      if (!isUuid(id)) throw forbidden();
      const reading = emptyRequest.safeParse((request.body as unknown) ?? {});
      if (!reading.success) {
        const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
        throw absenceRefusal('bad_value', actor.language, { where: where.join(', ') });
      }
      return response.json(await work(ports, actor, { collection, id }));
    });
  router.post('/trips/:id/withdraw', act('crm_trips', withdrawAbsence));
  router.post('/leaves/:id/withdraw', act('crm_leaves', withdrawAbsence));
  router.post('/trips/:id/end', act('crm_trips', endAbsence));
  router.post('/leaves/:id/end', act('crm_leaves', endAbsence));
}
