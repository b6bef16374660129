import { GROUP_SEGMENT_ID, ROLE_IDS, roleOf } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { decideReset } from '../sessions/rules/reset-right.ts';
import type { PeopleAnswer, PeopleQuery, PersonView } from './contract.ts';
import { FREEZES, momentOf, USERS, type FreezeRow } from './freeze-row.ts';
import { canBeFrozen, decideThaw, judgeRight, standingOf } from './rules/freeze-decision.ts';

const FIELDS = [
  ...(['id', 'first_name', 'last_name', 'email', 'role', 'crm_position', 'crm_segment', 'status', 'last_access'] as const),
  'provider',
] as const;
const ANY_CHARACTERS = /[%_\\]/gu;

const nameOf = (user: Row | undefined): string | null => [user?.['first_name'], user?.['last_name']].filter(Boolean).join(' ') || null;
const text = (at: unknown): string | null => momentOf(at)?.toISOString() ?? null;
const words = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);

/** Everybody of the CRM whom this admin answers for: of the own segments, or of the whole group (ORG-2). */
function reachOf(database: Knex, { role, managedSegments }: Actor): Knex.QueryBuilder {
  const people = database(USERS).whereIn('role', Object.values(ROLE_IDS));
  return role === 'system_admin' ? people : people.whereIn('crm_segment', [...managedSegments]);
}

const frozen = (database: Knex) => database(FREEZES).where({ state: 'frozen' }).select('user');

function narrowed(database: Knex, people: Knex.QueryBuilder, { state, q }: PeopleQuery): Knex.QueryBuilder {
  if (state === 'active') people.where({ status: 'active' });
  if (state === 'frozen') people.whereIn('id', frozen(database)).whereNot({ status: 'active' });
  if (state === 'closed') people.whereNotIn('id', frozen(database)).whereNot({ status: 'active' });
  const like = `%${q.toLowerCase().replaceAll(ANY_CHARACTERS, (one) => `\\${one}`)}%`;
  const names = ['first_name', 'last_name', 'email', 'crm_employee_no'];
  if (q) people.andWhere((any) => names.forEach((name) => void any.orWhereRaw(`lower(??) like ? escape '\\'`, [name, like])));
  return people;
}

/** The people of an admin’s reach, whoever is frozen first, with what the admin may do (ACC-9, Q17). */
export async function peopleFor(database: Knex, clock: Clock, actor: Actor, query: PeopleQuery): Promise<PeopleAnswer> {
  const found = () => narrowed(database, reachOf(database, actor), query);
  const [counted] = await found().count({ total: '*' });
  const users: Row[] = await found()
    .orderByRaw(`case when ?? = 'suspended' and ?? in (?) then 0 when ?? = 'active' then 1 else 2 end`, [
      'status',
      'id',
      frozen(database),
      'status',
    ])
    .orderBy(['first_name', 'id'])
    .offset(query.offset)
    .limit(query.limit)
    .select(...FIELDS);
  const ids = users.map(({ id }) => String(id));
  const freezes: FreezeRow[] = await database(FREEZES)
    .whereIn('user', ids)
    .whereIn('state', ['frozen', 'pending'])
    .orderBy(['state', 'id']);
  const segments: Row[] = await database('crm_segments').select('id', 'name');
  const freezers: Row[] = await database(USERS)
    .whereIn(
      'id',
      freezes.flatMap(({ frozen_by }) => frozen_by ?? []),
    )
    .select('id', 'first_name', 'last_name');
  const view = (user: Row): PersonView =>
    toView(actor, user, {
      freeze: freezes.find((one) => one.user === user['id']) ?? null,
      isAsked: freezes.some((one) => one.user === user['id'] && one.state === 'pending'),
      segment: segments.find(({ id }) => id === user['crm_segment']) ?? null,
      freezerName: (id) => nameOf(freezers.find((one) => one['id'] === id)),
    });
  return { people: users.map(view), total: Number(counted?.['total'] ?? 0), on: await dayIn(database, GROUP_SEGMENT_ID, clock.now()) };
}

const readsRow = ({ role, managedSegments }: Actor, { segment }: FreezeRow): boolean =>
  role === 'system_admin' || managedSegments.includes(segment);

interface Around {
  /** The one that stands, or else the one that waits. */
  freeze: FreezeRow | null;
  isAsked: boolean;
  segment: Row | null;
  freezerName(id: string): string | null;
}

function toView(actor: Actor, user: Row, { freeze, isAsked, segment, freezerName }: Around): PersonView {
  const role = roleOf(user['role'] as string)!;
  const target = {
    user: String(user['id']),
    role,
    homeSegment: words(user['crm_segment']),
    status: String(user['status']),
  };
  const isActive = target.status === 'active';
  const told = freeze && readsRow(actor, freeze) ? freeze : null;
  const open = freeze && (freeze.state as 'frozen' | 'pending');
  const standing = standingOf(open === 'frozen' ? freeze : null);
  return {
    ...{ id: target.user, name: nameOf(user) ?? words(user['email']) ?? '', email: words(user['email']), role },
    position: words(user['crm_position']),
    segment: segment ? { id: String(segment['id']), name: String(segment['name']) } : null,
    state: isActive ? 'active' : open === 'frozen' ? 'frozen' : 'closed',
    last_seen: text(user['last_access']),
    // Why is told where the row stands: somebody who came from another segment brings the state along, not its reasons (ORG-2).
    freeze: told && {
      ...{ id: told.id, state: open!, reason: told.reason, until: text(told.until), frozen_at: text(told.frozen_at) },
      frozen_by: told.frozen_by ? { id: told.frozen_by, name: freezerName(told.frozen_by) } : null,
      ...{ early: Boolean(told.early), form_due_on: told.access_request ? null : fromStoredDay(told.form_due_on), is_asked: isAsked },
    },
    can: {
      freeze: judgeRight(actor, target) === null && !isAsked && canBeFrozen(target.status, standing),
      thaw: decideThaw({ freezer: actor, target, open }).accepted,
      link: decideReset(actor, target, words(user['provider']) ?? 'default').accepted,
    },
  };
}
