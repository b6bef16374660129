import { isInForce } from '../../customers/index.ts';
import { roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { dealsToJoin, type Deal } from '../../pipeline/orders/sales-step.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { mayReach, type Person, type Place } from '../../segments/index.ts';
import type { ImportKind } from '../rules/targets.ts';
import { rowsById } from './columns.ts';
import type { Work } from './import-record.ts';

/** Rows of shared reference data that may be chosen today, by the target that names them. */
type References = Readonly<Record<'industry' | 'region' | 'tags', ReadonlySet<string>>>;

/** Whom and what the lines of a chunk name, as far as it still holds at this moment. */
export interface LookUps extends References {
  /** Everybody who may own rows of the segment. */
  people: ReadonlyMap<string, Person>;
  /** The customers that the importer reaches, held for the transaction; merged ones are nobody's any more. */
  customers: ReadonlyMap<string, Place & { id: string }>;
  /** In a table of orders: the opportunities of these customers that an order may belong to. */
  deals: Map<string, readonly Deal[]>;
}

/** Of the shared reference data that a chunk names, what is in force at this moment: it may have ended while others were written (CUS-6). */
async function loadReferences({ database, today }: Work, named: (target: string) => string[]): Promise<References> {
  const inForce = async (table: string, target: string): Promise<ReadonlySet<string>> => {
    const rows = await rowsById(database, table, named(target));
    return new Set([...rows.values()].filter((row) => isInForce(row, today)).map(({ id }) => id));
  };
  const tags = await rowsById(database, 'crm_tags', named('tags'));
  return {
    industry: await inForce('crm_industries', 'industry'),
    region: await inForce('crm_regions', 'region'),
    tags: new Set([...tags.values()].filter(({ active }) => Boolean(active)).map(({ id }) => id)),
  };
}

/** @param named what the lines of the chunk name, by target. */
export async function loadLookUps(work: Work, named: (target: string) => string[]): Promise<LookUps> {
  const references = await loadReferences(work, named);
  const held = await rowsById(work.database, 'crm_customers', named('customer').filter(isUuid), { hold: true });
  const reached = [...held.values()].filter((row) => row['status'] !== 'merged' && mayReach(work.actor, row as unknown as Place));
  const customers = new Map(reached.map((row) => [row.id, row as unknown as Place & { id: string }]));
  return {
    ...references,
    people: await loadPeople(work.database, work.record.segment, { hold: true }),
    customers,
    deals: await dealsOf(work.database, work.record.kind, [...customers.keys()]),
  };
}

export const dealsOf = async (database: Knex, kind: ImportKind, customers: readonly string[]): Promise<LookUps['deals']> =>
  kind === 'orders' ? dealsToJoin(database, customers) : new Map();

/** A deal that was won and waited for its order has it with the first line of the table that stands: the next one finds it no more (SAL-7). */
export function takeDeal({ deals }: Pick<LookUps, 'deals'>, { stored, values }: { stored: Row | null; values: Row }): void {
  const customer = String(values['customer']);
  const open = deals.get(customer);
  if (!open || stored || values['status'] === 'cancelled') return;
  deals.set(
    customer,
    open.filter(({ id, waits }) => !waits || id !== values['opportunity']),
  );
}

/** Everybody who may own rows of a segment, or manages it; held for the transaction where `hold` says so. */
export async function loadPeople(database: Knex, segment: string, { hold = false } = {}): Promise<Map<string, Person>> {
  const managing: { crm_user: string; crm_segment: string }[] = await database('crm_user_segments')
    .whereIn('crm_user', database('crm_user_segments').where({ crm_segment: segment }).select('crm_user'))
    .select('crm_user', 'crm_segment');
  const segmentsOf = Map.groupBy(managing, ({ crm_user }) => crm_user);
  const asked = database('directus_users')
    .where({ status: 'active' })
    .andWhere((here) => void here.where({ crm_segment: segment }).orWhereIn('id', [...segmentsOf.keys()]))
    .orderBy('id')
    .select('id', 'role', 'crm_segment');
  const users: { id: string; role: string | null; crm_segment: string | null }[] = await (hold ? asked.forShare() : asked);
  return new Map(
    users.map(({ id, role, crm_segment: homeSegment }) => {
      const managedSegments = (segmentsOf.get(id) ?? []).map((one) => one.crm_segment);
      return [id, { user: id, role: roleOf(role), admin: false, active: true, homeSegment, managedSegments }];
    }),
  );
}
