// Generated from schema-snapshots/model by `node schema-snapshots/generate.ts`. Do not edit.
// Rows as the host reads them. A decimal is a number on SQLite and a string on PostgreSQL; dates are `YYYY-MM-DD`.

/** A decimal as the database gives it; `Number(value)` before computing. */
export type Decimal = number | string;

/** A row of `crm_companies`. */
export interface CompanyRow {
  id: string;
  name: string;
  short_name: string | null;
  project_owner: string | null;
  rules: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_segments`. */
export interface SegmentRow {
  id: string;
  code: string;
  name: string;
  company: string;
  timezone: string;
  allocation_needs_approval: boolean;
  lead_routing: boolean;
  discount_limit: Decimal | null;
  order_days: number;
  follow_up_days: number;
  follow_up_rule: 'rolling' | 'calendar_month';
  is_group_pool: boolean;
  active: boolean;
  reveal_notice_at: number | null;
  reveal_stop_at: number | null;
  import_sample_percent: number | null;
  import_error_limit: number | null;
  lock_minutes: number | null;
  idle_minutes: number | null;
  day_end: string | null;
  one_session: boolean;
  sort: number | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_teams`. */
export interface TeamRow {
  id: string;
  name: string;
  leader: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_regions`. */
export interface RegionRow {
  id: string;
  code: string;
  name: string;
  full_name: string;
  level: 'province' | 'city';
  parent: string | null;
  valid_from: string | null;
  valid_to: string | null;
}

/** A row of `crm_industries`. */
export interface IndustryRow {
  id: string;
  code: string;
  name: string;
  name_en: string | null;
  level: 'section' | 'division';
  parent: string | null;
  version: string;
  valid_from: string | null;
  valid_to: string | null;
}

/** A row of `crm_tags`. */
export interface TagRow {
  id: string;
  name: string;
  topic: 'need' | 'behaviour' | 'relation' | 'other' | null;
  color: string | null;
  active: boolean;
}

/** A row of `crm_products`. */
export interface ProductRow {
  id: string;
  name: string;
  code: string | null;
  unit: string | null;
  price: Decimal | null;
  active: boolean;
  segment: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_calendar_days`. */
export interface CalendarDayRow {
  id: string;
  day: string;
  kind: 'workday' | 'holiday';
  name: string | null;
  source: string | null;
}

/** A row of `crm_user_segments`. */
export interface ManagedSegmentRow {
  id: string;
  crm_user: string;
  crm_segment: string;
  is_home: boolean;
}

/** A row of `crm_customers`. */
export interface CustomerRow {
  id: string;
  status: 'draft' | 'active' | 'merged' | 'archived';
  completeness: number;
  missing: unknown;
  name: string;
  kind: 'company' | 'institution' | 'sole_trader' | 'person' | 'foreign';
  name_hint: 'not_legal_name' | null;
  industry: string | null;
  region: string | null;
  needs: string | null;
  class: 'key' | 'general' | 'potential';
  grade: 'A' | 'B' | 'C' | null;
  source: 'own' | 'company' | 'referral' | 'exhibition' | 'website' | 'phone' | 'tender' | 'other' | null;
  last_verified_on: string | null;
  cooperation_history: string | null;
  short_name: string | null;
  uscc: string | null;
  employees: number | null;
  annual_revenue: Decimal | null;
  phone: string | null;
  phone_sealed: string | null;
  phone_index: string | null;
  website: string | null;
  address: string | null;
  postcode: string | null;
  parent: string | null;
  owner: string;
  segment: string;
  last_activity_at: string | null;
  next_due_on: string | null;
  pending_import: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_contacts`. */
export interface ContactRow {
  id: string;
  name: string;
  position: string | null;
  phone: string | null;
  phone_sealed: string | null;
  phone_index: string | null;
  email: string | null;
  email_sealed: string | null;
  email_index: string | null;
  wechat: string | null;
  wechat_sealed: string | null;
  wechat_index: string | null;
  is_decision_maker: boolean;
  is_primary: boolean;
  customer: string;
  hobbies: string | null;
  last_verified_on: string | null;
  status: 'active' | 'archived';
  notes: string | null;
  owner: string;
  segment: string;
  pending_import: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_customers_tags`. */
export interface CustomerTagRow {
  id: string;
  customer: string;
  tag: string;
  segment: string;
  owner: string;
}

/** A row of `crm_leads`. */
export interface LeadRow {
  id: string;
  title: string;
  status: 'new' | 'qualified' | 'allocated' | 'following' | 'converted' | 'lost';
  company_name: string | null;
  contact_name: string | null;
  phone: string | null;
  phone_sealed: string | null;
  phone_index: string | null;
  region: string | null;
  lost_reason: string | null;
  needs: string | null;
  grade: 'A' | 'B' | 'C' | null;
  source: 'own' | 'company' | 'referral' | 'exhibition' | 'website' | 'phone' | 'tender' | 'other' | null;
  industry: string | null;
  position: string | null;
  email: string | null;
  email_sealed: string | null;
  email_index: string | null;
  wechat: string | null;
  wechat_sealed: string | null;
  wechat_index: string | null;
  customer: string | null;
  owner: string | null;
  segment: string;
  last_activity_at: string | null;
  next_due_on: string | null;
  allocated_at: string | null;
  converted_at: string | null;
  converted_to: string | null;
  settled: string | null;
  pending_import: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_stages`. */
export interface StageRow {
  id: string;
  key: string;
  name: string;
  outcome: 'open' | 'won' | 'lost';
  probability: number | null;
  color: string | null;
  required_fields: unknown;
  conditions: unknown;
  condition_text: string | null;
  active: boolean;
  sort: number;
  segment: string | null;
}

/** A row of `crm_opportunities`. */
export interface OpportunityRow {
  id: string;
  title: string;
  customer: string;
  stage: string;
  stage_reason: string | null;
  amount: Decimal | null;
  expected_close_on: string | null;
  needs: string | null;
  discount_percent: Decimal | null;
  discount_approved: Decimal | null;
  closed_on: string | null;
  lost_reason: string | null;
  owner: string;
  segment: string;
  stage_entered_at: string | null;
  last_activity_at: string | null;
  next_due_on: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_stage_changes`. */
export interface StageChangeRow {
  id: string;
  opportunity: string | null;
  from_stage: string | null;
  to_stage: string | null;
  changed_at: string;
  changed_by: string | null;
  kind: 'created' | 'forward' | 'back' | 'closed' | 'reopened' | 'reversal' | null;
  lasted_seconds: number | null;
  reason: string | null;
  segment: string;
  owner: string;
}

/** A row of `crm_activities`. */
export interface ActivityRow {
  id: string;
  type: 'call' | 'mail' | 'visit' | 'meeting' | 'message' | 'task' | 'no_change';
  customer: string | null;
  subject: string;
  notes: string | null;
  due_on: string | null;
  done_at: string | null;
  outcome: string | null;
  next_step: string | null;
  opportunity: string | null;
  lead: string | null;
  priority: 'high' | 'medium' | 'low';
  owner: string;
  assigned_by: string | null;
  assignment: 'requested' | 'accepted' | 'declined' | null;
  declined_reason: string | null;
  plan_key: string | null;
  done_by: string | null;
  segment: string;
  pending_import: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_orders`. */
export interface OrderRow {
  id: string;
  number: string | null;
  opportunity: string | null;
  customer: string | null;
  amount: Decimal | null;
  signed_on: string | null;
  status: 'open' | 'done' | 'cancelled';
  notes: string | null;
  owner: string;
  segment: string;
  pending_import: string | null;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_order_lines`. */
export interface OrderLineRow {
  id: string;
  product: string | null;
  name: string;
  quantity: Decimal | null;
  price: Decimal | null;
  amount: Decimal | null;
  order: string;
  sort: number | null;
  segment: string;
  owner: string;
}

/** A row of `crm_contracts`. */
export interface ContractRow {
  id: string;
  number: string | null;
  title: string | null;
  opportunity: string | null;
  customer: string | null;
  amount: Decimal | null;
  signed_on: string | null;
  status: 'draft' | 'signed' | 'ended' | 'cancelled';
  starts_on: string | null;
  ends_on: string | null;
  notes: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_targets`. */
export interface TargetRow {
  id: string;
  user: string;
  period: string;
  amount: Decimal;
  notes: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_attachments`. */
export interface AttachmentRow {
  id: string;
  file: string;
  name: string | null;
  customer: string | null;
  lead: string | null;
  opportunity: string | null;
  contract: string | null;
  order: string | null;
  segment: string;
  owner: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_approval_rules`. */
export interface ApprovalRuleRow {
  id: string;
  name: string;
  kind:
    | 'lead_allocation'
    | 'owner_transfer'
    | 'discount'
    | 'segment_transfer'
    | 'access_request'
    | 'freeze_system_admin'
    | 'trip'
    | 'leave'
    | 'export_over_limit';
  mode: 'any_of' | 'sequential';
  limit_days: number;
  escalate_to: 'segment_admin' | 'segment_head' | 'sales_rep' | 'group_executive' | 'system_admin' | null;
  active: boolean;
  segment: string | null;
}

/** A row of `crm_approval_steps`. */
export interface ApprovalStepRow {
  id: string;
  rule: string;
  by: 'role' | 'position' | 'person';
  role: 'segment_admin' | 'segment_head' | 'sales_rep' | 'group_executive' | 'system_admin' | null;
  position: string | null;
  person: string | null;
  delegate: string | null;
  sort: number;
  segment: string | null;
}

/** A row of `crm_approvals`. */
export interface ApprovalRow {
  id: string;
  kind:
    | 'lead_allocation'
    | 'owner_transfer'
    | 'discount'
    | 'segment_transfer'
    | 'access_request'
    | 'freeze_system_admin'
    | 'trip'
    | 'leave'
    | 'export_over_limit';
  state: 'pending' | 'approved' | 'rejected' | 'withdrawn' | 'void';
  title: string;
  requested_by: string | null;
  due_on: string | null;
  customer: string | null;
  opportunity: string | null;
  lead: string | null;
  reason: string | null;
  collection: string;
  item: string;
  asked: unknown;
  rule: string | null;
  step: number;
  version: number;
  escalated_at: string | null;
  decided_at: string | null;
  decided_by: string | null;
  owner: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_approval_decisions`. */
export interface ApprovalEntryRow {
  id: string;
  approval: string;
  at: string;
  by: string | null;
  acting_for: string | null;
  decision: 'requested' | 'approved' | 'rejected' | 'withdrawn' | 'commented' | 'escalated' | 'rerouted' | 'voided';
  step: number;
  comment: string | null;
  segment: string;
  owner: string | null;
}

/** A row of `crm_transfers`. */
export interface TransferRow {
  id: string;
  customer: string;
  to_segment: string;
  to_owner: string | null;
  reason: string;
  basis: 'consent' | 'contract' | 'law' | 'same_handler' | 'request_reason' | null;
  basis_note: string | null;
  with_contacts: boolean;
  state: 'requested' | 'approved' | 'executed' | 'followed' | 'rejected' | 'withdrawn';
  named_owner: string | null;
  requested_by: string | null;
  from_segment: string | null;
  from_owner: string | null;
  executed_by: string | null;
  executed_at: string | null;
  first_activity_at: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_disputes`. */
export interface DisputeRow {
  id: string;
  subject: string;
  about: 'customer' | 'lead' | 'opportunity';
  since: string | null;
  claim: string;
  state: 'open' | 'referred' | 'upheld' | 'dismissed' | 'withdrawn';
  ruling_reason: string | null;
  ruled_by: string | null;
  ruled_at: string | null;
  record: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_allocations`. */
export interface LeadAllocationRow {
  id: string;
  lead: string | null;
  at: string;
  by: string | null;
  from_owner: string | null;
  to_owner: string | null;
  how: 'routed' | 'by_hand' | 'approved';
  open_leads: number | null;
  reason: string | null;
  segment: string;
  owner: string | null;
}

/** A row of `crm_lead_routes`. */
export interface LeadRegionRow {
  id: string;
  region: string | null;
  user: string;
  most_open: number | null;
  active: boolean;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_follow_up_plans`. */
export interface FollowUpPlanRow {
  id: string;
  name: string;
  class: 'key' | 'general' | 'potential' | null;
  grade: 'A' | 'B' | 'C' | null;
  type: 'call' | 'mail' | 'visit' | 'meeting' | 'message' | 'task' | 'no_change';
  subject: string;
  every_days: number;
  ahead_days: number;
  priority: 'high' | 'medium' | 'low';
  active: boolean;
  segment: string | null;
}

/** A row of `crm_recent_records`. */
export interface RecentlyOpenedRow {
  id: string;
  user: string;
  collection: string;
  item: string;
  at: string;
}

/** A row of `crm_access_requests`. */
export interface AccessRequestRow {
  id: string;
  kind: 'open' | 'close' | 'move' | 'rights' | 'freeze' | 'thaw';
  user: string | null;
  effective_on: string;
  reason: string;
  handling: string | null;
  last_name: string | null;
  first_name: string | null;
  user_email: string | null;
  employee_no: string | null;
  to_role: 'segment_admin' | 'segment_head' | 'sales_rep' | 'group_executive' | 'system_admin' | null;
  to_segment: string | null;
  to_company: string | null;
  to_team: string | null;
  to_position: string | null;
  form_file: string | null;
  other_file: string | null;
  state: 'requested' | 'approved' | 'executed' | 'rejected' | 'withdrawn';
  due_on: string | null;
  escalated_at: string | null;
  requested_by: string | null;
  executed_by: string | null;
  executed_at: string | null;
  owner: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_freezes`. */
export interface FreezeRow {
  id: string;
  user: string;
  state: 'pending' | 'frozen' | 'thawed' | 'refused';
  reason: string;
  until: string | null;
  frozen_by: string | null;
  frozen_at: string | null;
  approved_by: string | null;
  early: boolean;
  form_due_on: string | null;
  escalated_at: string | null;
  access_request: string | null;
  thawed_by: string | null;
  thawed_at: string | null;
  thaw_reason: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_handovers`. */
export interface HandOverRow {
  id: string;
  from: string;
  state: 'running' | 'done' | 'undoing' | 'undone';
  reason: string | null;
  moved: number;
  spared: number;
  undo_until: string | null;
  finished_at: string | null;
  rules: unknown;
  counts: unknown;
  certificate: unknown;
  certificate_hash: string | null;
  undone_at: string | null;
  undone_by: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_handover_rows`. */
export interface HandOverRowRow {
  id: string;
  handover: string;
  rule: number | null;
  collection: string;
  item: string;
  field: string;
  before: string | null;
  after: string | null;
  state: 'planned' | 'done' | 'undone' | 'kept' | 'left';
}

/** A row of `crm_logins`. */
export interface LogInRow {
  id: string;
  at: string;
  user: string | null;
  kind: 'success' | 'failure' | 'use' | 'refused';
  day: string;
  address: string | null;
  device: string | null;
  provider: string | null;
  attempts: number | null;
  segment: string;
}

/** A row of `crm_trips`. */
export interface BusinessTripRow {
  id: string;
  from_on: string;
  to_on: string;
  destination: string;
  reason: string | null;
  state: 'requested' | 'approved' | 'rejected' | 'withdrawn';
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_leaves`. */
export interface LeaveRow {
  id: string;
  from_on: string;
  to_on: string;
  kind: 'annual' | 'sick' | 'personal' | 'family' | 'other_leave';
  reason: string | null;
  state: 'requested' | 'approved' | 'rejected' | 'withdrawn';
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_faults`. */
export interface FaultRow {
  id: string;
  title: string;
  what: string | null;
  state: 'new_fault' | 'in_work' | 'solved' | 'closed';
  answer: string | null;
  error_text: string | null;
  attempts: number | null;
  page: string | null;
  device: string | null;
  solved_at: string | null;
  solved_by: string | null;
  owner: string | null;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_required_sets`. */
export interface RequiredSetRow {
  id: string;
  name: string | null;
  class: 'key' | 'general' | 'potential' | null;
  kind: 'company' | 'institution' | 'sole_trader' | 'person' | 'foreign' | null;
  fields: unknown;
  contact_fields: unknown;
  segment: string | null;
}

/** A row of `crm_completeness_weights`. */
export interface CompletenessWeightRow {
  id: string;
  field: string;
  weight: number;
  segment: string | null;
}

/** A row of `crm_reveals`. */
export interface RevealRow {
  id: string;
  at: string;
  user: string | null;
  collection: string;
  item: string;
  field: string;
  reason: string | null;
  purpose: string;
  day: string;
  count: number;
  owner: string | null;
  segment: string;
}

/** A row of `crm_field_grants`. */
export interface FieldGrantRow {
  id: string;
  collection: string;
  field: string;
  role: 'system_admin' | 'group_executive' | 'segment_head' | 'segment_admin' | 'sales_rep';
  can_read: boolean;
  can_create: boolean;
  can_update: boolean;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_subject_keys`. */
export interface SubjectKeyRow {
  id: string;
  collection: string;
  item: string;
  key_id: string;
  key: string | null;
  date_created: string | null;
}

/** A row of `crm_audit`. */
export interface AuditEntryRow {
  id: string;
  at: string;
  user: string | null;
  acting_for: string | null;
  action: string;
  collection: string;
  item: string | null;
  nth: number;
  segment: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  origin: 'request' | 'job' | 'server' | 'command';
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  key: string | null;
  mac: string | null;
  block: number | null;
}

/** A row of `crm_audit_blocks`. */
export interface AuditBlockRow {
  id: string;
  number: number;
  kind: 'rows' | 'purge';
  previous: string | null;
  hash: string;
  rows: number;
  first_at: string | null;
  last_at: string | null;
  sealed_at: string;
  contents: string | null;
  key: string | null;
  mac: string | null;
}

/** A row of `crm_imports`. */
export interface ImportRow {
  id: string;
  file_name: string;
  kind: 'customers' | 'contacts' | 'leads' | 'activities' | 'orders';
  status: 'uploaded' | 'checked' | 'importing' | 'undoing' | 'interrupted' | 'imported' | 'stopped' | 'undone';
  sample_state: 'not_needed' | 'waiting' | 'accepted' | 'returned';
  file_hash: string;
  file_bytes: number;
  settings: unknown;
  rows_total: number;
  rows_new: number;
  rows_updated: number;
  rows_known: number;
  rows_suspect: number;
  rows_faulty: number;
  rows_done: number;
  finished_at: string | null;
  undone_at: string | null;
  undone_by: string | null;
  sample_percent: number | null;
  sample_seed: string | null;
  sample_errors: number | null;
  sample_result: unknown;
  sample_checked_by: string | null;
  sample_checked_at: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_import_rows`. */
export interface ImportRowRow {
  id: string;
  import: string;
  line: number;
  company_line: number | null;
  row_key: string | null;
  verdict: 'new' | 'update' | 'known' | 'suspect' | 'error';
  matched_by: string | null;
  collection: string | null;
  item: string | null;
  state: 'staged' | 'skipped' | 'done' | 'undone' | 'kept';
  content: string | null;
  image_before: string | null;
  image_after: string | null;
}

/** A row of `crm_exports`. */
export interface ExportRow {
  id: string;
  file_name: string;
  collection: string;
  status: 'running' | 'done' | 'stopped' | 'failed' | 'asked' | 'approved' | 'rejected';
  rows_total: number;
  reason: string | null;
  expires_at: string | null;
  format: 'csv' | 'xlsx' | 'json';
  rows_done: number;
  asked: unknown;
  fault: unknown;
  approved_rows: number | null;
  start_by: string | null;
  started_at: string | null;
  wish: string | null;
  owner: string;
  segment: string;
  date_created: string | null;
  user_created: string | null;
  date_updated: string | null;
  user_updated: string | null;
}

/** A row of `crm_sessions`. */
export interface SessionRow {
  id: string;
  session: string;
  user: string | null;
  seen_at: string;
  locked_at: string | null;
  ended_at: string | null;
  wrong: number;
}

/** A row of `crm_reset_links`. */
export interface ResetLinkRow {
  id: string;
  hash: string;
  user: string;
  made_by: string | null;
  given_by: 'admin' | 'form' | 'command' | null;
  made_at: string;
  expires_at: string;
  used_at: string | null;
}

/** A row of `crm_install_state`. */
export interface InstallationStateRow {
  id: string;
  key: string;
  value: string | null;
  hash: string | null;
}

/** The row type behind a collection name. */
export interface Rows {
  crm_companies: CompanyRow;
  crm_segments: SegmentRow;
  crm_teams: TeamRow;
  crm_regions: RegionRow;
  crm_industries: IndustryRow;
  crm_tags: TagRow;
  crm_products: ProductRow;
  crm_calendar_days: CalendarDayRow;
  crm_user_segments: ManagedSegmentRow;
  crm_customers: CustomerRow;
  crm_contacts: ContactRow;
  crm_customers_tags: CustomerTagRow;
  crm_leads: LeadRow;
  crm_stages: StageRow;
  crm_opportunities: OpportunityRow;
  crm_stage_changes: StageChangeRow;
  crm_activities: ActivityRow;
  crm_orders: OrderRow;
  crm_order_lines: OrderLineRow;
  crm_contracts: ContractRow;
  crm_targets: TargetRow;
  crm_attachments: AttachmentRow;
  crm_approval_rules: ApprovalRuleRow;
  crm_approval_steps: ApprovalStepRow;
  crm_approvals: ApprovalRow;
  crm_approval_decisions: ApprovalEntryRow;
  crm_transfers: TransferRow;
  crm_disputes: DisputeRow;
  crm_allocations: LeadAllocationRow;
  crm_lead_routes: LeadRegionRow;
  crm_follow_up_plans: FollowUpPlanRow;
  crm_recent_records: RecentlyOpenedRow;
  crm_access_requests: AccessRequestRow;
  crm_freezes: FreezeRow;
  crm_handovers: HandOverRow;
  crm_handover_rows: HandOverRowRow;
  crm_logins: LogInRow;
  crm_trips: BusinessTripRow;
  crm_leaves: LeaveRow;
  crm_faults: FaultRow;
  crm_required_sets: RequiredSetRow;
  crm_completeness_weights: CompletenessWeightRow;
  crm_reveals: RevealRow;
  crm_field_grants: FieldGrantRow;
  crm_subject_keys: SubjectKeyRow;
  crm_audit: AuditEntryRow;
  crm_audit_blocks: AuditBlockRow;
  crm_imports: ImportRow;
  crm_import_rows: ImportRowRow;
  crm_exports: ExportRow;
  crm_sessions: SessionRow;
  crm_reset_links: ResetLinkRow;
  crm_install_state: InstallationStateRow;
}
