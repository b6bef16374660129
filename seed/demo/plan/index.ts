import { createChance } from '../chance.ts';
import { SEGMENTS } from '../names/organisation.ts';
import type { Day } from '../workdays.ts';
import { planCustomerBase, type Judge } from './book.ts';
import { planDeals } from './deals.ts';
import { planFiles, type FileDraft } from './files.ts';
import { planGroup, segmentId } from './group.ts';
import { planLeadRoutes, settleLeads } from './lead-flow.ts';
import { LEADS_PER_SEGMENT, planPoolLeads, planSegmentLeads } from './leads.ts';
import { OPPORTUNITIES_PER_SEGMENT, planOpportunities } from './opportunities.ts';
import { leaversOf, planManagedSegments, planStaff, userId } from './staff.ts';
import { planTargets } from './targets.ts';
import type { Person, Reference } from './rows.ts';
import { planFollowUps } from './follow-ups.ts';
import { planRequests } from './requests.ts';
import type { ApprovalDraft } from './asked.ts';
import { keepLastActivity } from './upkeep.ts';
import { planWork } from './work.ts';

export type { Judge } from './book.ts';
export type { FileDraft } from './files.ts';
export type { Person, Reference } from './rows.ts';

export interface DemoPlan {
  staff: Person[];
  files: FileDraft[];
  approvals: readonly ApprovalDraft[];
  /** Rows by collection, in the order in which the foreign keys allow to write them. */
  rows: ReadonlyMap<string, readonly Record<string, unknown>[]>;
}

const SEED = 'group-crm demo';

/**
 * The whole demo group as data (contract.md, "Demo group"): the same day, base rows and rules give the same rows, byte
 * for byte. Nothing here reads a clock or a database.
 */
export function planDemo(today: Day, reference: Reference, judge: Judge): DemoPlan {
  const chance = createChance(SEED);
  const group = planGroup();
  const staff = planStaff(today, chance.branch('staff'));
  const { customers, contacts, tags } = planCustomerBase(staff, today, reference, judge, chance.branch('customers'));

  const leavers = leaversOf(staff, today);
  const books = SEGMENTS.map((plan, index) => {
    const own = customers.filter((customer) => customer.segment === segmentId(plan.code));
    const reps = [1, 2, 3].map((rep) => userId(`rep${rep}.${plan.code}`));
    const leads = planSegmentLeads(index * LEADS_PER_SEGMENT + 1, plan, {
      today,
      reference,
      reps,
      customers: own.filter(({ owner }) => !leavers.has(owner)),
      chance: chance.branch(`leads ${plan.code}`),
    });
    const opportunities = planOpportunities(index * OPPORTUNITIES_PER_SEGMENT + 1, {
      today,
      reference,
      plan,
      customers: own,
      leavers,
      chance: chance.branch(`opportunities ${plan.code}`),
    });
    const deals = planDeals(opportunities, plan, today, chance.branch(`deals ${plan.code}`));
    return {
      plan,
      customers: own,
      contacts: contacts.filter((contact) => contact.segment === segmentId(plan.code)),
      leads,
      opportunities,
      deals,
    };
  });
  const poolLeads = planPoolLeads(SEGMENTS.length * LEADS_PER_SEGMENT + 1, { today, reference, chance: chance.branch('pool') });

  const leads = [...books.flatMap((book) => book.leads), ...poolLeads];
  const opportunities = books.flatMap((book) => book.opportunities.map(({ opportunity }) => opportunity));
  const orders = books.flatMap(({ deals }) => deals.orders);
  const lines = books.flatMap(({ deals }) => deals.lines);
  const contracts = books.flatMap(({ deals }) => deals.contracts);
  const activities = planWork(books, staff, today, chance.branch('work'));
  activities.push(...planFollowUps({ customers, leads, opportunities, activities, staff }, today, chance.branch('follow-ups')));
  keepLastActivity({ customers, leads, opportunities }, activities);
  settleLeads(leads);
  const planned = books.flatMap((book) => book.opportunities);
  const requests = planRequests({ today, customers, contacts, leads, opportunities: planned });
  const papers = planFiles({ customers, contracts, orders, lines }, chance.branch('files'));

  return {
    staff,
    files: papers.files,
    approvals: requests.approvals,
    rows: new Map<string, readonly Record<string, unknown>[]>([
      ['crm_companies', group.companies],
      ['crm_segments', group.segments],
      ['crm_teams', group.teams],
      ['crm_products', group.products],
      ['crm_user_segments', planManagedSegments(staff)],
      // A parent organisation stands before the customers that point to it.
      ['crm_customers', [...customers.filter((row) => !row.parent), ...customers.filter((row) => row.parent)]],
      ['crm_contacts', contacts],
      ['crm_customers_tags', tags],
      ['crm_lead_routes', planLeadRoutes(reference)],
      ['crm_leads', leads],
      ['crm_opportunities', opportunities],
      ['crm_stage_changes', books.flatMap((book) => book.opportunities.flatMap(({ changes }) => changes))],
      ['crm_activities', activities],
      ['crm_orders', orders],
      ['crm_order_lines', lines],
      ['crm_contracts', contracts],
      ['crm_targets', planTargets(staff, today, chance.branch('targets'))],
      ['crm_attachments', papers.attachments],
      ['crm_transfers', requests.transfers],
      ['crm_disputes', requests.disputes],
      ['crm_exports', requests.exports],
      ['crm_approvals', requests.approvals],
      ['crm_approval_decisions', requests.decisions],
    ] as [string, readonly Record<string, unknown>[]][]),
  };
}
