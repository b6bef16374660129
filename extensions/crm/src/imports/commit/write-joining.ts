import { withVerified } from '../../customers/index.ts';
import type { Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { rowsById } from './columns.ts';
import type { Journal } from './image.ts';
import { WRITTEN, type OpenLine, type StagedRow, type Work } from './import-record.ts';
import { planContact } from './plan-contact.ts';
import { outOfReach } from './plan-line.ts';
import { contactsStanding, writeContacts, type ContactPlan } from './write-contacts.ts';

/** The line that brings a company, as it stands in this transaction. */
export type Leading = Pick<StagedRow, 'line' | 'verdict' | 'state' | 'item'>;

/** What became of a line of another contact: the customer it was added to, why not, or that a person says whether it is the stored one. */
export type Joined = { verdict: 'new' | 'update'; item: string } | { faults: RowFault[] } | 'suspect';

/**
 * Adds the contacts of lines that repeat a company to the customer that its first line has brought, in this chunk or an
 * earlier one. Of the customer itself such a line writes nothing: it says nothing that the first one does not.
 *
 * @param leading what this chunk has made of first lines.
 * @returns nothing for a line whose first line was not written: it waits.
 */
export async function writeJoining(
  work: Work,
  lines: readonly OpenLine[],
  leading: ReadonlyMap<number, Leading>,
  journal: Journal,
): Promise<Map<string, Joined>> {
  const { database, actor } = work;
  const joined = new Map<string, Joined>();
  const first = await firstLines(work, lines, leading);
  const customers = await rowsById(
    database,
    'crm_customers',
    [...first.values()].flatMap(({ item }) => item ?? []),
    { hold: true },
  );
  const standing = await contactsStanding(database, [...customers.keys()]);
  const plans: ContactPlan[] = [];
  for (const one of lines) {
    const { staged, content } = one;
    const company = first.get(staged.company_line!);
    if (company?.state !== 'done' || !company.item) continue;
    const customer = customers.get(company.item);
    const contact = content.values['crm_contacts'] ?? {};
    const over = planContact(work, one, contact, standing.get(company.item) ?? []);
    if (!customer || customer['status'] === 'merged' || !mayReach(actor, customer as unknown as Place))
      joined.set(staged.id, { faults: [outOfReach()] });
    else if (over === 'suspect') joined.set(staged.id, over);
    else if (Array.isArray(over)) joined.set(staged.id, { faults: over });
    else {
      joined.set(staged.id, { verdict: company.verdict === 'new' ? 'new' : 'update', item: company.item });
      const place: Place = { segment: customer['segment'] as string, owner: customer['owner'] as string | null };
      plans.push({
        line: staged.id,
        customer: company.item,
        place,
        values: withVerified('crm_contacts', contact, work.today),
        stored: over.stored,
      });
    }
  }
  if (!plans.length) return joined;
  const written = await writeContacts(work, plans, journal);
  // A line is written whole or not at all: a contact whose key is lost takes its line out (careful.ts).
  if (written.size < plans.length) throw forbidden();
  return joined;
}

async function firstLines(
  { database, record }: Work,
  lines: readonly OpenLine[],
  leading: ReadonlyMap<number, Leading>,
): Promise<Map<number, Leading>> {
  const wanted = new Set(lines.map(({ staged }) => staged.company_line!));
  const stored: Leading[] = await database(IMPORT_ROWS)
    .where({ import: record.id })
    .whereIn('line', [...wanted])
    .select('line', 'verdict', 'state', 'item');
  return new Map([...stored.map((row): [number, Leading] => [row.line, row]), ...leading]);
}

/**
 * The lines of a chunk that bring a company of which later lines bring more contacts: theirs is the main contact. They are a stretch
 * of the file, and named as one: for some hundred single numbers PostgreSQL rather reads the whole import (B7).
 */
export async function leadingLines({ database, record }: Work, lines: readonly OpenLine[]): Promise<Set<number>> {
  if (record.kind !== 'customers' || !lines.length) return new Set();
  const numbers = lines.map(({ staged }) => staged.line);
  const rows: Row[] = await database(IMPORT_ROWS)
    .where({ import: record.id, state: 'staged' })
    .whereIn('verdict', [...WRITTEN])
    .whereBetween('company_line', [Math.min(...numbers), Math.max(...numbers)])
    .whereIn('company_line', numbers)
    .distinct('company_line');
  return new Set(rows.map((row) => Number(row['company_line'])));
}
