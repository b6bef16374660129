import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { eraseSubjects, indexColumn, isOfPerson, sealedColumn, sealedFieldsOf } from '../privacy/index.ts';
import type { Execution } from './rules/execution.ts';
import { CUSTOMERS } from './transfer-row.ts';

/** People beside the customer: whom to call, and whoever first asked. */
const OF_PEOPLE = ['crm_contacts', 'crm_leads'] as const;
/** What stands in clear of a contact and is nobody's business but theirs. */
const MORE: Readonly<Record<string, readonly string[]>> = { crm_contacts: ['hobbies'] };

/** Whose people: of a customer, or who asked by a lead that is of no customer. */
type Whose = { customer: string } | { lead: string };

const peopleOf = (whose: Whose): readonly (typeof OF_PEOPLE)[number][] => ('lead' in whose ? ['crm_leads'] : OF_PEOPLE);
const ofWhom = (query: Knex.QueryBuilder, whose: Whose): Knex.QueryBuilder =>
  query.where('lead' in whose ? { id: whose.lead } : { customer: whose.customer });
const columnsOf = (collection: string): string[] => [...sealedFieldsOf(collection).map(({ field }) => field), ...(MORE[collection] ?? [])];

/** The people of a customer whose numbers, mailboxes or habits are stored. */
const withPersonal = (query: Knex.QueryBuilder, collection: string): Knex.QueryBuilder =>
  query.andWhere((stored) => {
    for (const column of columnsOf(collection)) void stored.orWhereNotNull(column);
  });

/** What of people would pass to another company (PIPL art. 23). @param customer the customer itself, where it is one that goes. */
export async function personalIn(database: Knex, whose: Whose, customer: Row = {}): Promise<Execution['personal']> {
  let ofContacts = false;
  for (const collection of peopleOf(whose)) {
    const found: unknown[] = await withPersonal(ofWhom(database(collection), whose), collection)
      .limit(1)
      .pluck('id');
    ofContacts ||= found.length > 0;
  }
  return { ofContacts, isPerson: isOfPerson(CUSTOMERS, customer) };
}

/** The fields that pass, by name; for the record of the transfer. */
export const passedFields = (whose: Whose): string[] =>
  peopleOf(whose).flatMap((collection) => columnsOf(collection).map((field) => `${collection}.${field}`));

/**
 * Erases the contact details of people before what they belong to goes: names and positions stay, the rest goes with its keys, so
 * that no copy of it opens any more (Q8).
 */
export async function erasePersonal(database: Knex, whose: Whose): Promise<void> {
  for (const collection of peopleOf(whose)) {
    const sealed = sealedFieldsOf(collection).flatMap(({ field }) => [sealedColumn(field), indexColumn(field)]);
    const empty = Object.fromEntries([...columnsOf(collection), ...sealed].map((column) => [column, null]));
    const ids: string[] = await withPersonal(ofWhom(database(collection), whose), collection).pluck('id');
    await updateLogged(database, collection, (rows) => withPersonal(ofWhom(rows, whose), collection), empty);
    for (let at = 0; at < ids.length; at += CHUNK) await eraseSubjects(database, collection, ids.slice(at, at + CHUNK));
  }
}

const CHUNK = 500;
