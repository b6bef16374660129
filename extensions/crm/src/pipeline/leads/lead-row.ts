import type { Knex } from '../../platform/api/host.ts';
import type { FlowingLead, Known, LeadStatus } from './rules/lead-status.ts';

export const LEADS = 'crm_leads';

/** A stored lead as far as its flow goes; sealed values are masks here. */
export interface LeadRow extends FlowingLead {
  id: string;
  title: string;
  segment: string;
  owner: string | null;
  customer: string | null;
  region: string | null;
  source: string | null;
  /** Status and owner as the server last left them. */
  settled: string | null;
}

/** What a lead was before the write that is being judged. */
export interface Former {
  status: LeadStatus;
  owner: string | null;
}

/** What a routing depends on, besides the status. */
export const ROUTED_BY = ['region', 'grade', 'source'] as const;

/** What was seen just before a write, outside its transaction: a hint, never the authority. */
export interface Noted extends Former, Pick<LeadRow, (typeof ROUTED_BY)[number] | 'customer'> {
  /** What was filled in. */
  known: Known;
  /** Whether the write says who the owner is. */
  names: boolean;
  /** Whether it says to which customer the lead belongs. */
  joins: boolean;
}

export const toSettled = ({ status, owner }: Former): string => `${status}:${owner ?? ''}`;

export function fromSettled(text: string | null): Former | null {
  const [status, owner] = text?.split(':') ?? [];
  return status ? { status: status as LeadStatus, owner: owner || null } : null;
}

/** The lead, held to the end of the transaction: of two who change it at once the later one sees what the earlier one left. */
export const holdLead = (database: Knex, id: string): Promise<LeadRow | undefined> =>
  database(LEADS).where({ id }).forNoKeyUpdate().first();
