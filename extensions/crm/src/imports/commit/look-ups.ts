import { isInForce, normalise } from '../../customers/index.ts';
import { roleOf } from '../../kernel/roles.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { mayReach, type Person, type Place } from '../../segments/index.ts';
import { lookupOf, type Lookup, type Named } from '../rules/lookup.ts';
import type { Work } from './import-record.ts';

type CustomerRow = Place & { id: string; name: string; uscc: string | null };

/** The rows that the cells of a chunk may name. */
export interface LookUps {
  industry: Lookup;
  region: Lookup;
  tags: Lookup;
  owner: Lookup;
  customer: Lookup;
  people: ReadonlyMap<string, Person>;
  customers: ReadonlyMap<string, CustomerRow>;
}

export type References = Pick<LookUps, 'industry' | 'region' | 'tags'>;

/** Shared reference data in force today; the same for every chunk of a run (CUS-6). */
export async function loadReferences(database: Knex, today: string): Promise<References> {
  const industries: Row[] = await database('crm_industries');
  const codeOf = new Map(industries.map((row) => [row['id'], String(row['code'])]));
  const regions: Row[] = await database('crm_regions');
  const tags: Row[] = await database('crm_tags').where({ active: true });
  const inForce = (rows: readonly Row[]) => rows.filter((row) => isInForce(row, today));
  const named = (rows: readonly Row[], namesOf: (row: Row) => (string | null)[]): Lookup =>
    lookupOf(rows.map((row): Named => ({ id: String(row['id']), names: namesOf(row) })));
  const text = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    industry: named(inForce(industries), (row) => {
      const above = codeOf.get(row['parent']);
      return [text(row['code']), above ? `${above}${String(row['code'])}` : null, text(row['name']), text(row['name_en'])];
    }),
    region: named(inForce(regions), (row) => [text(row['code']), text(row['name']), text(row['full_name'])]),
    tags: named(tags, (row) => [text(row['name'])]),
  };
}

/** Whom and what the cells of a chunk name: people who may own rows of the segment, customers that the importer reaches. */
export async function loadLookUps(work: Work, references: References, texts: { customers: readonly string[] }): Promise<LookUps> {
  const people = await loadPeople(work.database, work.record.segment);
  const customers = await findCustomers(work, texts.customers);
  return {
    ...references,
    owner: lookupOf(people.map(({ person, names }) => ({ id: person.user, names }))),
    people: new Map(people.map(({ person }) => [person.user, person])),
    customer: lookupOf(customers.map(({ id, name, uscc }) => ({ id, names: [name, uscc] }))),
    customers: new Map(customers.map((row) => [row.id, row])),
  };
}

async function loadPeople(database: Knex, segment: string): Promise<{ person: Person; names: (string | null)[] }[]> {
  const managing: { crm_user: string; crm_segment: string }[] = await database('crm_user_segments')
    .whereIn('crm_user', database('crm_user_segments').where({ crm_segment: segment }).select('crm_user'))
    .select('crm_user', 'crm_segment');
  const segmentsOf = Map.groupBy(managing, ({ crm_user }) => crm_user);
  const users: Record<string, string | null>[] = await database('directus_users')
    .where({ status: 'active' })
    .andWhere((here) => void here.where({ crm_segment: segment }).orWhereIn('id', [...segmentsOf.keys()]))
    .select('id', 'role', 'status', 'crm_segment', 'first_name', 'last_name', 'email', 'crm_employee_no');
  return users.map(({ id, role, crm_segment: home, first_name: first, last_name: last, email, crm_employee_no: number }) => ({
    person: {
      user: id!,
      role: roleOf(role),
      admin: false,
      active: true,
      homeSegment: home ?? null,
      managedSegments: (segmentsOf.get(id!) ?? []).map(({ crm_segment }) => crm_segment),
    },
    names: [[first, last].filter(Boolean).join(' '), [last, first].filter(Boolean).join(' '), email ?? null, number ?? null],
  }));
}

/** Customers of the segment by name or credit code, as far as the importer reaches them; merged ones are nobody's any more. */
export async function findCustomers(
  { database, record, actor, now }: Pick<Work, 'database' | 'record' | 'actor' | 'now'>,
  texts: readonly string[],
): Promise<CustomerRow[]> {
  if (!texts.length) return [];
  const names = new Set(texts.flatMap((text) => [text, normalise('crm_customers', { name: text }, now).row['name'] as string]));
  const codes = new Set(texts.map((text) => text.toUpperCase().replace(/\s/gu, '')));
  const rows: CustomerRow[] = await database('crm_customers')
    .where({ segment: record.segment })
    .whereNot({ status: 'merged' })
    .andWhere((same) => void same.whereIn('name', [...names]).orWhereIn('uscc', [...codes]))
    .select('id', 'name', 'uscc', 'segment', 'owner');
  return rows.filter((row) => mayReach(actor, row));
}
