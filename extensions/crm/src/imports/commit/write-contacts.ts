import { randomUUID } from 'node:crypto';
import { holdRows, recountCompleteness } from '../../customers/index.ts';
import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Place } from '../../segments/index.ts';
import type { Journal } from './image.ts';
import type { Work } from './import-record.ts';
import { settleMoved } from './settle-moved.ts';
import { insertRows, updateRows, type Update } from './write-rows.ts';

/** A contact of a line: below which customer, and over which row where it stands already. */
export interface ContactPlan {
  line: string;
  customer: string;
  place: Place;
  values: Row;
  stored: (Row & { id: string }) | null;
}

const CONTACTS = 'crm_contacts';
const CUSTOMERS = 'crm_customers';

/** The contacts of customers, held for the transaction unless `hold` says otherwise; archived ones are left alone. */
export async function contactsStanding(
  database: Knex,
  customers: readonly string[],
  { hold = true } = {},
): Promise<Map<string, (Row & { id: string })[]>> {
  const asked = database(CONTACTS)
    .whereIn('customer', [...new Set(customers)])
    .whereNot({ status: 'archived' })
    .orderBy('id');
  const rows: (Row & { id: string })[] = customers.length ? await (hold ? asked.forNoKeyUpdate() : asked) : [];
  return Map.groupBy(rows, ({ customer }) => String(customer));
}

/** What contacts and tags make of their customers; one that becomes active or a draft by it has an entry of its own. */
export const recountFor = (database: Knex, customers: readonly string[]): Promise<number> =>
  changeLog().around(database, CUSTOMERS, customers, () => recountCompleteness(database, { customers }, { demote: true }));

/**
 * Writes the contacts of a chunk. @returns the id of each line's contact; a line whose contact is sealed under a key that does
 * not open is not among them.
 *
 * @param settled customers of which is known already what their contacts make of them.
 */
export async function writeContacts(
  work: Work,
  plans: readonly ContactPlan[],
  journal: Journal,
  settled: ReadonlySet<string> = new Set(),
): Promise<Map<string, string>> {
  const { database } = work;
  const written = new Map<string, string>();
  const creations = plans.filter(({ stored }) => !stored).map((plan) => ({ ...plan, id: randomUUID() }));
  const updates = plans.filter(({ stored }) => stored);
  const former = updates.flatMap(({ stored }) => (typeof stored!['customer'] === 'string' ? [stored!['customer']] : []));
  const customers = [...new Set([...plans.map(({ customer }) => customer), ...former])].filter((id) => !settled.has(id));
  await holdRows(database, CUSTOMERS, customers);

  if (creations.length) {
    const rows = creations.map(({ id, customer, place, values }) => ({ ...values, ...place, id, customer }));
    const inserted = await insertRows(work, CONTACTS, rows);
    journal.saw(CONTACTS, inserted);
    for (const { line, id } of creations) {
      journal.note(line, CONTACTS, id, null);
      written.set(line, id);
    }
    await changeLog().created(
      database,
      CONTACTS,
      creations.map(({ id }) => id),
      inserted,
    );
  }
  if (updates.length) {
    const changes = updates.map(({ stored, values, customer, place }): Update => ({
      stored: stored!,
      values: placed(stored!, { ...values, customer }, place),
    }));
    const ids = changes.map(({ stored }) => stored.id);
    const unopened = await changeLog().around(database, CONTACTS, ids, async () => {
      const left = await updateRows(work, CONTACTS, changes);
      await settleMoved(
        work,
        CONTACTS,
        changes.filter(({ stored }) => !left.has(stored.id)),
      );
      return left;
    });
    for (const { line, stored } of updates) {
      if (unopened.has(stored!.id)) continue;
      journal.note(line, CONTACTS, stored!.id, stored);
      written.set(line, stored!.id);
    }
  }
  await keepOneMainContact(work, plans, written, journal);
  if (customers.length) await recountFor(database, customers);
  return written;
}

/** Segment and owner are written only where they change: what is the same is not the importer's to send. */
export const placed = (stored: Row, values: Row, place: Place): Row => ({
  ...values,
  ...(stored['segment'] === place.segment ? {} : { segment: place.segment }),
  ...(stored['owner'] === place.owner ? {} : { owner: place.owner }),
});

/** A customer has one main contact at most; the last line counts, as the latest choice does on the form. */
async function keepOneMainContact(
  work: Work,
  plans: readonly ContactPlan[],
  written: ReadonlyMap<string, string>,
  journal: Journal,
): Promise<void> {
  const chosen = new Map<string, { line: string; id: string }>();
  for (const { line, customer, values } of plans)
    if (values['is_primary'] === true && written.has(line)) chosen.set(customer, { line, id: written.get(line)! });
  if (!chosen.size) return;
  const { database } = work;
  const others = (rows: Knex.QueryBuilder) =>
    rows
      .whereIn('customer', [...chosen.keys()])
      .andWhere({ is_primary: true })
      .whereNotIn(
        'id',
        [...chosen.values()].map(({ id }) => id),
      );
  const standing: (Row & { id: string })[] = await others(database(CONTACTS));
  const own = new Set(written.values());
  for (const row of standing) if (!own.has(row.id)) journal.note(chosen.get(String(row['customer']))!.line, CONTACTS, row.id, row);
  const former = { is_primary: false };
  await updateLogged(database, CONTACTS, others, former);
  journal.changed(
    CONTACTS,
    standing.map(({ id }) => id),
    former,
  );
}
