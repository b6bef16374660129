import { randomUUID } from 'node:crypto';
import { withChangeLog } from './change-log.mjs';
import { withDatabase } from './database.mjs';
import { SYSTEM_ADMIN_ROLE } from './first-admin.mjs';
import { Problem } from './problem.mjs';

/**
 * Freezing, thawing and one-time links beside the rules, by somebody who commands the server: the way out when there is no second
 * system admin or no executive, and the only way to a link for a system admin (Q5). It leaves the same rows as the CRM itself, an
 * entry of the origin `command`, and a note to every system admin and executive.
 */
const FREEZES = 'crm_freezes';
const USERS = 'directus_users';
const EXECUTIVE_ROLE = 'c0a1d000-0000-4000-8000-000000000002';
const GROUP_SEGMENT = 'c0a1d000-0000-4000-8000-0000000000a0';
const MOST_SYSTEM_ADMINS = 2;

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('knex').Knex} Knex */
/** @typedef {import('./change-log.mjs').ChangeLog} ChangeLog */
/** @typedef {{ what: 'freeze' | 'thaw' | 'link', email: string, reason: string, now: Date }} Wish */
/** @typedef {{ id: string, email: string, role: string | null, status: string, crm_segment: string | null, provider: string }} Person */
/** @typedef {{ link: string, expiresAt: Date }} Link */

/** @param {Knex} database @param {string} email @returns {Promise<Person>} */
async function personOf(database, email) {
  const found = await database(USERS)
    .whereRaw('lower(email) = ?', [email.toLowerCase()])
    .forUpdate()
    .first('id', 'email', 'role', 'status', 'crm_segment', 'provider');
  const isOurs = String(found?.role ?? '').startsWith('c0a1d000-0000-4000-8000-');
  if (!isOurs) throw new Problem('breakGlassNobody', { email });
  return found;
}

/** Them, and whom it is about. @param {Knex} database @param {Person} about @param {[string, string]} text */
async function tellEverybody(database, { id: whom }, [zh, en]) {
  const people = await database(USERS)
    .where((either) => void either.whereIn('role', [SYSTEM_ADMIN_ROLE, EXECUTIVE_ROLE]).orWhere({ id: whom }))
    .where({ status: 'active' })
    .select('id', 'language');
  for (const { id, language } of people) {
    const subject = String(language ?? 'zh-CN').startsWith('en') ? en : zh;
    await database('directus_notifications').insert({ recipient: id, subject, message: '', status: 'inbox' });
  }
}

/** @param {Knex} database @param {ChangeLog} log @param {Person} person @param {Wish} wish */
async function freeze(database, log, { id: user, status, crm_segment: segment, email }, { reason, now }) {
  if (status !== 'active') throw new Problem('breakGlassNotActive', { email });
  const id = randomUUID();
  const stamps = { frozen_at: now, date_created: now };
  await database(FREEZES).insert({ id, user, segment: segment ?? GROUP_SEGMENT, state: 'frozen', reason, early: false, ...stamps });
  await log.created(database, FREEZES, [id]);
  await log.around(database, USERS, [user], () => database(USERS).where({ id: user }).update({ status: 'suspended', token: null }));
}

const WITHOUT_ROW = '停用时没有留下冻结记录 · suspended without a row';

/**
 * Somebody may be suspended without a row: locked out while nothing could be logged, or in the database itself. Tokens of before
 * die by the moment of the thaw, so there has to be one.
 *
 * @param {Knex} database @param {ChangeLog} log @param {Record<string, unknown>} values
 */
async function closedRow(database, log, values) {
  const id = randomUUID();
  await database(FREEZES).insert({ id, reason: WITHOUT_ROW, early: false, ...values });
  await log.created(database, FREEZES, [id]);
}

