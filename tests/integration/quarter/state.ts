import type { RoleName } from '../../../extensions/crm/src/kernel/roles.ts';

/** Who takes part: three reps, the head and the admin of segment a; group staff; two people of segment b. */
export interface Person {
  name: string;
  id: string;
  role: RoleName;
  home: string;
  manages: string[];
}

export interface Place {
  segment: string;
  owner: string | null;
}

export interface Customer extends Place {
  id: string;
  owner: string;
  createdOn: string;
  grade: string | null;
  /** What makes a customer complete: industry and region, needs, a contact with a post and a number. */
  has: { trade: boolean; needs: boolean; person: boolean };
}

export interface Lead extends Place {
  id: string;
  status: string;
  company: boolean;
  phone: boolean;
  grade: string | null;
  supplied: boolean;
  allocated: boolean;
  lost: boolean;
  customer: string | null;
  createdOn: string;
  /** Whom it was given to, and how. */
  given: { to: string; how: string; at: number }[];
}

export interface Deal {
  id: string;
  customer: string;
  stage: string;
  lostFrom: string | null;
  amount: number | null;
  needs: boolean;
  expected: boolean;
  lostReason: boolean;
  discount: number | null;
  approved: { percent: number; amount: number | null } | null;
  closedOn: string | null;
  createdOn: string;
  history: [from: string | null, to: string, kind: string][];
}

export interface Sale {
  id: string;
  deal: string;
  signed: boolean;
  cancelled: boolean;
}

export type Link = { at: 'customer' | 'lead' | 'deal'; id: string } | null;

export interface Work {
  id: string;
  type: string;
  link: Link;
  /** Where it stands if it hangs on nothing. */
  own: { segment: string; owner: string };
  assignedBy: string | null;
  assignment: 'requested' | 'accepted' | 'declined' | null;
  doneAt: number | null;
  doneBy: string | null;
  dueOn: string | null;
  plan: { id: string; asked: string } | null;
}

export interface Asked {
  id: string;
  kind: 'lead_allocation' | 'discount' | 'owner_transfer' | 'segment_transfer';
  about: NonNullable<Link>;
  /** What it is about besides: the transfer, or whom the lead goes to, or the discount. */
  item: string;
  to: string | null;
  percent: number | null;
  amount: number | null;
  state: string;
  by: string;
  /** How its record stood when it was asked. */
  seen: string;
}

export interface Transfer {
  id: string;
  customer: string;
  fromSegment: string;
  toSegment: string;
  toOwner: string | null;
  state: string;
  executedAt: number | null;
}

export interface Plan {
  id: string;
  grade: string | null;
  segment: string | null;
  type: string;
  every: number;
  ahead: number;
}

/** The whole little world as it should stand; the slow model keeps it, and knows nothing of the product's code. */
export class State {
  people: Person[] = [];
  segments = { a: '', b: '' };
  now = 0;
  needsApproval = false;
  /** What each segment gives without asking, in percent. */
  limits = new Map<string, number>();
  holidays = new Set<string>();
  extraDays = new Set<string>();
  plans: Plan[] = [];
  routes: string[] = [];
  customers = new Map<string, Customer>();
  leads = new Map<string, Lead>();
  deals = new Map<string, Deal>();
  sales = new Map<string, Sale>();
  work = new Map<string, Work>();
  asked = new Map<string, Asked>();
  transfers = new Map<string, Transfer>();

  person = (id: string | null): Person => this.people.find((one) => one.id === id)!;
  named = (name: string): Person => this.people.find((one) => one.name === name)!;

  /** The day in Shanghai, eight hours ahead of UTC the whole year. */
  day = (moment = this.now): string => new Date(moment + 8 * 3_600_000).toISOString().slice(0, 10);
  dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

  isWorkingDay(day: string): boolean {
    if (this.extraDays.has(day)) return true;
    const weekday = new Date(day).getUTCDay();
    return weekday !== 0 && weekday !== 6 && !this.holidays.has(day);
  }

