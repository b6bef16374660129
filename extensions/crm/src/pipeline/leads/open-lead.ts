import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { openRows } from '../../privacy/index.ts';
import { mayReach } from '../../segments/index.ts';
import { LEADS, type LeadRow } from './lead-row.ts';
import { leadRefusal, statusRefusal } from './refuse.ts';
import { missingToQualify } from './rules/lead-status.ts';
import type { ConvertibleLead, Means } from './rules/plan-conversion.ts';

/** A stored lead that is about to be converted. */
export type OpenLead = LeadRow & ConvertibleLead & { converted_to: string | null };

const MEANS = ['phone', 'email', 'wechat'] as const;

/** Refuses a lead that the caller does not work; an executive only looks on (ORG-4). */
export function requireWorker(actor: Actor, lead: LeadRow | undefined): asserts lead is LeadRow {
  if (!lead || !mayReach(actor, lead) || actor.role === 'group_executive') throw forbidden();
}

/** Why a lead cannot be converted now, as a refusal, or null. */
export function whyNotConverted(lead: OpenLead, { language }: Actor): Error | null {
  if (lead.status === 'converted')
    return leadRefusal('already_converted', language, {}, { customer: lead.customer, opportunity: lead.converted_to });
  if (lead.status === 'lost') return leadRefusal('is_lost', language);
  if (!lead.owner) return leadRefusal('unallocated', language);
  const missing = lead.status === 'new' ? missingToQualify(lead) : null;
  return missing ? statusRefusal(missing, language) : null;
}

/**
 * How the lead's contact is reached, in clear: for the server's own way from one row to the next and for comparing, never for
 * anybody's eyes (SEC-5). Each value is sealed again under its new row before it is stored.
 */
export async function openMeans(database: Knex, ring: Keyring, lead: OpenLead, { language }: Actor): Promise<Means> {
  const row = lead as unknown as Row;
  const opened = (await openRows(database, ring, LEADS, [row])).get(lead.id);
  const values = MEANS.map((field) => {
    const value = opened?.[field] ?? null;
    // What does not open comes back as its cipher.
    if (value !== null && value === row[`${field}_sealed`]) throw leadRefusal('damaged', language);
    return [field, value] as const;
  });
  return Object.fromEntries(values) as Means;
}
