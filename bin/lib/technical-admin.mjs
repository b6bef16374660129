import { randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { withChangeLog } from './change-log.mjs';
import { withDatabase } from './database.mjs';
import { SYSTEM_ADMIN_ROLE } from './first-admin.mjs';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';

/**
 * Break-glass access (design.md 12): the technical administrator of the host is suspended in production and may be opened
 * for a time by somebody who commands the server. The end stands in the database, so that whoever looks next closes it.
 */
const KEY = 'technical-admin';
const TABLE = 'crm_install_state';
const LOOK_SECONDS = 30;

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('knex').Knex} Knex */
/** @typedef {import('./change-log.mjs').Origin} Origin */
/** @typedef {{ user: string, email: string, until: string, after: number }} Opening after: the last row of the host's record before it */

/** @param {Knex} database @returns {Promise<{ id: string, email: string }[]>} */
const technicalAdmins = (database) =>
  database('directus_users as u')
    .join('directus_access as a', (join) => join.on('a.role', 'u.role').orOn('a.user', 'u.id'))
    .join('directus_policies as p', 'p.id', 'a.policy')
    .where('p.admin_access', true)
    .distinct('u.id', 'u.email')
    .orderBy('u.email');

/**
 * @param {{ id: string, email: string }[]} admins
 * @param {string} [wanted] an e-mail address
 */
export function chooseAdmin(admins, wanted) {
  const found = wanted ? admins.filter(({ email }) => email?.toLowerCase() === wanted.toLowerCase()) : admins;
  const [admin] = found;
  if (!admin) throw new Problem('technicalAdminNone', { wanted: wanted ?? '' });
  if (found.length > 1) throw new Problem('technicalAdminWhich', { emails: found.map(({ email }) => email).join(', ') });
  return admin;
}

/** Into the inbox of every system admin, and into the host's own record. @param {Knex} database @param {string} user @param {[string, string]} text */
async function tellEverybody(database, user, [zh, en]) {
  const people = await database('directus_users').where({ role: SYSTEM_ADMIN_ROLE, status: 'active' }).select('id', 'language');
  for (const { id, language } of people) {
    const subject = String(language ?? 'zh-CN').startsWith('en') ? en : zh;
    await database('directus_notifications').insert({ recipient: id, subject, message: '', status: 'inbox' });
  }
  await database('directus_activity').insert({
    action: 'update',
    collection: 'directus_users',
    item: user,
    user_agent: `npm run technical-admin: ${en}`.slice(0, 255),
  });
}

/**
 * @param {Settings} settings
 * @param {{ minutes: number, now: Date, email?: string | undefined }} wish
 * @returns {Promise<Opening & { password: string }>}
 */
export async function openTechnicalAdmin(settings, { minutes, now, email }) {
  const argon2 = createRequire(join(ROOT, 'node_modules', '@directus', 'api', 'package.json'))('argon2');
  const password = randomBytes(18).toString('base64url');
  const hash = await argon2.hash(password);
  const until = new Date(now.getTime() + minutes * 60_000).toISOString();
  const reason = `npm run technical-admin -- --minutes ${minutes}`;
  const open = (/** @type {Knex} */ database, /** @type {import('./change-log.mjs').ChangeLog} */ log) =>
    database.transaction(async (transaction) => {
      const admin = chooseAdmin(await technicalAdmins(transaction), email);
      // One at a time: two openings at once would leave one without an end.
      await transaction('directus_roles').where({ id: SYSTEM_ADMIN_ROLE }).forUpdate().first('id');
      const row = await transaction(TABLE).where({ key: KEY }).first('value');
      const present = row ? /** @type {Opening} */ (JSON.parse(row.value)) : null;
      if (present && present.user !== admin.id) throw new Problem('technicalAdminOpen', { email: present.email });
      const last = await transaction('directus_activity').max({ id: 'id' }).first();
      const opening = { user: admin.id, email: admin.email, until, after: Number(last?.['id'] ?? 0) };
      const value = JSON.stringify(opening);
      await endSessions(transaction, admin.id);
      const opened = { status: 'active', password: hash, token: null };
      await log.around(transaction, 'directus_users', [admin.id], () =>
        transaction('directus_users').where({ id: admin.id }).update(opened),
      );
      await transaction(TABLE).insert({ id: randomUUID(), key: KEY, value, hash: '' }).onConflict('key').merge(['value']);
      await tellEverybody(transaction, admin.id, [
        `技术管理员 ${admin.email} 已在服务器上开启 ${minutes} 分钟，至 ${until}`,
        `The technical administrator ${admin.email} was opened on the server for ${minutes} minutes, until ${until}`,
      ]);
      return { ...opening, password };
    });
  return withDatabase(settings, (database) => withChangeLog(settings, { kind: 'command', reason }, (log) => open(database, log)));
}

/** @param {Knex} database @param {string} user */
const endSessions = (database, user) => database('directus_sessions').where({ user }).delete();

/**
 * Suspends again what was opened: no password, no token, no session is left.
 * @param {Settings} settings
 * @param {(opening: Opening) => boolean} [isDue]
 * @param {Origin['kind']} [kind] who closes: somebody at the command line, or the server that looks at the clock
 * @returns {Promise<Opening | null>} what was closed
 */
export async function closeTechnicalAdmin(settings, isDue = () => true, kind = 'command') {
  const close = (/** @type {Knex} */ database, /** @type {import('./change-log.mjs').ChangeLog} */ log) =>
    database.transaction(async (transaction) => {
      const row = await transaction(TABLE).where({ key: KEY }).first('value');
      const opening = row ? /** @type {Opening} */ (JSON.parse(row.value)) : null;
      if (!opening || !isDue(opening)) return null;
      // Of several that look at once, one closes and tells.
      if (!(await transaction(TABLE).where({ key: KEY, value: row.value }).delete())) return null;
      const closed = { status: 'suspended', password: null, token: null };
      await log.around(transaction, 'directus_users', [opening.user], () =>
        transaction('directus_users').where({ id: opening.user }).update(closed),
      );
      await endSessions(transaction, opening.user);
      const logins = await transaction('directus_activity')
        .where({ action: 'login', user: opening.user })
        .where('id', '>', opening.after)
        .count({ count: '*' })
        .first();
      const count = Number(logins?.['count'] ?? 0);
      await tellEverybody(transaction, opening.user, [
        `技术管理员 ${opening.email} 已关闭，期间登录 ${count} 次`,
        `The technical administrator ${opening.email} was closed again after ${count} log-ins`,
      ]);
      return opening;
    });
  const origin = { kind, reason: 'npm run technical-admin' };
  return withDatabase(settings, (database) => withChangeLog(settings, origin, (log) => close(database, log)));
}

/** @param {Settings} settings @param {Date} now */
export const closeWhenDue = (settings, now) => closeTechnicalAdmin(settings, ({ until }) => Date.parse(until) <= now.getTime(), 'server');

/**
 * The server looks for itself, now and while it runs: the command that opened may have been killed.
 * @param {Settings} settings
 * @returns {Promise<() => void>} ends the looking
 */
export async function watchTechnicalAdmin(settings) {
  await closeWhenDue(settings, new Date());
  const look = () => void closeWhenDue(settings, new Date()).catch(() => undefined);
  const timer = setInterval(look, LOOK_SECONDS * 1000).unref();
  return () => clearInterval(timer);
}
