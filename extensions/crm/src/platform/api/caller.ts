import { loadActor, type Actor } from './actor.ts';
import type { Knex } from './host.ts';
import { forbidden } from './refusal.ts';
import type { CrmRequest } from './route.ts';

/** The person behind a request to one of our routes, or a refusal: routes of extensions are open to everybody (facts §2). */
export async function requireActor(request: CrmRequest, database: Knex): Promise<Actor> {
  const actor = await loadActor(database, request.accountability ?? null);
  if (!actor?.active || (!actor.role && !actor.admin)) throw forbidden();
  return actor;
}

/** System administrators, and the technical administrator of the host. */
export const isAdministrator = (actor: Actor): boolean => actor.admin || actor.role === 'system_admin';

export async function requireAdministrator(request: CrmRequest, database: Knex): Promise<Actor> {
  const actor = await requireActor(request, database);
  if (!isAdministrator(actor)) throw forbidden();
  return actor;
}
