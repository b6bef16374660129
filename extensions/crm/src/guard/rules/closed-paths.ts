import type { RoleName } from '../../kernel/roles.ts';
import { isPlainRecord } from './plain-values.ts';
import type { HostQuery } from './query-guard.ts';
import { isOpenPath, isSetUpPath, NARROW_FIELD } from './token-claims.ts';

/**
 * What stays open to people of the CRM while isolation cannot be vouched for: logging in and out, what the Studio needs to
 * draw itself, and our own pages, of which the doctor's says what is wrong. A system admin, who sees everybody anyway, still
 * sees who there is: the certificate is made with it.
 */
export function staysOpen(role: RoleName, method: string, path: string): boolean {
  if (isOpenPath(path) || isSetUpPath(method, path) || /^\/crm(\/|$)/i.test(path)) return true;
  if (method === 'GET' && /^\/(dashboards|panels|notifications)\/?$/i.test(path)) return true;
  return role === 'system_admin' && method === 'GET' && /^\/users(\/|$)/i.test(path);
}

/** Behind a link may lie what a widened rule shows. */
const staysOnRow = (fields: unknown): boolean =>
  !Array.isArray(fields) || fields.every((field) => typeof field === 'string' && NARROW_FIELD.test(field));

/** Names of columns in a filter; what begins with `_` compares or combines. */
function columnsOf(filter: unknown): string[] {
  if (Array.isArray(filter)) return filter.flatMap(columnsOf);
  if (!isPlainRecord(filter)) return [];
  return Object.entries(filter).flatMap(([key, value]) => [...(key.startsWith('_') ? [] : [key]), ...columnsOf(value)]);
}

/** The figure at the bell of the Studio, without which it draws nothing: how many there are, not what they say. */
const isInboxCount = ({ aggregate, group, filter, search }: HostQuery): boolean =>
  Object.keys(aggregate ?? {}).join() === 'count' &&
  !group?.length &&
  !search &&
  columnsOf(filter).every((column) => column === 'recipient' || column === 'status');

/** Whether a read of the host's own collections tells nothing that a widened rule might have opened. */
export function tellsNothing(collection: string, query: HostQuery): boolean {
  return collection === 'directus_notifications' ? isInboxCount(query) : staysOnRow(query.fields);
}
