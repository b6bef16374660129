import { afterCommit } from '../../platform/api/after-commit.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { HostContext, Knex, Row } from '../../platform/api/host.ts';
import { endLinksOf } from '../sessions/end-links.ts';
import { USERS } from './freeze-row.ts';

interface HostEvent {
  event: string | string[];
  meta: Row;
  context: Row;
}

/**
 * Suspends or activates somebody through the host's own service, in the caller's transaction, so that sessions die with it. The
 * host tells of it once it stands. That an administrator of the host remains is not asked: in production that one is suspended
 * itself, and CRM roles never were one (design.md 12).
 */
export async function setStatus(
  { services, getSchema, emitter }: Pick<HostContext, 'services' | 'getSchema' | 'emitter'>,
  database: Knex,
  user: string,
  values: { status: 'suspended'; token: null } | { status: 'active' },
): Promise<void> {
  const events: HostEvent[] = [];
  const people = new services.UsersService({ schema: await getSchema({ database }), knex: database, accountability: null });
  const later = { bypassEmitAction: (event: HostEvent) => events.push(event), onRequireUserIntegrityCheck: () => undefined };
  await changeLog().around(database, USERS, [user], () => people.updateOne(user, values, later));
  // The host ends sessions of whoever stops being active; what slipped in beside that ends when they come back.
  await database('directus_sessions').where({ user }).delete();
  if (values.status === 'suspended') await endLinksOf(database, user);
  afterCommit(database, () => {
    for (const { event, meta, context } of events) emitter.emitAction(event, meta, context);
  });
}
