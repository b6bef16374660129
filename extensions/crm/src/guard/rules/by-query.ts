import { isPlainRecord } from './plain-values.ts';
import type { HostQuery } from './query-guard.ts';

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
};

/** The filter of a change "by query" as the host will read it; null where it is not one that can be judged. */
export function queryOfChange(body: unknown): HostQuery | null {
  const query = isPlainRecord(body) ? body['query'] : undefined;
  if (!isPlainRecord(query)) return null;
  const filter = parsed(query['filter']);
  const sort = typeof query['sort'] === 'string' ? query['sort'].split(',') : query['sort'];
  if (query['filter'] !== undefined && query['filter'] !== null && !isPlainRecord(filter)) return null;
  if (sort !== undefined && sort !== null && !(Array.isArray(sort) && sort.every((one) => typeof one === 'string'))) return null;
  return { filter, sort: sort ?? null, deep: parsed(query['deep']) };
}
