import type { Actor } from '../../platform/api/actor.ts';
import { among } from '../../platform/api/among.ts';
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
  const { ofContacts, ofCustomers, ofLeads, named } = await storedPhones(database, actor, targets);
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

interface PhonesByTarget {
  /** By customer: the number of the contact to call, the main one where it has a number. */
  ofContacts: Map<string, StoredPhone>;
  ofCustomers: Map<string, StoredPhone>;
  ofLeads: Map<string, StoredPhone>;
  named: Map<string, StoredPhone>;
}

type Part = keyof PhonesByTarget;

/** All numbers that the cards could show, in one statement. */
async function storedPhones(database: Knex, actor: Actor, targets: readonly PhoneTarget[]): Promise<PhonesByTarget> {
  const found: PhonesByTarget = { ofContacts: new Map(), ofCustomers: new Map(), ofLeads: new Map(), named: new Map() };
  const part = (name: Part, collection: Found['collection'], by: string, ids: readonly string[]): Knex.QueryBuilder[] => {
    if (!ids.length) return [];
    const isContact = collection === 'crm_contacts';
    const rows = ownWork(database(collection), actor)
      .where(among(database, by, ids))
      .whereNotNull('phone');
    if (by === 'customer') void rows.where({ status: 'active' });
    return [
      rows.select(database.raw('? as part', [name]), 'id', 'phone', 'date_created', {
        name: collection === 'crm_leads' ? 'contact_name' : 'name',
        customer: isContact ? 'customer' : 'id',
        rank: isContact ? 'is_primary' : database.raw('?? is not null', ['id']),
      }),
    ];
  };
  const customers = idsOf(targets, 'customer');
  const parts = [
    ...part('ofContacts', 'crm_contacts', 'customer', customers),
    ...part('ofCustomers', 'crm_customers', 'id', customers),
    ...part('ofLeads', 'crm_leads', 'id', idsOf(targets, 'lead')),
    ...part('named', 'crm_contacts', 'id', idsOf(targets, 'contact')),
  ];
  if (!parts.length) return found;
  // The last one of a customer stands in the map.
  const rows: (StoredPhone & { part: Part })[] = await database
    .from(database.unionAll(parts).as('phones'))
    .orderBy([{ column: 'rank' }, { column: 'date_created', order: 'desc' }, { column: 'id' }])
    .select('part', 'id', 'customer', 'name', 'phone');
  for (const { part: name, ...row } of rows) {
    const key = name === 'ofContacts' ? row.customer : row.id;
    if (key && row.phone !== '') found[name].set(key, row);
  }
  return found;
}
