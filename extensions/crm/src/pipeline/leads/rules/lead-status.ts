import { accept, refuse, type Decision } from '../../../kernel/decision.ts';

export type LeadStatus = 'new' | 'qualified' | 'allocated' | 'following' | 'converted' | 'lost';

/** Leads that somebody still has to work: they make up a person's load (SAL-9). */
export const OPEN_STATUSES = ['new', 'qualified', 'allocated', 'following'] as const satisfies readonly LeadStatus[];

export const isOpen = (status: string): boolean => (OPEN_STATUSES as readonly string[]).includes(status);

/** A stored lead as far as its flow goes; sealed values stand as masks. */
export interface FlowingLead {
  status: LeadStatus;
  company_name?: string | null;
  contact_name?: string | null;
  phone?: string | null;
  email?: string | null;
  wechat?: string | null;
  grade?: string | null;
  owner?: string | null;
  lost_reason?: string | null;
  allocated_at?: unknown;
  last_activity_at?: unknown;
}

export type StatusReason =
  | 'name_missing'
  | 'contact_missing'
  | 'grade_missing'
  | 'lost_reason_missing'
  | 'only_allocation'
  | 'only_conversion'
  | 'is_converted'
  | 'begins_new'
  | 'converted_stays'
  | 'not_yet_qualified'
  | 'nobody_follows'
  | 'reopened_by_head'
  | 'not_back'
  | 'lost_reopens';

const isFilled = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** What of a lead has to be known before it counts as qualified: who it is, and one way to reach them (SAL-1). */
export function missingToQualify(lead: FlowingLead): Extract<StatusReason, 'name_missing' | 'contact_missing'> | null {
  if (!isFilled(lead.company_name) && !isFilled(lead.contact_name)) return 'name_missing';
  return [lead.phone, lead.email, lead.wechat].some(isFilled) ? null : 'contact_missing';
}

const isGraded = ({ grade }: FlowingLead): boolean => isFilled(grade);

/** What follows from the row by itself (SAL-1): with a grade, an allocated lead is allocated, and one that was worked is followed. */
export function advance(lead: FlowingLead): LeadStatus {
  if (!isGraded(lead) || !lead.owner) return lead.status;
  const isWorked = Boolean(lead.last_activity_at);
  if (lead.status === 'qualified' && isWorked) return 'following';
  if (lead.status === 'qualified' && lead.allocated_at) return 'allocated';
  return lead.status === 'allocated' && isWorked ? 'following' : lead.status;
}

export interface StatusChange {
  /** What the lead was; null for one that is entered now. */
  from: LeadStatus | null;
  /** The lead as it was written. */
  lead: FlowingLead;
  /** Heads, segment admins and system admins: they reopen what was lost. */
  mayReopen: boolean;
}

/**
 * Whether somebody may write this status (SAL-1), and what it is then. `allocated` comes from an allocation and
 * `converted` from a conversion only, never from writing the word (F7).
 */
export function decideStatus({ from, lead, mayReopen }: StatusChange): Decision<LeadStatus, StatusReason> {
  const to = lead.status;
  if (to === from) return accept(advance(lead));
  if (to === 'converted') return refuse('only_conversion');
  if (from === 'converted') return refuse('is_converted');
  if (to === 'lost') return isFilled(lead.lost_reason) ? accept('lost') : refuse('lost_reason_missing');
  if (from === 'lost') return decideReopening(lead, mayReopen);
  if (to === 'new') return from === null ? accept('new') : refuse('not_back');
  if (to === 'following' && from === null) return refuse('begins_new');
  const missing = missingToQualify(lead);
  if (missing) return refuse(missing);
  if (to === 'qualified') return from === null || from === 'new' ? accept(advance(lead)) : refuse('not_back');
  if (!lead.owner) return refuse(to === 'allocated' ? 'only_allocation' : 'nobody_follows');
  if (!isGraded(lead)) return refuse('grade_missing');
  if (to === 'allocated') return from !== 'following' && lead.allocated_at ? accept(advance(lead)) : refuse('only_allocation');
  return from === 'new' ? refuse('not_yet_qualified') : accept('following');
}

/** A lost lead comes back as one that is followed, or that waits for somebody. */
function decideReopening(lead: FlowingLead, mayReopen: boolean): Decision<LeadStatus, StatusReason> {
  if (!mayReopen) return refuse('reopened_by_head');
  if (lead.status !== 'qualified' && lead.status !== 'following') return refuse('lost_reopens');
  const missing = missingToQualify(lead);
  if (missing) return refuse(missing);
  if (lead.status === 'qualified') return accept(advance(lead));
  if (!lead.owner) return refuse('nobody_follows');
  return isGraded(lead) ? accept('following') : refuse('grade_missing');
}

/** What of a lead was filled in, as far as its flow asks for it. */
export interface Known {
  /** Whether it was known who it is and how to reach them. */
  qualified: boolean;
  graded: boolean;
  reasoned: boolean;
}

export const knownOf = (lead: FlowingLead): Known => ({
  qualified: !missingToQualify(lead),
  graded: isGraded(lead),
  reasoned: isFilled(lead.lost_reason),
});

/**
 * What a lead was asked for on its way stays (SAL-1): who it is and how to reach them once it is qualified, the grade once it is
 * allocated, the reason while it is lost. What was never there, of leads that a table brought, is not asked for here.
 */
export function emptied(before: Known, lead: FlowingLead): StatusReason | null {
  if (lead.status === 'new') return null;
  const now = knownOf(lead);
  if (lead.status === 'lost') return before.reasoned && !now.reasoned ? 'lost_reason_missing' : null;
  if (before.qualified && !now.qualified) return missingToQualify(lead);
  return lead.status !== 'qualified' && before.graded && !now.graded ? 'grade_missing' : null;
}

/** What keeps a lead from being given to somebody for the first time: its flow is received, qualified, graded, allocated (SAL-1, CUS-10). */
export function missingToAllocate(lead: FlowingLead): ('company_name' | 'phone' | 'grade')[] {
  const missing = lead.status === 'new' ? missingToQualify(lead) : null;
  return [
    ...(missing === 'name_missing' ? (['company_name'] as const) : missing ? (['phone'] as const) : []),
    ...(isGraded(lead) ? [] : (['grade'] as const)),
  ];
}

/** What a lead is once it has its owner: allocated where it is qualified and graded, else what it was, for its owner to find out. */
export function statusAfterAllocation(lead: FlowingLead): LeadStatus {
  const isReady = (lead.status === 'new' || lead.status === 'qualified') && !missingToAllocate(lead).length;
  return advance(isReady ? { ...lead, status: 'qualified', allocated_at: lead.allocated_at ?? true } : lead);
}
