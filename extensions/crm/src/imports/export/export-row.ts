import type { Row } from '../../platform/api/host.ts';
import type { EXPORT_REFUSALS } from '../locale/export-texts.ts';
import type { ExportLine } from './answers.ts';

/** What an export is written as. */
export type ExportFormat = 'csv' | 'xlsx' | 'json';

/** Where it stands who took which rows out. */
export const EXPORTS = 'crm_exports';

/** How the rows of an export were chosen: what was named, never the values (SEC-1). */
export interface Asked {
  ids: number | null;
  /** The names in the filter. */
  filter: string[];
  search: boolean;
  sort: string[];
  fields: string[];
  /** Who the maker was for the row rules; a file goes only to the one who is that still. */
  standing: string;
  /** Whose rows it holds; empty until it is done. */
  segments: string[];
}

/** What stands where nothing was kept of how the rows were chosen. */
const NOTHING_ASKED: Asked = { ids: null, filter: [], search: false, sort: [], fields: [], standing: '', segments: [] };

/** Why an export was not finished, in the words of its refusals. */
export interface ExportFault {
  reason: keyof typeof EXPORT_REFUSALS;
  values: Readonly<Record<string, string | number>>;
}

/** A row of `crm_exports`. */
export interface ExportRow {
  id: string;
  file_name: string;
  collection: string;
  format: ExportFormat;
  status: ExportLine['status'];
  /** How many there are; 0 until they are found. */
  rows_total: number;
  rows_done: number;
  reason: string;
  /** JSON of `Asked`. */
  asked: unknown;
  /** JSON of `ExportFault`, where it has failed. */
  fault: unknown;
  /** Until when the file can be fetched; null until there is one. */
  expires_at: Date | string | number | null;
  /** How many rows were asked for beyond what its maker may take out; null for all others. */
  approved_rows: number | null;
  /** Until when an approved one is begun. */
  start_by: Date | string | number | null;
  /** When an approved one was begun; all others begin where they are asked for. */
  started_at: Date | string | number | null;
  /** What was asked for, sealed under the row's own key until it is begun. */
  wish: string | null;
  owner: string;
  segment: string;
  date_created: Date | string | number;
}

const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

export const askedOf = ({ asked }: Pick<ExportRow, 'asked'>): Asked => ({ ...NOTHING_ASKED, ...(parsed(asked) as Asked | null) });

export const faultOf = ({ fault }: Pick<ExportRow, 'fault'>): ExportFault | null => (parsed(fault) ?? null) as ExportFault | null;

/** The names of fields in a filter, in the order in which they are met. */
export function namesIn(filter: unknown): string[] {
  const names = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value as Row)) {
        if (!key.startsWith('_')) names.add(key);
        look(inner);
      }
  };
  look(filter);
  return [...names];
}
