import { GROUP_SEGMENT_ID, ROLE_IDS, roleOf } from '../../kernel/roles.ts';
import type { Knex } from '../../platform/api/host.ts';
import { managesSegments } from '../../segments/index.ts';
import { standingOf } from '../freeze/rules/freeze-decision.ts';
import type { HandoverPerson } from './contract.ts';
import { placesOfOwners } from './roots.ts';
import { isInScope, isWithin, type Scope } from './rules/parties.ts';

const PEOPLE = 'directus_users';
const MANAGED = 'crm_user_segments';

const nameParts = (row: { last_name?: string | null; first_name?: string | null }): string | null =>
  [row.last_name, row.first_name].filter(Boolean).join('') || null;

/** Whoever is at home in a segment of the reader's, or manages one. */
const answeredFor =
  (database: Knex, { segments }: Scope) =>
  (known: Knex.QueryBuilder): void => {
    if (!segments) return;
    const managing = database(MANAGED)
      .whereIn('crm_segment', [...segments])
      .whereNotNull('crm_user')
      .select('crm_user');
    void known.whereIn('crm_segment', [...segments]).orWhereIn('id', managing);
  };

/** People by their keys, as far as the reader answers for them, and the group's staff: others have no name (ORG-2). */
export async function namesOf(database: Knex, scope: Scope, ids: readonly (string | null)[]): Promise<Map<string, string | null>> {
  const rows: { id: string; last_name: string | null; first_name: string | null }[] = await database(PEOPLE)
    .whereIn('id', [...new Set(ids.filter((id) => id !== null))])
    .andWhere((known) => {
      void known.where(answeredFor(database, scope));
      if (scope.segments) void known.orWhere({ crm_segment: GROUP_SEGMENT_ID });
    })
    .select('id', 'last_name', 'first_name');
  return new Map(rows.map((row) => [row.id, nameParts(row)]));
}

interface Listed {
  id: string;
  last_name: string | null;
  first_name: string | null;
  status: string;
  role: string | null;
  crm_segment: string | null;
  crm_position: string | null;
  crm_pending_exam: unknown;
}

const FIELDS = ['id', 'last_name', 'first_name', 'status', 'role', 'crm_segment', 'crm_position', 'crm_pending_exam'] as const;

/** What is known of everybody besides their own row. */
interface Around {
  scope: Scope;
  managed: ReadonlyMap<string, readonly string[]>;
  owned: ReadonlyMap<string, readonly string[]>;
  /** Who is shut out by something that ends by itself. */
  ending: ReadonlySet<string>;
}

function toPerson(row: Listed, { scope, managed, owned, ending }: Around): HandoverPerson | null {
  const role = roleOf(row.role);
  const managedSegments = managed.get(row.id) ?? [];
  const isActive = row.status === 'active';
  const isTheirs = isWithin(scope, { user: row.id, role, admin: false, active: isActive, homeSegment: row.crm_segment, managedSegments });
  const works = [row.crm_segment, ...(managesSegments(role) ? managedSegments : [])].filter((one) => one !== null);
  const segments = isTheirs ? [...new Set(works)].filter((segment) => isInScope(scope, segment)) : [];
  const leftIn = (owned.get(row.id) ?? []).filter((segment) => !segments.includes(segment));
  if (!isTheirs && !leftIn.length) return null;
  // What somebody is elsewhere is not for here; the group's staff are known to everybody.
  const isHere = isTheirs && isInScope(scope, row.crm_segment);
  return {
    ...{ id: row.id, name: isTheirs || row.crm_segment === GROUP_SEGMENT_ID ? nameParts(row) : null, segments, left_in: leftIn },
    ...{ position: isHere ? row.crm_position : null, at_home: isHere },
    active: isTheirs && isActive && role !== null && !row.crm_pending_exam,
    shut: isHere && !isActive,
    ends: isHere && row.status === 'suspended' && ending.has(row.id),
  };
}

async function endingFreezes(database: Knex): Promise<Set<string>> {
  const rows: { user: string; frozen_by: string | null; until: unknown }[] = await database('crm_freezes')
    .where({ state: 'frozen' })
    .select('user', 'frozen_by', 'until');
  return new Set(rows.filter((row) => standingOf(row) === 'ending').map(({ user }) => user));
}

/**
 * Everybody whom the reader answers for, with where they work as far as the reader reaches: whoever manages a segment from another
 * one, too, who stands in no list of people there (Q18); and who moved away and left work behind here, without a name (ORG-2).
 */
export async function peopleFor(database: Knex, scope: Scope): Promise<HandoverPerson[]> {
  const owned = await placesOfOwners(database, scope);
  const rows: Listed[] = await database(PEOPLE)
    .where((working) => void working.whereNotNull('crm_segment').orWhereIn('role', Object.values(ROLE_IDS)))
    .andWhere((known) => {
      void known.where(answeredFor(database, scope));
      if (scope.segments) void known.orWhereIn('id', [...owned.keys()]);
    })
    .orderBy(['crm_segment', 'last_name', 'first_name', 'id'])
    .select(...FIELDS);
  const links: { crm_user: string; crm_segment: string }[] = await database(MANAGED)
    .whereNotNull('crm_user')
    .select('crm_user', 'crm_segment');
  const byUser = Map.groupBy(links, ({ crm_user }) => crm_user);
  const managed = new Map([...byUser].map(([user, of]) => [user, of.map(({ crm_segment }) => crm_segment)]));
  const around: Around = { scope, managed, owned, ending: await endingFreezes(database) };
  return rows.flatMap((row) => toPerson(row, around) ?? []);
}
