import type { LeadPorts } from '../../pipeline/leads/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import type { Keys } from '../../platform/api/keys.ts';
import { findSubject, type Subject } from '../../privacy/index.ts';
import type { ImportPorts } from '../ports.ts';
import type { ImportStatus, SampleState } from '../rules/standing.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS, IMPORTS, type StagedContent } from '../staging.ts';
import type { FieldsOf } from './field-rights.ts';

export type { ImportStatus, SampleState };

/** A row of `crm_imports`, as far as this part works with it. */
export interface ImportRecord {
  id: string;
  kind: ImportKind;
  status: ImportStatus;
  segment: string;
  owner: string;
  file_name: string;
  settings: unknown;
  rows_total: number;
  rows_new: number;
  rows_updated: number;
  rows_known: number;
  rows_suspect: number;
  rows_faulty: number;
  rows_done: number;
  finished_at: unknown;
  undone_at: unknown;
  undone_by: string | null;
  sample_state: SampleState;
  sample_percent: number | null;
  sample_seed: string | null;
  sample_errors: number | null;
  sample_result: unknown;
  sample_checked_by: string | null;
  sample_checked_at: unknown;
}

/** A line of staging as it is stored. */
export interface StagedRow {
  id: string;
  import: string;
  line: number;
  row_key: string | null;
  verdict: 'new' | 'update' | 'known' | 'suspect' | 'error';
  matched_by: string | null;
  /** The earlier line whose company this one brings another contact of. */
  company_line: number | null;
  collection: string;
  item: string | null;
  state: 'staged' | 'skipped' | 'done' | 'undone' | 'kept';
  content: string | null;
  image_before: string | null;
  image_after: string | null;
}

/** A staged line with what it says. */
export interface OpenLine {
  staged: StagedRow;
  content: StagedContent;
}

/** What the rules want to know of a line: they decide before it is staged and again when it is written. */
export interface JudgedLine {
  staged: Pick<StagedRow, 'verdict' | 'matched_by' | 'company_line'>;
  content: Pick<StagedContent, 'values' | 'lookups' | 'masked'>;
}

/** Whoever commits a suspect as new, or over a certain row, has looked at it. */
export const CHOSEN = 'chosen';

/** One transaction of an import: who acts, with which keys, over which rows. */
export interface Work {
  database: Knex;
  schema: SchemaOverview;
  ring: Keyring;
  keys: Keys;
  clock: Clock;
  /** How leads are allocated (SAL-9). */
  leads: LeadPorts;
  /** What follows elsewhere from activities that were written. */
  afterActivities: ImportPorts['afterActivities'];
  now: Date;
  /** The business day of `now`. */
  today: string;
  /** The day it is in the segment. */
  localDay: string;
  actor: Actor;
  record: ImportRecord;
  subject: Subject;
  /** What the importer's stored rights let it send. */
  writable: FieldsOf;
  /** Whether giving a lead to somebody asks for an approval in the segment (SAL-10). */
  needsApproval: boolean;
  /** What rows bear until the batch is accepted; null where no sample is asked for. */
  mark: string | null;
}

/** Who judges lines, where and when: what a dry run knows of the world as well as a commit. */
export type Judging = Pick<Work, 'ring' | 'now' | 'today' | 'localDay' | 'actor' | 'writable' | 'needsApproval'> & {
  record: Pick<ImportRecord, 'kind' | 'segment'>;
};

export const loadImport = (database: Knex, id: string): Promise<ImportRecord | undefined> => database(IMPORTS).where({ id }).first();

/** The import, held for the length of the transaction. */
export const holdImport = (database: Knex, id: string): Promise<ImportRecord | undefined> =>
  database(IMPORTS).where({ id }).forNoKeyUpdate().first();

/** The key of the import, under which its lines are sealed. */
export async function subjectOfImport(database: Knex, ring: Keyring, id: string): Promise<Subject> {
  const subject = await findSubject(database, ring, { collection: IMPORTS, item: id });
  if (!subject.accepted) throw new Error(`The lines of import ${id} do not open: ${subject.reason}`);
  return subject.value;
}

/** Lines that were imported or are to be: everything else has nothing to write. */
export const WRITTEN = ['new', 'update'] as const;

export async function countLines(database: Knex, id: string, where: Row, verdicts: readonly string[]): Promise<number> {
  const [row] = await database(IMPORT_ROWS)
    .where({ import: id, ...where })
    .whereIn('verdict', [...verdicts])
    .count({ lines: '*' });
  return Number(row?.['lines'] ?? 0);
}
