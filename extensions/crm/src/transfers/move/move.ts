/** A customer, or a lead that is not of a customer yet, goes to another owner, with everything that hangs on it. */
export interface Move {
  root: 'crm_customers' | 'crm_leads';
  id: string;
  from: { segment: string; owner: string | null };
  to: { segment: string; owner: string };
  by: string | null;
  at: Date;
}

/** What was in the tree when it moved: keys by collection, the root among them. */
export type MovedRows = ReadonlyMap<string, ReadonlySet<string>>;
