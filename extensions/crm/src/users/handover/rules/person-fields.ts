import { COLLECTIONS } from '../../../kernel/collections.ts';

/**
 * What becomes of a reference to somebody when their work is handed over (ACC-10, N5).
 * - `work`: what they own. Goes with the record it hangs on, by the first rule that fits.
 * - `post`: what they are named for at this moment. Goes to whoever the rule for everything names, where that person fits.
 * - `author`: who did or asked for something. Stays: history is not rewritten, and whoever asked never becomes its judge.
 * - `personal`: about the person, or theirs alone (targets, leave, log-ins, exports). Stays.
 * - `right`: what they may do. Goes with the log-in, by an access request, never to somebody else.
 * - `named`: a plan that names them. Stays, and the preview counts it: somebody has to look at it.
 */
export type Handling = 'work' | 'post' | 'author' | 'personal' | 'right' | 'named';

/** A reference that counts while its row is in one of these states only; in others it is history. */
export interface WhileOpen {
  field: string;
  states: readonly string[];
}

export interface PersonField {
  handling: Handling;
  open?: WhileOpen;
}

const OPEN_TRANSFER: WhileOpen = { field: 'state', states: ['requested', 'approved'] };

const of = (handling: Handling, ...fields: string[]): [string, PersonField][] => fields.map((field) => [field, { handling }]);

/** Stamps of the host, in every collection. */
const STAMPS: ReadonlySet<string> = new Set(['user_created', 'user_updated', 'uploaded_by', 'modified_by']);

/** Every field of the model that names a person. A new one fails a test until it stands here. */
export const PERSON_FIELDS: ReadonlyMap<string, PersonField> = new Map([
  ...of(
    'work',
    ...['crm_customers.owner', 'crm_contacts.owner', 'crm_customers_tags.owner', 'crm_leads.owner', 'crm_opportunities.owner'],
    ...['crm_stage_changes.owner', 'crm_activities.owner', 'crm_orders.owner', 'crm_order_lines.owner', 'crm_contracts.owner'],
    ...['crm_attachments.owner', 'crm_approvals.owner', 'crm_approval_decisions.owner', 'crm_transfers.owner', 'crm_allocations.owner'],
    'directus_files.owner',
  ),
  ...of(
    'post',
    ...['crm_teams.leader', 'crm_companies.project_owner', 'crm_lead_routes.user'],
    ...['crm_approval_steps.person', 'crm_approval_steps.delegate'],
  ),
  ...of(
    'author',
    ...['crm_stage_changes.changed_by', 'crm_activities.assigned_by', 'crm_activities.done_by'],
    ...['crm_approvals.requested_by', 'crm_approvals.decided_by', 'crm_approval_decisions.by', 'crm_approval_decisions.acting_for'],
    ...['crm_transfers.requested_by', 'crm_transfers.from_owner', 'crm_transfers.executed_by'],
    'crm_disputes.ruled_by',
    ...['crm_allocations.by', 'crm_allocations.from_owner', 'crm_allocations.to_owner'],
    ...['crm_access_requests.owner', 'crm_access_requests.requested_by', 'crm_access_requests.executed_by'],
    ...['crm_freezes.frozen_by', 'crm_freezes.approved_by', 'crm_freezes.thawed_by', 'crm_handovers.undone_by'],
    'crm_reset_links.made_by',
    ...['crm_faults.owner', 'crm_faults.solved_by', 'crm_reveals.user', 'crm_reveals.owner'],
    ...['crm_imports.owner', 'crm_imports.undone_by', 'crm_imports.sample_checked_by', 'crm_exports.owner'],
  ),
  ...of(
    'personal',
    ...['crm_targets.user', 'crm_targets.owner', 'crm_recent_records.user', 'crm_access_requests.user', 'crm_freezes.user'],
    ...['crm_handovers.from', 'crm_logins.user', 'crm_trips.owner', 'crm_leaves.owner'],
  ),
  ...of('right', 'crm_user_segments.crm_user', 'crm_sessions.user', 'crm_reset_links.user'),
  ['crm_disputes.owner', { handling: 'named', open: { field: 'state', states: ['open', 'referred'] } }],
  ['crm_transfers.to_owner', { handling: 'named', open: OPEN_TRANSFER }],
  ['crm_transfers.named_owner', { handling: 'named', open: OPEN_TRANSFER }],
]);

/** JSON of the model and of the host in which somebody's key can stand, and what of it counts. `null`: it never does, or is history. */
export const PERSON_JSON: ReadonlyMap<string, PersonField | null> = new Map([
  ['crm_customers.missing', null],
  ['crm_stages.required_fields', null],
  ['crm_stages.conditions', null],
  ['crm_required_sets.fields', null],
  ['crm_required_sets.contact_fields', null],
  ['crm_audit.before', null],
  ['crm_audit.after', null],
  ['crm_handovers.rules', null],
  ['crm_handovers.counts', null],
  ['crm_handovers.certificate', null],
  ['crm_imports.settings', null],
  ['crm_imports.sample_result', null],
  ['crm_exports.asked', null],
  ['crm_exports.fault', null],
  ['crm_approvals.asked', { handling: 'named', open: { field: 'state', states: ['pending'] } }],
  ...of('named', 'directus_presets.filter', 'directus_presets.layout_query', 'directus_presets.layout_options'),
  ...of('named', 'directus_panels.options', 'directus_flows.options', 'directus_operations.options', 'directus_versions.delta'),
  ...of('named', 'directus_permissions.permissions', 'directus_permissions.validation', 'directus_permissions.presets'),
  ...of('named', 'directus_fields.options', 'directus_fields.display_options', 'directus_fields.conditions', 'directus_fields.validation'),
]);

export const isStamp = (field: string): boolean => STAMPS.has(field);

/** A field that points at a person, as the running schema knows it. */
export interface FoundField {
  collection: string;
  field: string;
  /** What the host says of it beside its type. */
  special: readonly string[];
}

/** Of the model: what an administrator calls `crm_…` has neither our keys nor our rules. */
const isOurs = (collection: string): boolean => collection in COLLECTIONS;
const STAMPED = ['user-created', 'user-updated'];

/**
 * How a field is handled; those that an administrator added too: who stamps stays, any other field of a collection of the model names
 * somebody for something and goes on. Of the host's own and of collections that are not ours we only tell.
 */
export function handlingOf({ collection, field, special }: FoundField): PersonField {
  const known = PERSON_FIELDS.get(`${collection}.${field}`);
  if (known) return known;
  if (isStamp(field) || special.some((word) => STAMPED.includes(word))) return { handling: 'author' };
  if (isOurs(collection)) return { handling: 'post' };
  return { handling: collection.startsWith('directus_') && !field.startsWith('crm_') ? hostHandling(collection) : 'named' };
}

/** The host's own tables: what somebody may do, and what is theirs in the Studio. */
const RIGHTS = ['directus_access', 'directus_sessions'];
const AUTHORS = ['directus_comments', 'directus_versions', 'directus_shares', 'directus_dashboards', 'directus_panels', 'directus_flows'];

function hostHandling(collection: string): Handling {
  if (RIGHTS.includes(collection)) return 'right';
  return AUTHORS.includes(collection) || collection === 'directus_operations' ? 'author' : 'personal';
}
