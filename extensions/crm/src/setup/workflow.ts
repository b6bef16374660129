import { createHash, timingSafeEqual } from 'node:crypto';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../kernel/roles.ts';
import { changeLog } from '../platform/api/change-log.ts';
import type { HostContext, Key, Knex } from '../platform/api/host.ts';
import type { FirstAdminRequest } from './contract.ts';
import { refusal } from './refuse.ts';
import { decideFirstAdmin, type StoredLink } from './rules/first-admin.ts';

/** The row of crm_install_state that `npm start` writes (bin/lib/first-admin.mjs). */
export const FIRST_ADMIN_KEY = 'first-admin';

const digest = (token: string) => createHash('sha256').update(token).digest();

function isSame(storedHex: string | null, token: string): boolean {
  const stored = Buffer.from(storedHex ?? '', 'hex');
  const offered = digest(token);
  return timingSafeEqual(stored.length === offered.length ? stored : Buffer.alloc(offered.length), offered);
}

/** The host holds the password against its own policy (a setting of the administrator) and says so with a pattern. */
function isAboutPassword(error: unknown): boolean {
  const reasons = Array.isArray(error) ? error : [error];
  return reasons.some((reason) => (reason as { extensions?: { field?: string } }).extensions?.field === 'password');
}

const isTaken = async (database: Knex) =>
  (await database('directus_users').where({ role: ROLE_IDS.system_admin }).first('id')) !== undefined;

/**
 * Makes the bearer of the one-time link the first system admin. The link's row is deleted in the transaction that creates
 * the person: of two that come at once one finds it gone, and a refused person leaves it in place.
 */
export async function createFirstAdmin(host: HostContext, request: FirstAdminRequest, now: Date): Promise<Key> {
  const { token, ...person } = request;
  const schema = await host.getSchema();
  return host.database.transaction(async (transaction) => {
    const row = await transaction('crm_install_state').where({ key: FIRST_ADMIN_KEY }).first('value', 'hash');
    const link = row ? (JSON.parse(row.value) as StoredLink) : null;
    const decision = decideFirstAdmin({ link, matches: isSame(row?.hash ?? null, token), taken: await isTaken(transaction), now });
    if (!decision.accepted) throw refusal(decision.reason, person.language);
    const removed = await transaction('crm_install_state').where({ key: FIRST_ADMIN_KEY, hash: row.hash }).delete();
    if (removed !== 1) throw refusal('link_invalid', person.language);
    if (await transaction('directus_users').whereRaw('LOWER(email) = ?', person.email).first('id'))
      throw refusal('email_taken', person.language);
    const users = new host.services.UsersService({ schema, knex: transaction, accountability: null });
    try {
      const user = await users.createOne({ ...person, role: ROLE_IDS.system_admin, status: 'active', crm_segment: GROUP_SEGMENT_ID });
      await changeLog().created(transaction, 'directus_users', [String(user)]);
      return user;
    } catch (error) {
      throw isAboutPassword(error) ? refusal('password_weak', person.language) : error;
    }
  });
}
