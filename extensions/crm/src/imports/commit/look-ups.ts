import { isInForce } from '../../customers/index.ts';
import { roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { mayReach, type Person, type Place } from '../../segments/index.ts';
import { rowsById } from './columns.ts';
import type { Work } from './import-record.ts';

/** Rows of shared reference data that may be chosen today, by the target that names them. */
export type References = Readonly<Record<'industry' | 'region' | 'tags', ReadonlySet<string>>>;

/** Whom and what the lines of a chunk name, as far as it still holds at this moment. */
export interface LookUps extends References {
  /** Everybody who may own rows of the segment. */
  people: ReadonlyMap<string, Person>;
  /** The customers that the importer reaches, held for the transaction; merged ones are nobody's any more. */
  customers: ReadonlyMap<string, Place & { id: string }>;
}

/** Shared reference data in force today; the same for every chunk of a run (CUS-6). */
export async function loadReferences(database: Knex, today: string): Promise<References> {
  const inForce = async (table: string): Promise<ReadonlySet<string>> => {
    const rows: (Row & { id: string })[] = await database(table).select('id', 'valid_from', 'valid_to');
    return new Set(rows.filter((row) => isInForce(row, today)).map(({ id }) => id));
  };
  return {
    industry: await inForce('crm_industries'),
    region: await inForce('crm_regions'),
    tags: new Set<string>(await database('crm_tags').where({ active: true }).pluck('id')),
  };
}

export async function loadLookUps(work: Work, references: References, customers: readonly string[]): Promise<LookUps> {
  const held = await rowsById(work.database, 'crm_customers', customers.filter(isUuid), { hold: true });
  const reached = [...held.values()].filter((row) => row['status'] !== 'merged' && mayReach(work.actor, row as unknown as Place));
  return {
    ...references,
    people: await loadPeople(work.database, work.record.segment),
    customers: new Map(reached.map((row) => [row.id, row as unknown as Place & { id: string }])),
  };
}

async function loadPeople(database: Knex, segment: string): Promise<Map<string, Person>> {
  const managing: { crm_user: string; crm_segment: string }[] = await database('crm_user_segments')
    .whereIn('crm_user', database('crm_user_segments').where({ crm_segment: segment }).select('crm_user'))
    .select('crm_user', 'crm_segment');
  const segmentsOf = Map.groupBy(managing, ({ crm_user }) => crm_user);
  const users: { id: string; role: string | null; crm_segment: string | null }[] = await database('directus_users')
    .where({ status: 'active' })
    .andWhere((here) => void here.where({ crm_segment: segment }).orWhereIn('id', [...segmentsOf.keys()]))
    .orderBy('id')
    .forShare()
    .select('id', 'role', 'crm_segment');
  return new Map(
    users.map(({ id, role, crm_segment: homeSegment }) => {
      const managedSegments = (segmentsOf.get(id) ?? []).map((one) => one.crm_segment);
      return [id, { user: id, role: roleOf(role), admin: false, active: true, homeSegment, managedSegments }];
    }),
  );
}
