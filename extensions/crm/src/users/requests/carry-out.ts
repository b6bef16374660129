import { randomBytes } from 'node:crypto';
import { GROUP_COMPANY_ID, GROUP_SEGMENT_ID, ROLE_IDS, type RoleName } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability, Knex, Row } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { isGroupStaff, oneAtATime } from '../../segments/index.ts';
import { freezeHeld } from '../freeze/freeze.ts';
import { holdPerson, openFreeze } from '../freeze/person.ts';
import { thawHeld } from '../freeze/thaw.ts';
import { writeThaw } from '../freeze/write-freeze.ts';
import { endEverySession, writePassword, writePerson } from './change-person.ts';
import type { ExecuteAnswer, ExecuteRequest } from './contract.ts';
import { CLOSED } from './locale/notices.ts';
import { openWork } from './open-work.ts';
import type { RequestPorts } from './ports.ts';
import { requestRefusal } from './refuse.ts';
import { USERS, type RequestRow } from './request-row.ts';
import { postOf } from './subject.ts';

export interface CarryingOut {
  database: Knex;
  ports: RequestPorts;
  actor: Actor;
  accountability: Accountability;
  row: RequestRow;
  wish: ExecuteRequest;
}

type Outcome = Pick<ExecuteAnswer, 'user' | 'first_link' | 'freeze' | 'work'>;

const NOTHING = { first_link: null, freeze: null, work: null };

/** Nobody knows it; it keeps whatever policy of passwords there is. */
const unknownPassword = (): string => `${randomBytes(24).toString('base64url')}-aA1!`;

/** Where somebody works from now on, as the fields of the person; the company is the segment's unless the form names one. */
async function placeOf(database: Knex, row: RequestRow, role: RoleName | null): Promise<Row> {
  const isStaff = role !== null && isGroupStaff(role);
  const segment = isStaff ? GROUP_SEGMENT_ID : row.to_segment;
  const found = segment ? await database('crm_segments').where({ id: segment }).first('company') : null;
  const company = row.to_company ?? (isStaff ? GROUP_COMPANY_ID : (found?.company ?? null));
  return {
    ...(row.to_role ? { role: ROLE_IDS[row.to_role] } : {}),
    ...(segment ? { crm_segment: segment } : {}),
    ...(company ? { crm_company: company } : {}),
    ...(segment || row.to_team ? { crm_team: row.to_team } : {}),
    ...(row.to_position ? { crm_position: row.to_position } : {}),
  };
}

const NO_POST: Row = { crm_company: null, crm_team: null, crm_position: null, crm_employee_no: null };

/** Whoever was closed comes back as somebody new: what they managed before does not come back with them (F11). */
async function forgetManaged(database: Knex, user: string): Promise<void> {
  const managed: string[] = await database('crm_user_segments').where({ crm_user: user }).pluck('id');
  await changeLog().around(database, 'crm_user_segments', managed, () => database('crm_user_segments').whereIn('id', managed).delete());
}

/** Opens a log-in; one that was closed and had the address is opened again, with nothing of its former post. */
async function open({ database, ports, actor, accountability, row }: CarryingOut): Promise<Outcome> {
  await oneAtATime(database);
  const email = row.user_email!;
  const present = await database(USERS).whereRaw('lower(??) = ?', ['email', email.toLowerCase()]).forUpdate().first('id', 'status');
  if (present && present.status !== 'archived') throw requestRefusal('email_taken_elsewhere', actor.language, { email });
  const values = {
    ...{ email, last_name: row.last_name, first_name: row.first_name, status: 'active' },
    ...(present ? NO_POST : {}),
    ...(await placeOf(database, row, row.to_role)),
    ...(row.employee_no ? { crm_employee_no: row.employee_no } : {}),
  };
  if (present) await forgetManaged(database, present.id);
  const password = unknownPassword();
  const user = await writePerson(ports.context, database, accountability, present?.id ?? null, present ? values : { ...values, password });
  if (present) {
    await endEverySession(database, user);
    await writePassword(ports.context, database, user, password);
  }
  return { ...NOTHING, user, first_link: { ...(await ports.firstLink(database, { user, by: actor.user })), mailed: false } };
}

/**
 * Closes a log-in for good. While the person owns open work that is refused, unless the executor says that it stays: whoever is
 * closed is reminded of nothing, and nobody else would be (ACC-10). A freeze ends their access at once until it is handed over.
 */
async function close({ database, ports, actor, accountability, row, wish }: CarryingOut): Promise<Outcome> {
  const target = await holdPerson(database, row.user!);
  await oneAtATime(database);
  const freeze = await openFreeze(database, row.user!);
  if (target?.role === 'system_admin' && target.status === 'active') throw requestRefusal('freeze_first', actor.language);
  const work = await openWork(database, row.user!);
  if (work.total && !wish.leave_work) throw requestRefusal('open_work', actor.language, {}, { work });
  await writePerson(ports.context, database, accountability, row.user, { status: 'archived' });
  if (freeze?.state === 'frozen') await writeThaw(database, ports.clock, freeze, { by: actor.user, reason: say(CLOSED, actor.language) });
  await endEverySession(database, row.user!);
  return { ...NOTHING, user: row.user, work };
}

/** Another post or other rights; what the person owns stays in the segment where it is, for hand-over (ACC-10). */
async function place({ database, ports, accountability, row }: CarryingOut): Promise<Outcome> {
  const target = (await holdPerson(database, row.user!))!;
  await oneAtATime(database);
  const role = row.to_role ?? (row.to_segment ? null : target.role);
  await writePerson(ports.context, database, accountability, row.user, await placeOf(database, row, role));
  const post = await postOf(database, row.user);
  const outsideOf = [post?.homeSegment ?? GROUP_SEGMENT_ID, ...(post?.managedSegments ?? [])];
  const work = await openWork(database, row.user!, { outsideOf });
  return { ...NOTHING, user: row.user, work };
}

async function freeze({ database, ports, actor, row }: CarryingOut): Promise<Outcome> {
  const target = await holdPerson(database, row.user!);
  const present = target && (await openFreeze(database, target.user));
  // The form came after an early freeze (Q17): it stands.
  const frozen =
    present?.state === 'frozen' && present.access_request === row.id
      ? present
      : await freezeHeld(database, ports, actor, { id: row.user!, wish: { reason: row.reason }, basis: { accessRequest: row.id } });
  return { ...NOTHING, user: row.user, freeze: { id: frozen.id, state: frozen.state === 'pending' ? 'pending' : 'frozen' } };
}

async function thaw({ database, ports, actor, row }: CarryingOut): Promise<Outcome> {
  const { id } = await thawHeld(database, ports, actor, { id: row.user!, reason: row.reason });
  return { ...NOTHING, user: row.user, freeze: { id, state: 'thawed' } };
}

/** What each kind of form really does (ACC-8). */
export const CARRY_OUT: Record<RequestRow['kind'], (carrying: CarryingOut) => Promise<Outcome>> = {
  ...{ open, close, move: place, rights: place, freeze, thaw },
};
