import type { Delimiter } from '../rules/find-delimiter.ts';
import type { FileFault } from '../rules/file-fault.ts';
import type { ColumnPlan } from '../rules/guess-mapping.ts';
import type { ImportStatus, SampleState } from '../rules/standing.ts';
import type { ImportKind } from '../rules/targets.ts';
import type { Encoding } from '../rules/survey-encoding.ts';
import type { Crowded } from '../check/tried-numbers.ts';
import { openValue, sealValue, type Subject } from '../../privacy/index.ts';

/** A row of `crm_imports`, as far as this slice asks for it by name. */
export interface ImportRow {
  id: string;
  file_name: string;
  kind: ImportKind;
  status: ImportStatus;
  sample_state: SampleState;
  file_hash: string;
  file_bytes: number;
  /** JSON; what stands sealed in it is told by `readingOf`. */
  settings: unknown;
  rows_total: number;
  rows_new: number;
  rows_updated: number;
  rows_known: number;
  rows_suspect: number;
  rows_faulty: number;
  rows_done: number;
  finished_at: Date | string | number | null;
  undone_at: Date | string | number | null;
  undone_by: string | null;
  sample_percent: number | string | null;
  sample_seed: string | null;
  sample_errors: number | null;
  owner: string;
  segment: string;
  date_created: Date | string | number;
  date_updated: Date | string | number | null;
}

/** Why a file was not read, or not to its end. */
export type ReadingFault = FileFault | { reason: 'rights_changed' | 'file_gone' | 'failed' | 'died_often'; values?: FileFault['values'] };

/** What was found in a file. */
export interface Found {
  type: 'csv' | 'xlsx';
  encoding?: Encoding;
  delimiter?: Delimiter;
  sheet?: string;
  sheets?: { name: string; hidden: boolean }[];
  /** Whether the bytes leave no doubt about the encoding. */
  certain: boolean;
  header_line: number;
  /** Rows that the spreadsheet hides; known once all are read. */
  hidden_rows?: number;
  plan: ColumnPlan[];
}

/**
 * How a file is read: what the user said and what was found. Headings and names of sheets can be anything, where a file
 * has none of its own even the first person in it, so all of it is sealed (SEC-1).
 */
export interface Reading {
  choice: { encoding?: Encoding; delimiter?: Delimiter; sheet?: string; header_line?: number };
  /** The keyed fingerprint of the file for each key there was when it came: the active one stands in `file_hash`. */
  fingerprints: string[];
  /** What the user said about headings of this file. */
  choices: [header: string, target: string | null][];
  /** What the user said about single columns, from 0. */
  byColumn: [column: number, target: string | null][];
  found: Found | null;
  /** Numbers of which the importer has tried too many out (check/tried-numbers.ts). */
  crowded?: Crowded;
  fault: ReadingFault | null;
}

export const FRESH: Reading = { choice: {}, fingerprints: [], choices: [], byColumn: [], found: null, fault: null };

interface Settings {
  /** The sealed `Reading`. */
  reading?: string;
  /** The reading ended with a fault: nobody takes it up again. */
  ended?: boolean;
  /** Readings that were begun, one after the other, and got no further than those before; and how far that was. */
  attempts?: number;
  furthest?: number;
}

const PLACE = 'settings/reading';

const parsed = (settings: unknown): Settings => {
  const value: unknown = typeof settings === 'string' ? JSON.parse(settings) : settings;
  return typeof value === 'object' && value !== null ? value : {};
};

/** The column `settings` with a new reading in it; whatever else stands there stays. */
export const withReading = (settings: unknown, subject: Subject, reading: Reading): string =>
  JSON.stringify({ ...parsed(settings), reading: sealValue(subject, PLACE, JSON.stringify(reading)), ended: reading.fault !== null });

/** What the row says about its reading; the beginning of one where its key is gone. */
export function readingOf({ settings }: Pick<ImportRow, 'settings'>, subject: Subject): Reading {
  const sealed = parsed(settings).reading;
  const opened = sealed ? openValue(subject, PLACE, sealed) : null;
  return opened?.accepted ? { ...FRESH, ...(JSON.parse(opened.value) as Reading) } : FRESH;
}

/** So many readings may die at the same place, with the process that they ran in. */
const MOST_ATTEMPTS = 3;

/**
 * The column `settings` with one more reading begun, by what the one before has left (F33): a file that ends the process that
 * reads it must not end every process after it, and one that gets further each time may go on.
 *
 * @returns `dies` where it is not to be tried again.
 */
export function withAttempt({ settings, rows_total }: Pick<ImportRow, 'settings' | 'rows_total'>): { settings: string; dies: boolean } {
  const { attempts = 0, furthest = 0, ...rest } = parsed(settings);
  const begun = rows_total > furthest ? 1 : attempts + 1;
  const next: Settings = { ...rest, attempts: begun, furthest: Math.max(furthest, rows_total) };
  return { settings: JSON.stringify(next), dies: begun > MOST_ATTEMPTS };
}

/** The same where somebody reads the file in another way: what died before says nothing of that. */
export function withoutAttempts(settings: unknown): Omit<Settings, 'attempts' | 'furthest'> {
  const { attempts: _attempts, furthest: _furthest, ...rest } = parsed(settings);
  return rest;
}

/** What stands there once nothing of a reading can be opened any more. */
export const ENDED = JSON.stringify({ ended: true } satisfies Settings);

export const hasEnded = ({ settings }: Pick<ImportRow, 'settings'>): boolean => parsed(settings).ended === true;

/** Whether what its lines said is gone: its thirty days are over (clear/clear-ended.ts). */
export const isCleared = (row: Pick<ImportRow, 'settings' | 'status'>): boolean =>
  row.status !== 'uploaded' && row.status !== 'checked' && hasEnded(row);
