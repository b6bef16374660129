import type { Language } from '../../platform/api/actor.ts';
import type { Row } from '../../platform/api/host.ts';
import type { Refusal } from '../../platform/api/refusal.ts';
import { orderRows, valueAt, type Ordered, type SortKey } from '../rules/export-order.ts';
import type { CallerRows } from './caller-rows.ts';

const PAGE = 1000;
/** Rows that are named one by one are asked for in lists that every database takes. */
const NAMED = 200;
const NO_ROW = '00000000-0000-0000-0000-000000000000';
const FORBIDDEN = 403;

/** Which rows somebody wants: some by name, or all that fit. */
export type Wanted = { ids: readonly string[] } | { filter: Row | null; search: string | null; sort: readonly SortKey[] };

/**
 * The ids of the rows that an export holds, in its order; page by page along the primary key, so that no page costs more
 * than the first and none is skipped when rows come and go. Ends as soon as there are too many.
 */
export async function findRows(
  rows: CallerRows,
  wanted: Wanted,
  most: number,
  { tooMany, language }: { tooMany: Refusal; language: Language },
): Promise<string[]> {
  if ('ids' in wanted) {
    const ids = [...new Set(wanted.ids.map((id) => id.toLowerCase()))];
    if (ids.length > most) throw tooMany;
    return readable(rows, ids);
  }
  const { filter, search, sort } = wanted;
  const asked = { fields: ['id', ...sort.map(({ path }) => path)], ...(search ? { search } : {}), sort: ['id'], limit: PAGE };
  const filters = filter ? [filter] : [];
  const found: Ordered[] = [];
  for (let after: string | null = null; ;) {
    const page: Row[] =
      after === null
        ? await rows.read({ ...asked, ...(filter ? { filter } : {}) })
        : await rows.readBehind(after, { ...asked, filter: filters });
    for (const row of page) found.push({ id: String(row['id']), values: sort.map(({ path }) => valueAt(row, path)) });
    if (found.length > most) throw tooMany;
    if (page.length < PAGE) return orderRows(found, sort, language);
    after = found.at(-1)!.id;
  }
}

/** How many rows the caller would take, counted by the host as for a list. */
export async function countWanted(rows: CallerRows, wanted: Wanted): Promise<number> {
  if ('ids' in wanted) return (await readable(rows, [...new Set(wanted.ids.map((id) => id.toLowerCase()))])).length;
  const { filter, search } = wanted;
  const [counted] = await rows.read({ aggregate: { count: ['*'] }, ...(filter ? { filter } : {}), ...(search ? { search } : {}) });
  return Number(counted?.['count'] ?? 0);
}

/** Those of the named rows that the caller sees, in the order in which they were named. */
async function readable(rows: CallerRows, ids: readonly string[]): Promise<string[]> {
  const seen = new Set<string>();
  for (let at = 0; at < ids.length; at += NAMED) {
    const part = ids.slice(at, at + NAMED);
    for (const { id } of await rows.read({ fields: ['id'], filter: { id: { _in: part } }, limit: part.length })) seen.add(String(id));
  }
  return ids.filter((id) => seen.has(id));
}

/** Everything that the caller reads of one of the rows, the first that is still there; null where all are gone. */
export async function sampleOf(rows: CallerRows, ids: readonly string[] | null, wanted: Wanted | null = null): Promise<Row | null> {
  if (ids === null) {
    const { filter = null, search = null } = wanted && 'filter' in wanted ? wanted : {};
    const query = { fields: ['*'], ...(filter ? { filter } : {}), ...(search ? { search } : {}), limit: 1 };
    return (await rows.read(query))[0] ?? null;
  }
  for (let at = 0; at < ids.length; at += NAMED) {
    const [found] = await rows.read({ fields: ['*'], filter: { id: { _in: ids.slice(at, at + NAMED) } }, limit: 1 });
    if (found) return found;
  }
  return null;
}

/** Whether the caller may read fields, as the host judges it: nothing is read, because no row has this key. */
export async function readsPaths(rows: CallerRows, fields: readonly string[]): Promise<boolean> {
  return rows.read({ fields: [...fields], filter: { id: { _eq: NO_ROW } }, limit: 1 }).then(
    () => true,
    (error: unknown) => {
      if ((error as { status?: unknown }).status === FORBIDDEN) return false;
      throw error as Error;
    },
  );
}

/** The rows themselves, a page at a time, in the order of `ids`; what is gone meanwhile is left out. */
export async function* readRows(rows: CallerRows, ids: readonly string[], fields: readonly string[]): AsyncGenerator<Row[]> {
  for (let at = 0; at < ids.length; at += NAMED) {
    const part = ids.slice(at, at + NAMED);
    const page = await rows.read({ fields: ['id', ...fields], filter: { id: { _in: part } }, limit: part.length });
    const byId = new Map(page.map((row) => [String(row['id']), row]));
    yield part.map((id) => byId.get(id)).filter((row) => row !== undefined);
  }
}
