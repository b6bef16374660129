import { ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import * as filters from './filters.ts';
import { board, calendarByDueDay, table, type View } from './views.ts';
import { text, type Word } from './words.ts';

interface Bookmark {
  collection: string;
  name: Word;
  icon: string;
  view: View;
  filter: object | null;
}

/** Columns that only people above a single rep or a single segment need. */
interface Sight {
  owner: boolean;
  segment: boolean;
}

const SIGHT: Readonly<Record<RoleName, Sight>> = {
  sales_rep: { owner: false, segment: false },
  segment_admin: { owner: true, segment: false },
  segment_head: { owner: true, segment: false },
  group_executive: { owner: true, segment: true },
  system_admin: { owner: true, segment: true },
};

const place = ({ owner, segment }: Sight) => ({ ...(owner ? { owner: 120 } : {}), ...(segment ? { segment: 160 } : {}) });

const customers = (sight: Sight, sort: string) =>
  table(
    { name: 280, class: 100, grade: 100, status: 100, completeness: 120, last_activity_at: 140, next_due_on: 180, ...place(sight) },
    sort,
  );
const leads = (sight: Sight, sort: string) =>
  table(
    {
      title: 240,
      phone: 160,
      status: 110,
      company_name: 240,
      contact_name: 110,
      grade: 100,
      source: 150,
      date_created: 140,
      ...place(sight),
    },
    sort,
  );
const opportunities = (sight: Sight, sort: string) =>
  table({ title: 300, stage: 160, amount: 150, expected_close_on: 180, last_activity_at: 140, ...place(sight) }, sort);
const activities = (sight: Sight, sort: string) =>
  table({ subject: 300, type: 110, priority: 100, due_on: 180, done_at: 140, ...place(sight) }, sort);

/** Who reads the audit log; see seed/access. */
const READS_LOG: readonly RoleName[] = ['system_admin', 'segment_admin'];

/** Default view of a collection: which columns a role sees before it has chosen its own. */
function defaults(role: RoleName): Record<string, View> {
  const sight = SIGHT[role];
  const deals = { amount: 150, signed_on: 180, status: 110, customer: 260, ...place(sight) };
  return {
    crm_customers: customers(sight, '-last_activity_at'),
    // The number beside the name: on a phone only the first two columns are seen (Q11).
    crm_contacts: table({ name: 120, phone: 160, customer: 280, position: 140, is_decision_maker: 100, ...place(sight) }, 'name'),
    crm_leads: leads(sight, '-date_created'),
    crm_opportunities: opportunities(sight, '-date_created'),
    crm_activities: activities(sight, '-date_created'),
    crm_orders: table({ number: 180, ...deals }, '-signed_on'),
    crm_contracts: table({ number: 180, title: 240, ...deals }, '-signed_on'),
    ...PICKERS,
    ...(READS_LOG.includes(role) ? { crm_audit: table({ at: 180, user: 280, action: 120, collection: 180, item: 300 }, '-at') } : {}),
    directus_users:
      role === 'sales_rep'
        ? table({ first_name: 120, crm_position: 180, crm_team: 160 }, 'first_name')
        : table({ first_name: 120, crm_position: 180, email: 220, status: 110, last_access: 160, crm_segment: 160 }, '-last_access'),
  };
}

/** What the "choose" drawers of the forms show: without a view of the role they would list by uuid. */
const PICKERS: Record<string, View> = {
  crm_industries: table({ code: 100, name: 320, level: 120 }, 'code'),
  crm_regions: table({ full_name: 280, code: 120, level: 120 }, 'code'),
  crm_stages: table({ name: 180, outcome: 120 }, 'sort'),
  crm_tags: table({ name: 200, topic: 140 }, 'name'),
  crm_products: table({ name: 280, code: 140, unit: 80, price: 140 }, 'name'),
  crm_segments: table({ code: 100, name: 280 }, 'code'),
  crm_calendar_days: table({ day: 160, kind: 120, name: 160, source: 220 }, '-day'),
  crm_completeness_weights: table({ field: 220, weight: 100, segment: 200 }, '-weight'),
  crm_required_sets: table({ name: 200, class: 120, kind: 140, segment: 200 }, 'name'),
};

const WIDE_NAME: Readonly<Record<RoleName, Word>> = {
  sales_rep: 'crm-bookmark-1-my-customers',
  segment_admin: 'crm-bookmark-1-segment-customers',
  segment_head: 'crm-bookmark-1-segment-customers',
  group_executive: 'crm-bookmark-1-all-customers',
  system_admin: 'crm-bookmark-1-all-customers',
};

function leadBookmark(role: RoleName, sight: Sight): Bookmark[] {
  const list = leads(sight, '-date_created');
  if (role === 'sales_rep')
    return [{ collection: 'crm_leads', name: 'crm-bookmark-1-my-leads', icon: 'autorenew', view: list, filter: filters.FOLLOWED }];
  if (role === 'system_admin')
    return [{ collection: 'crm_leads', name: 'crm-bookmark-1-pool-leads', icon: 'waves', view: list, filter: filters.POOL }];
  return [{ collection: 'crm_leads', name: 'crm-bookmark-1-waiting-leads', icon: 'assignment_ind', view: list, filter: filters.WAITING }];
}

function ofLeaders(role: RoleName, sight: Sight): Bookmark[] {
  return [
    {
      collection: 'crm_activities',
      name: 'crm-bookmark-3-assigned-by-me',
      icon: 'outgoing_mail',
      view: activities(sight, '-date_created'),
      filter: filters.ASSIGNED_BY_ME,
    },
    {
      collection: 'directus_users',
      name: 'crm-bookmark-1-away',
      icon: 'person_off',
      view: defaults(role)['directus_users'] as View,
      filter: filters.AWAY,
    },
  ];
}

/** The bookmarks of a role. A head looks for people who stay away, an executive for what became of the work assigned. */
function bookmarks(role: RoleName): Bookmark[] {
  const sight = SIGHT[role];
  const isRep = role === 'sales_rep';
  return [
    {
      collection: 'crm_customers',
      name: WIDE_NAME[role],
      icon: 'domain',
      view: customers(sight, '-last_activity_at'),
      filter: isRep ? filters.MINE : filters.LIVING,
    },
    {
      collection: 'crm_customers',
      name: 'crm-bookmark-2-key-customers',
      icon: 'workspace_premium',
      // How complete they are is the order in which they are worked (CUS-5).
      view: customers(sight, '-completeness'),
      filter: filters.KEY,
    },
    {
      collection: 'crm_customers',
      name: 'crm-bookmark-3-untouched',
      icon: 'hourglass_bottom',
      view: customers(sight, 'last_activity_at'),
      filter: filters.UNTOUCHED,
    },
    {
      collection: 'crm_customers',
      name: 'crm-bookmark-4-to-complete',
      icon: 'edit_note',
      view: customers(sight, '-completeness'),
      filter: filters.DRAFTS,
    },
    ...leadBookmark(role, sight),
    // The whole group's open business would not fit on one board.
    sight.segment
      ? {
          collection: 'crm_opportunities',
          name: 'crm-bookmark-1-closing-board',
          icon: 'view_week',
          view: board,
          filter: filters.CLOSING,
        }
      : {
          collection: 'crm_opportunities',
          name: 'crm-bookmark-1-board',
          icon: 'view_week',
          view: board,
          // What was closed of late stands on it, too.
          filter: null,
        },
    {
      collection: 'crm_opportunities',
      name: 'crm-bookmark-2-closing',
      icon: 'event_upcoming',
      view: opportunities(sight, 'expected_close_on'),
      filter: filters.CLOSING,
    },
    {
      collection: 'crm_activities',
      name: 'crm-bookmark-1-open-tasks',
      icon: 'checklist',
      view: activities(sight, 'due_on'),
      filter: isRep ? filters.MY_UNDONE : filters.UNDONE,
    },
    {
      collection: 'crm_activities',
      name: 'crm-bookmark-2-calendar',
      icon: 'calendar_month',
      view: calendarByDueDay(),
      filter: filters.PLANNED,
    },
    ...(isRep ? [] : ofLeaders(role, sight)),
  ];
}

/** Rows of directus_presets for one role: always of that role, never of everybody (F46b). */
export function presetRows(role: RoleName): Record<string, unknown>[] {
  const base = { role: ROLE_IDS[role], user: null, search: null, refresh_interval: null, color: null };
  return [
    ...Object.entries(defaults(role)).map(([collection, view]) => ({
      ...base,
      collection,
      bookmark: null,
      icon: null,
      filter: null,
      ...view,
    })),
    ...bookmarks(role).map(({ collection, name, icon, view, filter }) => ({
      ...base,
      collection,
      bookmark: text(name),
      icon,
      filter,
      ...view,
    })),
  ];
}
