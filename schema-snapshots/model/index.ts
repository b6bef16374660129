/** The whole model, in the order in which the installer creates it: what is pointed to comes before what points. */
import type { Collection, ForeignExtension } from '../define.ts';
import companies from './companies.ts';
import segments from './segments.ts';
import teams from './teams.ts';
import regions from './regions.ts';
import industries from './industries.ts';
import tags from './tags.ts';
import products from './products.ts';
import calendarDays from './calendar-days.ts';
import userSegments from './user-segments.ts';
import customers from './customers.ts';
import contacts from './contacts.ts';
import customersTags from './customers-tags.ts';
import leads from './leads.ts';
import stages from './stages.ts';
import opportunities from './opportunities.ts';
import stageChanges from './stage-changes.ts';
import activities from './activities.ts';
import orders from './orders.ts';
import orderLines from './order-lines.ts';
import contracts from './contracts.ts';
import targets from './targets.ts';
import attachments from './attachments.ts';
import approvalRules from './approval-rules.ts';
import approvalSteps from './approval-steps.ts';
import approvals from './approvals.ts';
import approvalDecisions from './approval-decisions.ts';
import transfers from './transfers.ts';
import disputes from './disputes.ts';
import allocations from './allocations.ts';
import leadRoutes from './lead-routes.ts';
import followUpPlans from './follow-up-plans.ts';
import recentRecords from './recent-records.ts';
import accessRequests from './access-requests.ts';
import freezes from './freezes.ts';
import handovers from './handovers.ts';
import handoverRows from './handover-rows.ts';
import logins from './logins.ts';
import { leaves, trips } from './absences.ts';
import faults from './faults.ts';
import requiredSets from './required-sets.ts';
import completenessWeights from './completeness-weights.ts';
import reveals from './reveals.ts';
import subjectKeys from './subject-keys.ts';
import fieldGrants from './field-grants.ts';
import audit from './audit.ts';
import auditBlocks from './audit-blocks.ts';
import imports from './imports.ts';
import importRows from './import-rows.ts';
import exportRecords from './exports.ts';
import resetLinks from './reset-links.ts';
import sessions from './sessions.ts';
import installState from './install-state.ts';
import users from './users.ts';
import files from './files.ts';

import { FOLDERS } from './folders.ts';

export { FOLDERS };

export const COLLECTIONS: Collection[] = [
  companies,
  segments,
  teams,
  regions,
  industries,
  tags,
  products,
  calendarDays,
  userSegments,
  customers,
  contacts,
  customersTags,
  leads,
  stages,
  opportunities,
  stageChanges,
  activities,
  orders,
  orderLines,
  contracts,
  targets,
  attachments,
  approvalRules,
  approvalSteps,
  approvals,
  approvalDecisions,
  transfers,
  disputes,
  allocations,
  leadRoutes,
  followUpPlans,
  recentRecords,
  accessRequests,
  freezes,
  handovers,
  handoverRows,
  logins,
  trips,
  leaves,
  faults,
  requiredSets,
  completenessWeights,
  reveals,
  fieldGrants,
  subjectKeys,
  audit,
  auditBlocks,
  imports,
  importRows,
  exportRecords,
  sessions,
  resetLinks,
  installState,
];

export const EXTENSIONS: ForeignExtension[] = [users, files];

export const MODEL = { collections: COLLECTIONS, extensions: EXTENSIONS, folders: FOLDERS };
