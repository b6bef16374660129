import type { EventContext, HostServices, Row } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { callerOf, isGuardedFor, isOurs, languageOf } from './caller.ts';
import type { GuardRegister } from './ports.ts';
import { readableRows, type CanReadAll } from './readable-rows.ts';
import { refusal } from './refuse.ts';

const MENTION = /@([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/gi;

/**
 * What people write beside records, in the host's own collections: it may point only at rows its author can read, and
 * plant nothing for others (F15, F46b, LEAK 6 and 8).
 */
export function registerSatelliteGuard({ filter }: Pick<GuardRegister, 'filter'>, services: HostServices): void {
  const canReadAll = readableRows(services);
  for (const scope of ['comments', 'notifications'] as const) {
    filter(`${scope}.create`, (payload: Row, _meta, context) => checkPointer(canReadAll, payload, context));
    filter(`${scope}.update`, (payload: Row, _meta, context) => checkPointer(canReadAll, payload, context));
  }
  for (const event of ['shares.create', 'shares.update', 'versions.create', 'versions.update']) filter(event, refuseOnOurs);
  filter('items.promote', async (payload: Row, { collection }, { accountability, database }) => {
    if (accountability && isOurs(collection)) throw refusal('not_here', await languageOf(database, accountability));
    return payload;
  });
  filter('presets.create', (payload: Row, _meta, { accountability }) =>
    ownPreset(payload, accountability?.user ?? null, callerOf(accountability)?.role ?? null),
  );
  filter('presets.update', (payload: Row, _meta, { accountability }) => {
    if (callerOf(accountability)?.role && plantsForOthers(payload, accountability?.user ?? null)) throw forbidden();
    return payload;
  });
}

/** A view saved by a person of the CRM is that person's, whatever the request says. */
function ownPreset(payload: Row, user: string | null, role: string | null): Row {
  return role && user ? { ...payload, user, role: null } : payload;
}

const plantsForOthers = (payload: Row, user: string | null) =>
  ('user' in payload && payload['user'] !== user) || (payload['role'] !== undefined && payload['role'] !== null);

async function checkPointer(canReadAll: CanReadAll, payload: Row, { accountability, schema, database }: EventContext): Promise<Row> {
  const caller = callerOf(accountability);
  if (!caller || caller.admin || !accountability || !schema) return payload;
  const { collection, item, comment } = payload;
  const request = { database, schema, accountability };
  const pointsAt = typeof collection === 'string' && isGuardedFor(caller)(collection) ? collection : null;
  const isKey = typeof item === 'string' || typeof item === 'number';
  if (pointsAt && !(isKey && (await canReadAll(request, pointsAt, [item])))) throw forbidden();
  const mentioned = typeof comment === 'string' ? [...comment.matchAll(MENTION)].map(([, id]) => id!) : [];
  if (caller.role && mentioned.length && !(await canReadAll(request, 'directus_users', mentioned))) throw forbidden();
  return payload;
}

/** Shares leave the row rules behind, versions write around the steps of a write: neither exists for our collections. */
async function refuseOnOurs(payload: Row, _meta: Row, { accountability, database }: EventContext): Promise<Row> {
  if (accountability && isOurs(payload['collection'])) throw refusal('not_here', await languageOf(database, accountability));
  return payload;
}