  /** Where a record stands: everything below a customer stands where the customer stands. */
  placeOf(link: NonNullable<Link>): Place {
    if (link.at === 'customer') return this.customers.get(link.id)!;
    if (link.at === 'deal') return this.customers.get(this.deals.get(link.id)!.customer)!;
    const lead = this.leads.get(link.id)!;
    return lead.customer ? this.customers.get(lead.customer)! : lead;
  }

  placeOfWork = (work: Work): Place => (work.link ? this.placeOf(work.link) : work.own);

  /** Who sees what stands there (ORG-2, ORG-5, ORG-6). */
  sees({ id, role, home, manages }: Person, { segment, owner }: Place): boolean {
    if (role === 'system_admin' || role === 'group_executive') return true;
    if (role === 'sales_rep') return segment === home && owner === id;
    return manages.includes(segment);
  }

  works = ({ home, manages }: Person, segment: string): boolean => home === segment || manages.includes(segment);

  /** The switch is the one of segment a. */
  isCareful = (segment: string): boolean => this.needsApproval && segment === this.segments.a;

  /** Somebody of another segment is nobody at all to people of segments (ORG-2). */
  knows = (who: Person, other: Person): boolean =>
    ['system_admin', 'group_executive'].includes(who.role) || other.home === who.home || who.manages.includes(other.home);

  isActive = ({ has }: Customer): boolean => has.trade && has.needs && has.person;

  customerOf(link: Link): string | null {
    if (!link) return null;
    if (link.at === 'customer') return link.id;
    return link.at === 'deal' ? this.deals.get(link.id)!.customer : this.leads.get(link.id)!.customer;
  }

  workOn(link: NonNullable<Link>): Work[] {
    return [...this.work.values()].filter(
      (one) =>
        one.link &&
        ((one.link.at === link.at && one.link.id === link.id) || (link.at === 'customer' && this.customerOf(one.link) === link.id)),
    );
  }

  /** The last thing done, and the next one to do. */
  marks(link: NonNullable<Link>): { last: number | null; next: string | null } {
    const all = this.workOn(link);
    const done = all.flatMap(({ doneAt }) => (doneAt === null ? [] : [doneAt]));
    const due = all
      .filter(({ doneAt, assignment, dueOn }) => doneAt === null && assignment !== 'declined' && dueOn !== null)
      .map(({ dueOn }) => dueOn!);
    return { last: done.length ? Math.max(...done) : null, next: due.sort()[0] ?? null };
  }

  isSigned = (deal: string): boolean => [...this.sales.values()].some((sale) => sale.deal === deal && sale.signed && !sale.cancelled);

  /** A customer or lead gets another owner: what was answered of the work below is asked anew. */
  handOver(link: NonNullable<Link>, owner: string, segment?: string): void {
    const former = this.placeOf(link).owner;
    if (former !== owner)
      for (const work of this.workOn(link))
        if (work.doneAt === null && (work.assignment === 'accepted' || work.assignment === 'declined'))
          work.assignment = work.assignedBy === owner ? null : 'requested';
    const root = link.at === 'customer' ? this.customers.get(link.id)! : this.leads.get(link.id)!;
    root.owner = owner;
    if (segment) root.segment = segment;
  }

  voidAsked(test: (asked: Asked) => boolean): void {
    for (const one of this.asked.values()) if (one.state === 'pending' && test(one)) one.state = 'void';
  }

  /** Who may decide it now: never whoever asked; where nobody of the step is there it goes up (APR-1). */
  deciders({ kind, by, about }: Asked): Person[] {
    const { segment } = this.placeOf(about);
    const others = this.people.filter(({ id }) => id !== by);
    const manager = (role: RoleName) => others.filter((one) => one.role === role && one.manages.includes(segment));
    const staff = (role: RoleName) => others.filter((one) => one.role === role);
    const first =
      kind === 'segment_transfer'
        ? staff('system_admin')
        : [...manager('segment_head'), ...(kind === 'owner_transfer' ? manager('segment_admin') : [])];
    if (first.length) return first;
    return staff(kind === 'segment_transfer' ? 'group_executive' : 'system_admin');
  }
}
