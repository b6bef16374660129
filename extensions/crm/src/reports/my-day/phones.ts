import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { keyOfPhone } from '../../privacy/index.ts';
import type { DayPhone } from './answers.ts';
import { ownWork } from './reach.ts';
import type { Asker, MyDayPorts } from './ports.ts';

/** Whose number a card of the day shows: a lead's own, or that of the customer's main contact, else the customer's. */
export interface PhoneTarget {
  customer: string | null;
  lead: string | null;
  contact: string | null;
}

interface StoredPhone {
  id: string;
  customer: string | null;
  name: string | null;
  phone: string;
}

/** Gives the phone of a card; numbers stand in clear where the record is the caller's own (Q11). */
export async function phonesOf(
  { context: { database }, showOwn }: Pick<MyDayPorts, 'context' | 'showOwn'>,
  asker: Asker,
  targets: readonly PhoneTarget[],
): Promise<(target: PhoneTarget) => DayPhone | null> {
  const { actor } = asker;
  const customers = idsOf(targets, 'customer');
  const [ofContacts, ofCustomers, ofLeads, named] = await Promise.all([
    mainContacts(database, actor, customers),
    withPhone(database, actor, 'crm_customers', 'name', customers),
    withPhone(database, actor, 'crm_leads', 'contact_name', idsOf(targets, 'lead')),
    withPhone(database, actor, 'crm_contacts', 'name', idsOf(targets, 'contact')),
  ]);
  const find = ({ customer, lead, contact }: PhoneTarget): Found | null =>
    at('crm_contacts', named, contact) ??
    at('crm_leads', ofLeads, lead) ??
    at('crm_contacts', ofContacts, customer) ??
    at('crm_customers', ofCustomers, customer);
  const found = targets.flatMap((target) => find(target) ?? []);
  const wanted = new Map(
    [...Map.groupBy(found, ({ collection }) => collection)].map(([collection, list]) => [
      collection as string,
      [...new Set(list.map(({ row }) => row.id))],
    ]),
  );
  const clear = await showOwn(asker, wanted);
  return (target) => {
    const one = find(target);
    if (!one) return null;
    const { collection, row } = one;
    const value = clear.get(keyOfPhone(collection, row.id));
    const name = collection === 'crm_customers' ? null : row.name;
    return { collection, id: row.id, field: 'phone', name, value: value ?? row.phone, clear: value !== undefined };
  };
}

interface Found {
  collection: DayPhone['collection'];
  row: StoredPhone;
}

const at = (collection: Found['collection'], rows: ReadonlyMap<string, StoredPhone>, id: string | null): Found | null => {
  const row = id === null ? undefined : rows.get(id);
  return row ? { collection, row } : null;
};

const idsOf = (targets: readonly PhoneTarget[], of: keyof PhoneTarget): string[] => [
  ...new Set(targets.flatMap((target) => target[of] ?? [])),
];

async function withPhone(
  database: Knex,
  actor: Actor,
  collection: Found['collection'],
  name: string,
  ids: readonly string[],
): Promise<Map<string, StoredPhone>> {
  if (!ids.length) return new Map();
  const rows: StoredPhone[] = await ownWork(database(collection), actor)
    .whereIn('id', [...ids])
    .whereNotNull('phone')
    .select('id', { name }, 'phone');
  return new Map(rows.filter(({ phone }) => phone !== '').map((row) => [row.id, row]));
}

/** Of each customer the contact to call: the main one, where it has a number. */
async function mainContacts(database: Knex, actor: Actor, customers: readonly string[]): Promise<Map<string, StoredPhone>> {
  if (!customers.length) return new Map();
  const rows: StoredPhone[] = await ownWork(database('crm_contacts'), actor)
    .whereIn('customer', [...customers])
    .where({ status: 'active' })
    .whereNotNull('phone')
    // The last one of a customer stands in the map.
    .orderBy([{ column: 'is_primary' }, { column: 'date_created', order: 'desc' }, { column: 'id' }])
    .select('id', 'customer', 'name', 'phone');
  return new Map(rows.flatMap((row) => (row.customer && row.phone ? [[row.customer, row]] : [])));
}
