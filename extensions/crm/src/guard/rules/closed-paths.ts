import type { RoleName } from '../../kernel/roles.ts';
import { isOpenPath, isSetUpPath } from './token-claims.ts';

/**
 * What stays open to people of the CRM while isolation cannot be vouched for: logging in and out, what the Studio needs to
 * draw itself, and our own pages, of which the doctor's says what is wrong. A system admin, who sees everybody anyway, still
 * sees who there is: the certificate is made with it.
 */
export function staysOpen(role: RoleName, method: string, path: string): boolean {
  if (isOpenPath(path) || isSetUpPath(method, path) || /^\/crm(\/|$)/i.test(path)) return true;
  return role === 'system_admin' && method === 'GET' && /^\/users(\/|$)/i.test(path);
}

const NARROW = /^(\*|\w+|(avatar|role|roles|policies|project_\w+|public_\w+)\.[\w*]+)$/;

/** Whether a read stays on the row itself: behind a link may lie what a widened rule shows. */
export const staysOnRow = (fields: unknown): boolean =>
  !Array.isArray(fields) || fields.every((field) => typeof field === 'string' && NARROW.test(field) && !field.startsWith('crm_managed'));
