import { GROUP_SEGMENT_ID, roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Rows } from '../../kernel/rows.ts';
import { isGroupStaff } from '../../segments/index.ts';
import { standingOf } from '../freeze/rules/freeze-decision.ts';
import type { Subject } from './rules/access-request.ts';
import type { Rights } from './rules/rights-after.ts';
import { USERS, type RequestRow } from './request-row.ts';

/** Somebody of the CRM as far as a form about them goes; null where there is nobody. */
export async function subjectOf(database: Knex, id: string | null): Promise<Subject | null> {
  if (!isUuid(id)) return null;
  const user = await database(USERS).where({ id }).first('id', 'role', 'status', 'crm_segment');
  const role = roleOf(user?.role);
  if (!user || !role) return null;
  const freeze: Present | undefined = await database('crm_freezes')
    .where({ user: id, state: 'frozen' })
    .first('early', 'access_request', 'frozen_by', 'until');
  return { ...{ user: user.id, role, status: user.status, homeSegment: user.crm_segment ?? null }, freeze: freezeOf(freeze) };
}

type Present = Pick<Rows['crm_freezes'], 'early' | 'access_request' | 'frozen_by' | 'until'>;

function freezeOf(freeze: Present | undefined): Subject['freeze'] {
  if (!freeze) return 'none';
  if (freeze.early && !freeze.access_request) return 'early';
  return standingOf(freeze) === 'ending' ? 'ending' : 'frozen';
}

/** The rights of a post, whether its holder may log in now or not. */
export async function postOf(database: Knex, user: string | null): Promise<Rights | null> {
  const subject = await subjectOf(database, user);
  if (!subject) return null;
  const managed: string[] = await database('crm_user_segments').where({ crm_user: subject.user }).pluck('crm_segment');
  return { role: subject.role, homeSegment: subject.homeSegment, managedSegments: managed };
}

/** Where a form stands: with the person whom it is about; for somebody new where they are to work. */
export function segmentOfForm({ kind, to_segment: to }: Row, subject: Subject | null): string {
  const segment = kind === 'open' ? to : subject?.homeSegment;
  return typeof segment === 'string' && segment ? segment : GROUP_SEGMENT_ID;
}

interface Named {
  first_name: string | null;
  last_name: string | null;
  email: string | null;
}

const nameOf = (user: Named | undefined): string => [user?.first_name, user?.last_name].filter(Boolean).join(' ') || (user?.email ?? '');

/** Whom a form is about, in words; for somebody new as the form says. */
export async function personName(database: Knex, row: RequestRow): Promise<string> {
  if (!row.user) return [row.last_name, row.first_name].filter(Boolean).join('') || (row.user_email ?? '');
  return nameOf(await database(USERS).where({ id: row.user }).first('first_name', 'last_name', 'email'));
}

export const isEverywhere = ({ admin, role }: Pick<Actor, 'admin' | 'role'>): boolean => admin || role === 'system_admin';

/** Whether the filer may know of somebody at home here: of the own segments, or of the group staff (ORG-2). */
export const mayKnow = (actor: Actor, home: string | null): boolean =>
  actor.admin || isGroupStaff(actor.role) || home === GROUP_SEGMENT_ID || (home !== null && actor.managedSegments.includes(home));
