import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { withDatabase } from './database.mjs';

const HOURS = 24;
/** The same key and role as extensions/crm/src/setup and kernel/roles.ts; a test compares them. */
export const FIRST_ADMIN_KEY = 'first-admin';
export const SYSTEM_ADMIN_ROLE = 'c0a1d000-0000-4000-8000-000000000001';

/**
 * The one-time link with which a person becomes the first system admin, as long as there is none. Only a hash of it is
 * kept; a new start makes a new link and the old one is void.
 * @param {import('./settings.mjs').Settings} settings
 * @param {Date} now
 * @returns {Promise<string | null>} null when somebody is system admin already
 */
export async function firstAdminLink(settings, now) {
  return withDatabase(settings, async (database) => {
    if (await database('directus_users').where({ role: SYSTEM_ADMIN_ROLE }).first('id')) return null;
    const token = randomBytes(32).toString('base64url');
    const value = JSON.stringify({ expires: new Date(now.getTime() + HOURS * 3_600_000).toISOString() });
    const hash = createHash('sha256').update(token).digest('hex');
    // One statement: two nodes that start at once write one row, and the later link is the one that holds.
    await database('crm_install_state')
      .insert({ id: randomUUID(), key: FIRST_ADMIN_KEY, value, hash })
      .onConflict('key')
      .merge(['value', 'hash']);
    return `${settings.publicUrl.replace(/\/$/, '')}/crm/first-admin#${token}`;
  });
}

/** @param {string} link */
export const firstAdminText = (link) =>
  [
    '',
    `请在 ${HOURS} 小时内用此一次性链接创建第一位系统管理员 | Create the first system admin with this one-time link within ${HOURS} hours:`,
    `  ${link}`,
    '',
  ].join('\n');
