import type { FlowingLead } from './lead-status.ts';

/** A lead with what a conversion takes over from it. */
export interface ConvertibleLead extends FlowingLead {
  title: string;
  segment: string;
  industry?: string | null;
  region?: string | null;
  needs?: string | null;
  source?: string | null;
  position?: string | null;
}

/** How the lead's contact is reached: clear values on the server's way to be sealed anew, masks in a preview. */
export type Means = Readonly<Record<'phone' | 'email' | 'wechat', string | null>>;

export interface Wish {
  name?: string | null | undefined;
  opportunity?:
    | false
    | {
        title?: string | null | undefined;
        needs?: string | null | undefined;
        amount?: number | string | null | undefined;
        expected_close_on?: string | null | undefined;
      }
    | null
    | undefined;
}

export interface ConversionPlan {
  customer: Record<string, unknown> & { name: string; kind: 'company' | 'person' };
  contact: (Record<string, unknown> & { name: string }) | null;
  opportunity: (Record<string, unknown> & { title: string }) | null;
}

const filled = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined && value !== ''));

/**
 * What a lead becomes in one step (SAL-1): a customer, the person behind it, an opportunity at the first stage. Without a company
 * the customer is the person.
 *
 * @param nameOf how a contact is called whose name nobody knows.
 * @returns null where neither the lead nor the caller says who it is.
 */
export function planConversion(
  lead: ConvertibleLead,
  means: Means,
  wish: Wish,
  nameOf: (customer: string) => string,
): ConversionPlan | null {
  const [company, person] = [lead.company_name?.trim(), lead.contact_name?.trim()];
  const name = wish.name?.trim() || company || person;
  if (!name) return null;
  const kind = company || name !== person ? 'company' : 'person';
  const { industry, region, grade, source, needs, position } = lead;
  const reached = filled(means);
  const wanted = wish.opportunity ?? {};
  return {
    customer: {
      name,
      kind,
      ...filled({ region, grade, source, needs, ...(kind === 'company' ? { industry } : { phone: means.phone }) }),
    },
    contact: person || Object.keys(reached).length ? { name: person || nameOf(name), ...filled({ position }), ...reached } : null,
    opportunity: wanted === false ? null : { ...filled({ needs, ...wanted }), title: wanted.title?.trim() || lead.title },
  };
}
