import type { Row } from '../../platform/api/host.ts';
import type { ExportFormat } from './write-table.ts';

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
}

/** A row of `crm_exports`. */
export interface ExportRow {
  id: string;
  file_name: string;
  collection: string;
  format: ExportFormat;
  rows_total: number;
  reason: string;
  /** JSON of `Asked`. */
  asked: unknown;
  expires_at: Date | string | number;
  owner: string;
  segment: string;
  date_created: Date | string | number;
}

export const askedOf = ({ asked }: Pick<ExportRow, 'asked'>): Asked => (typeof asked === 'string' ? JSON.parse(asked) : asked) as Asked;

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
