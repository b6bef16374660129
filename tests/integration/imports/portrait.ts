import type { Knex } from 'knex';
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import { plainValue } from '../../../extensions/crm/src/audit/rules/image.ts';
import { openRows, sealedFieldsOf } from '../../../extensions/crm/src/privacy/index.ts';
import { ringOf } from '../sealing/open-sealed.ts';

export type Rows = Record<string, unknown>[];

export const KINDS = ['crm_customers', 'crm_contacts', 'crm_customers_tags', 'crm_leads', 'crm_activities', 'crm_orders'] as const;

const NAME: Record<string, (row: Record<string, unknown>, labels: ReadonlyMap<string, string>) => string> = {
  crm_customers: ({ name }) => `customer ${String(name)}`,
  crm_contacts: ({ name, customer }, labels) => `contact ${String(name)} of ${labels.get(String(customer))}`,
  crm_customers_tags: ({ tag, customer }, labels) => `tag ${String(tag)} of ${labels.get(String(customer))}`,
  crm_leads: ({ title }) => `lead ${String(title)}`,
  crm_activities: ({ subject }) => `activity ${String(subject)}`,
  crm_orders: ({ number }) => `order ${String(number)}`,
};

const STAMPS = ['date_created', 'date_updated', 'allocated_at'];

/**
 * Everything of a segment that an import writes, in words that do not depend on keys, ciphers and the hour: rows with what is
 * sealed opened, and their entries in the log. Two segments in which the same was done look the same.
 *
 * @param alias what stands for the segment and its people.
 */
export async function portrait(database: Knex, segment: string, alias: ReadonlyMap<string, string>): Promise<{ rows: Rows; log: Rows }> {
  const labels = new Map(alias);
  const deals: Rows = await database('crm_opportunities').where({ segment }).select('id', 'title');
  for (const { id, title } of deals) labels.set(String(id), `opportunity ${String(title)}`);
  const found: { collection: string; rows: Rows }[] = [];
  for (const collection of KINDS) {
    const rows: Rows = await database(collection).where({ segment });
    found.push({ collection, rows });
    for (const row of rows) labels.set(String(row['id']), NAME[collection]!(row, labels));
  }
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, named(inner)]));
    return typeof value === 'string' ? (labels.get(value) ?? value) : value;
  };
  const rows: Rows = [];
  for (const { collection, rows: stored } of found) {
    const opened = await openRows(database, ringOf(), collection, stored);
    const sealed = sealedFieldsOf(collection).map(({ field }) => field);
    const keyed = new Set<string>(await database('crm_subject_keys').where({ collection }).pluck('item'));
    for (const row of stored) {
      const plain = Object.entries(row).map(([column, value]): [string, unknown] => {
        const field = sealed.find((one) => column === `${one}_sealed`);
        if (field) return [column, value && opened.get(String(row['id']))![field]];
        if (STAMPS.includes(column)) return [column, value !== null];
        if (column === 'settled') return [column, String(value).split(':').map(named)];
        return [column, named(plainValue(COLLECTIONS[collection]!.fields[column]?.type ?? 'string', value))];
      });
      rows.push({ ...Object.fromEntries(plain), hasKey: keyed.has(String(row['id'])) });
    }
  }
  // The mark beside a sealed value's mask is of its cipher, which is never the same twice.
  const unmarked = (collection: string, image: unknown): unknown => {
    const plain = named(plainValue('json', image)) as Record<string, unknown> | null;
    const sealed = sealedFieldsOf(collection).map(({ field }) => field);
    const shown = ([name, value]: [string, unknown]) => [
      name,
      sealed.includes(name) ? String(value).replace(/ #[0-9a-f]{8}$/u, ' #') : value,
    ];
    return plain && Object.fromEntries(Object.entries(plain).map(shown));
  };
  const all: Rows = await database('crm_audit').whereIn('collection', [...KINDS]);
  const entries = all.filter(({ item }) => labels.has(String(item)));
  const log = entries.map(({ collection, item, nth, action, before, after, user }) => ({
    collection,
    item: labels.get(String(item)),
    nth,
    action,
    before: unmarked(String(collection), before),
    after: unmarked(String(collection), after),
    user: labels.get(String(user)) ?? user,
  }));
  const sorted = (list: Rows): Rows =>
    list.toSorted((one, other) =>
      JSON.stringify([one['item'] ?? one['id'], one['nth']]) < JSON.stringify([other['item'] ?? other['id'], other['nth']]) ? -1 : 1,
    );
  return { rows: sorted(rows), log: sorted(log) };
}
