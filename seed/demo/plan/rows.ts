import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import type { RoleName } from '../../../extensions/crm/src/kernel/roles.ts';
import type { Day } from '../workdays.ts';

/** A row to be written: columns that stay away are NULL or the database's default. Instants are ISO texts in UTC. */
export type Fresh<T extends { id: string }> = Partial<T> & { id: string };

export type CompanyDraft = Fresh<Rows['crm_companies']>;
export type SegmentDraft = Fresh<Rows['crm_segments']>;
export type TeamDraft = Fresh<Rows['crm_teams']>;
export type ProductDraft = Fresh<Rows['crm_products']> & { name: string; unit: string; price: number };

type Owned<T extends { id: string; owner: string | null; segment: string }, K extends keyof T> = Fresh<T> &
  Pick<T, 'segment' | 'owner' | K>;

export type CustomerDraft = Owned<Rows['crm_customers'], 'name' | 'kind' | 'class' | 'status'> & { date_created: string };
export type ContactDraft = Owned<Rows['crm_contacts'], 'customer' | 'name'>;
export type LeadDraft = Owned<Rows['crm_leads'], 'title' | 'status'> & { date_created: string };
export type OpportunityDraft = Owned<Rows['crm_opportunities'], 'customer' | 'title' | 'stage'> & {
  date_created: string;
  stage_entered_at: string;
};
export type ActivityDraft = Owned<Rows['crm_activities'], 'type' | 'subject'> & { date_created: string };
export type DealDraft = Owned<Rows['crm_orders'], 'customer' | 'opportunity'>;

/** A person of the demo, before it becomes a row of directus_users. */
export interface Person {
  id: string;
  email: string;
  name: string;
  role: RoleName;
  /** Code of the home segment. */
  segment: string;
  managed: readonly string[];
  company: string;
  team: string | null;
  position: string;
  employeeNo: string;
  status: 'active' | 'suspended' | 'archived' | 'draft';
  lastAccess: string | null;
  joinedOn: Day;
}

/** Base rows that the demo points to, as they stand in the database: code or key → id. */
export interface Reference {
  regions: ReadonlyMap<string, string>;
  industries: ReadonlyMap<string, string>;
  stages: ReadonlyMap<string, string>;
  tags: readonly string[];
}
