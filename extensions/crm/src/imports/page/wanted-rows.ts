import type { SavedList } from './use-export-choices.ts';

/** Which rows the form asks for. */
export interface RowsAsked {
  /** Rows that were chosen one by one, or null. */
  ids: readonly string[] | null;
  list: SavedList | undefined;
  /** What is typed; a list that searches already keeps to its own words, because a second word cannot make it narrower. */
  typed: string;
}

export interface WantedRows {
  ids: readonly string[] | null;
  search: string | null;
  filter: Record<string, unknown> | null;
  sort: readonly string[] | null;
}

/** What is asked of the server: never more rows than the list shows that was picked (IMP-5). */
export function wantedRows({ ids, list, typed }: RowsAsked): WantedRows {
  if (ids) return { ids, search: null, filter: null, sort: null };
  return {
    ids: null,
    search: list?.search || typed.trim() || null,
    filter: list?.filter ?? null,
    sort: list?.sort.length ? list.sort : null,
  };
}
