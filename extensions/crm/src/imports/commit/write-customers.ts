import { randomUUID } from 'node:crypto';
import { customerForesight, recountCompleteness } from '../../customers/index.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import type { Journal } from './image.ts';
import type { Work } from './import-record.ts';
import type { LinePlan } from './plan-line.ts';
import { noteLetGo } from './let-go.ts';
import { settleMoved } from './settle-moved.ts';
import { placed, recountFor, writeContacts, type ContactPlan } from './write-contacts.ts';
import { insertRows, updateRows } from './write-rows.ts';

const CUSTOMERS = 'crm_customers';
const TAGS = 'crm_customers_tags';

/**
 * Writes a chunk of customers with their contacts and tags, in the order in which a form would: the customer, its tags, its
 * contact, each with what follows from it (completeness, draft or active) and an entry of its own in the log.
 *
 * @returns the row of each line; a line that could not be written is not among them.
 */
export async function writeCustomers(work: Work, plans: readonly LinePlan[], journal: Journal): Promise<Map<string, string>> {
  const { database } = work;
  const written = new Map<string, string>();
  const creations = plans.filter(({ stored }) => !stored).map((plan): Creation => ({ ...plan, id: randomUUID() }));
  const becoming = await insertCustomers(work, creations, journal);
  for (const { staged, id } of creations) {
    journal.note(staged.id, CUSTOMERS, id, null);
    written.set(staged.id, id);
  }
  const updates = plans.filter(({ stored }) => stored);
  if (updates.length) {
    const unopened = await updateCustomers(work, updates, journal);
    for (const { staged, stored } of updates) if (!unopened.has(stored!.id)) written.set(staged.id, stored!.id);
  }
  const standing = plans.filter(({ staged }) => written.has(staged.id));
  const settled = new Set(creations.map(({ id }) => id));
  await writeTags(work, standing, written, journal, settled);
  const contacts = planContacts(standing, written);
  const reached = contacts.length ? await writeContacts(work, contacts, journal, settled) : new Map<string, string>();
  // A line is written whole or not at all: a contact whose key is lost takes its line out (careful.ts).
  if (reached.size < contacts.length) throw forbidden();
  if (becoming.length) {
    const active = { status: 'active' };
    await changeLog().around(database, CUSTOMERS, becoming, () => database(CUSTOMERS).whereIn('id', becoming).update(active));
    journal.changed(CUSTOMERS, becoming, active);
  }
  return written;
}

type Creation = LinePlan & { id: string };

/**
 * Inserts new customers with what will be counted of them once their tags and contacts stand.
 *
 * @returns those that become active by them: as on the form they are drafts until then.
 */
async function insertCustomers(work: Work, creations: readonly Creation[], journal: Journal): Promise<string[]> {
  const { database, schema } = work;
  if (!creations.length) return [];
  const { kind, class: group } = schema.collections[CUSTOMERS]!.fields;
  const defaults = { kind: kind!.defaultValue, class: group!.defaultValue };
  const foresee = await customerForesight(database);
  const becoming: string[] = [];
  const rows = creations.map(({ id, values, place, contact, tags }) => {
    const row = { ...defaults, ...values, ...place, id };
    const { statusAlone, status, ...counted } = foresee({ row, contacts: contact ? [contact] : [], tags: tags.length });
    if (status !== statusAlone) becoming.push(id);
    return { ...row, ...counted, status: statusAlone };
  });
  const stored = await insertRows(work, CUSTOMERS, rows);
  journal.saw(CUSTOMERS, stored);
  await changeLog().created(
    database,
    CUSTOMERS,
    creations.map(({ id }) => id),
    stored,
  );
  return becoming;
}

async function updateCustomers(work: Work, plans: readonly LinePlan[], journal: Journal): Promise<Set<string>> {
  const { database } = work;
  const ids = plans.map(({ stored }) => stored!.id);
  return changeLog().around(database, CUSTOMERS, ids, async () => {
    const changes = plans.map(({ stored, values, place }) => ({ stored: stored!, values: placed(stored!, values, place) }));
    const unopened = await updateRows(work, CUSTOMERS, changes);
    const moved = plans.flatMap(({ staged }, at) => (unopened.has(changes[at]!.stored.id) ? [] : [{ line: staged.id, ...changes[at]! }]));
    // The row that a line is about comes first in its journal.
    for (const { line, stored } of moved) journal.note(line, CUSTOMERS, stored.id, stored);
    await noteLetGo(database, moved, journal);
    await settleMoved(work, CUSTOMERS, moved);
    await recountCompleteness(database, { customers: ids }, { demote: true });
    return unopened;
  });
}

async function writeTags(
  work: Work,
  plans: readonly LinePlan[],
  written: ReadonlyMap<string, string>,
  journal: Journal,
  settled: ReadonlySet<string>,
): Promise<void> {
  const { database } = work;
  const tagged = plans.filter(({ tags }) => tags.length);
  if (!tagged.length) return;
  const customers = [...new Set(tagged.map(({ staged }) => written.get(staged.id)!))];
  const known: { customer: string; tag: string }[] = await database(TAGS).whereIn('customer', customers).select('customer', 'tag');
  const borne = new Set(known.map(({ customer, tag }) => `${customer}/${tag}`));
  const rows: (Row & { id: string })[] = [];
  for (const { staged, tags, place } of tagged) {
    const customer = written.get(staged.id)!;
    for (const tag of tags) {
      if (borne.has(`${customer}/${tag}`)) continue;
      borne.add(`${customer}/${tag}`);
      const row = { id: randomUUID(), customer, tag, ...place };
      journal.note(staged.id, TAGS, row.id, null);
      rows.push(row);
    }
  }
  if (!rows.length) return;
  const stored = await insertRows(work, TAGS, rows);
  journal.saw(TAGS, stored);
  const counted = [...new Set(rows.map((row) => String(row['customer'])))].filter((id) => !settled.has(id));
  if (counted.length) await recountFor(database, counted);
  await changeLog().created(
    database,
    TAGS,
    rows.map(({ id }) => id),
    stored,
  );
}

/** The contacts of the lines; of a company that is to have several the first line's is the main one, where none is yet. */
const planContacts = (plans: readonly LinePlan[], written: ReadonlyMap<string, string>): ContactPlan[] =>
  plans.flatMap(({ staged, contact, person, place, leads }) => {
    if (!contact) return [];
    const values = leads ? { ...contact, is_primary: true } : contact;
    return [{ line: staged.id, customer: written.get(staged.id)!, place, values, stored: person }];
  });