/** @param {Knex} database @param {ChangeLog} log @param {Person} person @param {Wish} wish */
async function thaw(database, log, { id: user, role, status, crm_segment: segment, email }, { reason, now }) {
  if (status !== 'suspended') throw new Problem('breakGlassNotFrozen', { email });
  const others = await database(USERS).where({ role: SYSTEM_ADMIN_ROLE, status: 'active' }).whereNot({ id: user }).pluck('id');
  if (role === SYSTEM_ADMIN_ROLE && others.length >= MOST_SYSTEM_ADMINS) throw new Problem('breakGlassFull', { email });
  const end = { state: 'thawed', thawed_at: now, thaw_reason: reason };
  const open = await database(FREEZES).where({ user, state: 'frozen' }).first('id');
  if (open)
    await log.around(database, FREEZES, [open.id], () =>
      database(FREEZES)
        .where({ id: open.id })
        .update({ ...end, date_updated: now }),
    );
  else await closedRow(database, log, { user, segment: segment ?? GROUP_SEGMENT, frozen_at: now, ...end, date_created: now });
  await log.around(database, USERS, [user], () => database(USERS).where({ id: user }).update({ status: 'active' }));
}

/** @param {Knex} database @param {string} user */
async function endWaysIn(database, user) {
  await database('directus_sessions').where({ user }).delete();
  for (const side of ['user', 'made_by'])
    await database('crm_reset_links')
      .where({ [side]: user, used_at: null })
      .delete();
}

/**
 * A one-time link for a new password, also of a system admin: in the CRM nobody makes one for them, since its bearer would be the
 * second of two who have to agree (Q5). Sessions end when it is used.
 *
 * @param {Knex} database @param {ChangeLog} log @param {Person} person @param {Wish} wish @param {Settings} settings
 * @returns {Promise<Link>}
 */
async function makeLink(database, log, { id: user, status, crm_segment: segment, email, provider }, { now }, settings) {
  if (status !== 'active') throw new Problem('breakGlassNotActive', { email });
  if (provider !== 'default') throw new Problem('breakGlassElsewhere', { email });
  const { linkAddress, linkMinutes, writeLink } = await import('../../extensions/crm/src/users/sessions/write-link.ts');
  const { token, expiresAt } = await writeLink(database, log, {
    ...{ user, by: null, segment: segment ?? GROUP_SEGMENT },
    givenBy: 'command',
    ...{ minutes: linkMinutes(settings.environment), now },
  });
  return { link: linkAddress({ PUBLIC_URL: settings.publicUrl }, token), expiresAt };
}

const TOLD = /** @type {const} */ ({
  freeze: ['已在服务器上冻结', 'was frozen on the server'],
  thaw: ['已在服务器上解冻', 'was thawed on the server'],
  link: ['已在服务器上签发重设密码的一次性链接', 'was given a one-time link for a new password on the server'],
});

/**
 * @param {Settings} settings
 * @param {Wish} wish
 * @returns {Promise<{ email: string, made: Link | null }>}
 */
export async function breakGlass(settings, wish) {
  const { what, email, reason } = wish;
  const work = (/** @type {Knex} */ database, /** @type {ChangeLog} */ log) =>
    database.transaction(async (transaction) => {
      // SQLite knows one writer: whoever reads first and finds another one before them could not write any more.
      if (!settings.postgres) await transaction('directus_roles').where({ id: SYSTEM_ADMIN_ROLE }).update({ id: SYSTEM_ADMIN_ROLE });
      const person = await personOf(transaction, email);
      // One change of people at a time, as in the CRM itself.
      await transaction('directus_roles').where({ id: SYSTEM_ADMIN_ROLE }).forUpdate().first('id');
      let made = null;
      if (what === 'link') made = await makeLink(transaction, log, person, wish, settings);
      else {
        await (what === 'freeze' ? freeze : thaw)(transaction, log, person, wish);
        await endWaysIn(transaction, person.id);
      }
      const [zh, en] = TOLD[what];
      await tellEverybody(transaction, person, [
        `账号 ${person.email} ${zh}：${reason}`.slice(0, 255),
        `The account ${person.email} ${en}: ${reason}`.slice(0, 255),
      ]);
      return { email: person.email, made };
    });
  const origin = { kind: /** @type {const} */ ('command'), reason: `npm run break-glass: ${reason}` };
  return withDatabase(settings, (database) => withChangeLog(settings, origin, (log) => work(database, log)));
}
