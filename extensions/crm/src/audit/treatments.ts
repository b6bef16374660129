import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { SchemaOverview } from '../platform/api/host.ts';
import type { Treatment } from './rules/image.ts';

/** Columns that the server counts from other rows, and the host's stamps: the entry itself says who and when. */
const DERIVED = new Set([
  ...[
    'completeness',
    'missing',
    'name_hint',
    'last_activity_at',
    'next_due_on',
    'stage_entered_at',
    'pending_import',
    'settled',
    'allocated_at',
  ],
  ...['date_created', 'user_created', 'date_updated', 'user_updated', 'uploaded_on', 'modified_on', 'modified_by'],
]);

/** Of a person the log keeps who it is, what may be done and where; secrets leave a mark that tells their change only. */
const OF_PEOPLE: Readonly<Record<string, Treatment>> = {
  ...plain('id', 'email', 'first_name', 'last_name', 'title', 'description', 'role', 'status', 'provider', 'external_identifier'),
  ...plain('crm_segment', 'crm_company', 'crm_team', 'crm_employee_no', 'crm_position'),
  password: 'mark',
  token: 'mark',
  tfa_secret: 'mark',
};

const OF_FILES = plain('id', 'title', 'description', 'filename_download', 'type', 'filesize', 'folder', 'segment', 'owner', 'uploaded_by');

/** What people say of a record stands in the host's own revisions; here that it changed, and who is meant. */
const OF_COMMENTS: Readonly<Record<string, Treatment>> = { ...plain('id', 'collection', 'item'), comment: 'mask' };

/** Keys of another segment's rows and people, and words about them, which whoever reads the log here does not read there (ORG-2, CUS-13). */
const FOREIGN = new Set(['crm_disputes.record', 'crm_transfers.named_owner', 'crm_transfers.basis', 'crm_transfers.basis_note']);

const SECRET = /secret|token|password|license|api_?key|_key$|auth_data|credential/i;
/** What of the host's other collections may hold secrets of others: headers of web hooks, addresses, tokens. */
const OPAQUE = new Set(['directus_flows.options', 'directus_operations.options']);
const NOT_SHOWN = ['hash', 'conceal', 'encrypt'];

function plain(...names: string[]): Record<string, Treatment> {
  return Object.fromEntries(names.map((name) => [name, 'plain' as const]));
}

/** How each column of a collection goes into the log. Columns without a word here are treated by their name and kind. */
export function treatmentOf(collection: string, column: string, schema: SchemaOverview | null): Treatment {
  if (/_(sealed|index)$/.test(column)) return 'none';
  if (collection === 'directus_users' && !(column in EXTENDED['directus_users']!.fields)) return OF_PEOPLE[column] ?? 'none';
  if (collection === 'directus_files') return OF_FILES[column] ?? 'none';
  if (collection === 'directus_comments') return OF_COMMENTS[column] ?? 'none';
  if (collection.startsWith('directus_')) return SECRET.test(column) || OPAQUE.has(`${collection}.${column}`) ? 'mark' : 'plain';
  if (FOREIGN.has(`${collection}.${column}`)) return 'mark';
  if (DERIVED.has(column)) return 'none';
  const field = COLLECTIONS[collection]?.fields[column];
  if (field) return field.sealed || field.personal ? 'mask' : 'plain';
  const special: readonly string[] = schema?.collections[collection]?.fields[column]?.special ?? [];
  return special.some((word) => NOT_SHOWN.includes(word)) ? 'mark' : 'plain';
}
