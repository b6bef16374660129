import { GROUP_SEGMENT_ID, ROLE_IDS, roleOf } from '../kernel/roles.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { activeSegmentAdmins, activeSystemAdmins, oneAtATime } from './headcount.ts';
import { keepHomeManaged } from './homes.ts';
import { loadPerson } from './people.ts';
import { refusalFor } from './refusals.ts';
import { MOST_SEGMENT_ADMINS, MOST_SYSTEM_ADMINS } from './rules/headcount.ts';
import { judgeHome, judgeManaged, leavesPost, mayOwnProject, ownRightsTouched } from './rules/posts.ts';
import { isGroupStaff } from './rules/reach.ts';
import { wholeName } from './rules/whole-name.ts';

const USERS = 'directus_users';
const MANAGED = 'crm_user_segments';
const COMPANIES = 'crm_companies';

/** The whole name in one field, for log-ins of the CRM only: people of a shared host keep theirs. */
async function withWholeName(payload: Row, keys: readonly string[], database: Knex): Promise<Row> {
  const { last_name: last } = payload;
  if (typeof last !== 'string' || keys.length > 1) return payload;
  const stored = keys.length ? await database(USERS).where({ id: keys[0] }).first('first_name', 'role') : null;
  if (!roleOf((payload['role'] ?? stored?.role) as string | null)) return payload;
  const first = 'first_name' in payload ? payload['first_name'] : stored?.first_name;
  return { ...payload, first_name: wholeName(typeof first === 'string' ? first : null, last), last_name: null };
}

/** Nobody raises oneself (F9), and the group keeps a system admin (ORG-8). */
async function beforeUserUpdate(
  payload: Row,
  keys: readonly string[],
  { database, actor }: WriteContext & { actor: Actor },
): Promise<void> {
  if (keys.includes(actor.user)) {
    const own = await database(USERS).where({ id: actor.user }).first('role', 'status', 'crm_segment', 'crm_pending_exam');
    if (roleOf(own.role) && ownRightsTouched(payload, own).length) throw refusalFor('own_rights', actor.language);
  }
  if (!leavesPost(payload)) return;
  const admins = await activeSystemAdmins(database);
  if (admins.some((admin) => keys.includes(admin)) && admins.every((admin) => keys.includes(admin))) {
    throw refusalFor('last_system_admin', actor.language);
  }
}

async function checkProjectOwner(
  payload: Row,
  companies: readonly (string | null)[],
  { database, actor }: WriteContext & { actor: Actor },
): Promise<void> {
  if (!('project_owner' in payload)) return;
  const owner = payload['project_owner'];
  if (!owner) throw refusalFor('project_owner_required', actor.language);
  const person = typeof owner === 'string' ? await loadPerson(database, owner) : null;
  if (!companies.every((company) => mayOwnProject(person, company))) throw refusalFor('project_owner_unfit', actor.language);
}

async function refuseOverfull(database: Knex, actor: Actor | null, segments: readonly string[]): Promise<void> {
  const system = await activeSystemAdmins(database);
  if (system.length > MOST_SYSTEM_ADMINS) throw refusalFor('system_admins_full', actor?.language);
  const admins = segments.length ? await activeSegmentAdmins(database, segments) : new Map<string, number>();
  if ([...admins.values()].some((count) => count > MOST_SEGMENT_ADMINS)) throw refusalFor('segment_admins_full', actor?.language);
}

async function afterUser({ item, database, actor, action }: AfterWrite): Promise<void> {
  await oneAtATime(database);
  const admins = await activeSystemAdmins(database);
  const user = action === 'delete' ? null : await database(USERS).where({ id: item }).first('role', 'status');
  // The host locks somebody out after failed log-ins, in that person's name: nobody else suspends oneself (F9).
  if (item === actor?.user && user?.status === 'suspended') return;
  // Two who remove each other at once are neither of them system admins any more when the second change is judged.
  const isAnothers = item !== actor?.user && !actor?.admin;
  if (!admins.length && (user?.role === ROLE_IDS.system_admin || actor?.role === 'system_admin' || isAnothers))
    throw refusalFor('last_system_admin', actor?.language);
  const person = user ? await loadPerson(database, item) : null;
  if (person && !person.role && actor?.role === 'system_admin') throw refusalFor('forbidden', actor.language);
  if (!person?.role) return;
  // Whoever accepts an invitation becomes active without another look at the headcount.
  if (user.status === 'invited') throw refusalFor('no_invitations', actor?.language);
  const fault = judgeHome(person.role, person.homeSegment);
  if (fault) throw refusalFor(fault, actor?.language);
  if (isGroupStaff(person.role)) await database(USERS).where({ id: item }).update({ crm_segment: GROUP_SEGMENT_ID });
  await keepHomeManaged(database, item);
  const managed = (await loadPerson(database, item))!.managedSegments;
  await refuseOverfull(database, actor, person.role === 'segment_admin' && person.active ? managed : []);
}

async function afterManaged({ item, database, actor, action }: AfterWrite): Promise<void> {
  await oneAtATime(database);
  if (action === 'delete') {
    const bereft: string[] = await database(USERS)
      .whereIn('role', [ROLE_IDS.segment_head, ROLE_IDS.segment_admin])
      .whereNotNull('crm_segment')
      .whereNotIn('id', database(MANAGED).where({ is_home: true }).select('crm_user'))
      .pluck('id');
    for (const user of bereft) await keepHomeManaged(database, user);
    return;
  }
  const row = await database(MANAGED).where({ id: item }).first();
  if (!row) return;
  const person = await loadPerson(database, row.crm_user);
  const fault = row.crm_user === actor?.user ? 'own_rights' : judgeManaged(person?.role ?? null, row.crm_segment);
  if (fault) throw refusalFor(fault, actor?.language);
  if (row.crm_segment !== person!.homeSegment) await database(MANAGED).where({ id: item }).update({ is_home: false });
  await keepHomeManaged(database, row.crm_user);
  await refuseOverfull(database, actor, person!.role === 'segment_admin' ? [row.crm_segment] : []);
}

/** Who is at home where, who manages what, and how many of a post there are (ORG-7, ORG-8, ORG-9, Q18). */
export const peopleStep: WriteStep = {
  name: 'segments/people',
  collections: [USERS, MANAGED, COMPANIES],
  async beforeCreate(payload, context) {
    const { actor } = context;
    if (!actor) return payload;
    if (context.collection === COMPANIES) await checkProjectOwner(payload, [null], { ...context, actor });
    return context.collection === USERS ? withWholeName(payload, [], context.database) : payload;
  },
  async beforeUpdate(payload, keys, context) {
    const { actor } = context;
    if (!actor) return payload;
    if (context.collection === USERS) await beforeUserUpdate(payload, keys, { ...context, actor });
    if (context.collection === COMPANIES && (actor.admin || actor.role === 'system_admin')) {
      await checkProjectOwner(payload, keys, { ...context, actor });
    }
    return context.collection === USERS ? withWholeName(payload, keys, context.database) : payload;
  },
  async beforeDelete(keys, { collection, database, actor }) {
    if (!actor || collection !== USERS) return;
    const admins = await activeSystemAdmins(database);
    if (admins.length && admins.every((admin) => keys.includes(admin))) throw refusalFor('last_system_admin', actor.language);
  },
  async afterWrite(change) {
    if (!change.actor) return;
    if (change.collection === USERS) await afterUser(change);
    if (change.collection === MANAGED) await afterManaged(change);
  },
};
