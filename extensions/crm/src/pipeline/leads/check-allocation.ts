import type { Language } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { belongsTo, loadPerson } from '../../segments/index.ts';
import type { LeadRow } from './lead-row.ts';
import { leadRefusal, missingRefusal } from './refuse.ts';
import { isOpen, missingToAllocate } from './rules/lead-status.ts';

/** Refuses where the lead is over, belongs to a customer, or is not qualified and graded yet (SAL-1). */
export function requireAllocatable(lead: LeadRow, language: Language): void {
  if (!isOpen(lead.status)) throw leadRefusal('closed', language);
  if (lead.customer) throw leadRefusal('in_tree', language);
  const missing = missingToAllocate(lead);
  if (missing.length) throw missingRefusal(missing, language);
}

/** Whoever is to own it works in the segment at this moment; held, so that nobody is frozen meanwhile. */
export async function requireCandidate(database: Knex, { segment }: LeadRow, user: string, language: Language): Promise<void> {
  await database('directus_users').where({ id: user }).forShare().first('id');
  const person = await loadPerson(database, user);
  if (!person || !belongsTo(person, segment)) throw leadRefusal('owner_not_in_segment', language);
}
