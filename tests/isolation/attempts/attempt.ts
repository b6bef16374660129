import type { Draw } from '../draw.ts';
import type { Viewer } from '../visibility.ts';
import type { StoredRow, World } from '../world.ts';

/** One request of somebody who should learn nothing from it that is not theirs. */
export interface Attempt {
  method: string;
  url: string;
  body?: unknown;
  /** Sent as a form instead of a body; `file` is the content of one. */
  form?: Readonly<Record<string, string>>;
  /**
   * The values of foreign rows that the request itself names (ids, canaries), each with an absent stand-in of the same
   * form. The request is sent twice, with the values and with the stand-ins: both answers must be the same.
   */
  secrets?: { real: string; absent: string }[];
  /** Must change nothing in the database, whatever it answers. */
  writes?: boolean;
  /** What an entitled caller (system_admin) must find in the answer: without it the probe proves nothing. */
  control?: string;
}

export interface Scene {
  world: World;
  viewer: Viewer;
  /** A row that the viewer may not read. */
  target: StoredRow;
  /** A row of the same collection that the viewer may read, if there is one. */
  own: StoredRow | undefined;
  draw: Draw;
}

/** One path of threats.md (P1 …): makes attempts at the scene's target. */
export interface Path {
  id: `P${number}`;
  name: string;
  attempts(scene: Scene): Attempt[];
}

export const get = (url: string, rest: Partial<Attempt> = {}): Attempt => ({ method: 'GET', url, ...rest });

/** `a[b][c]` query strings out of nested values, as the host parses them. */
export function toQuery(values: Record<string, unknown>): string {
  const pairs: string[] = [];
  const walk = (prefix: string, value: unknown) => {
    if (Array.isArray(value)) value.forEach((entry) => walk(`${prefix}[]`, entry));
    else if (value !== null && typeof value === 'object')
      for (const [key, entry] of Object.entries(value)) walk(`${prefix}[${key}]`, entry);
    else pairs.push(`${encodeURIComponent(prefix)}=${encodeURIComponent(String(value))}`);
  };
  for (const [key, value] of Object.entries(values)) walk(key, value);
  return pairs.join('&');
}

/** An id that no row has, drawn again and again alike for one seed. */
export function absentId(draw: Draw): string {
  const hex = Array.from({ length: 32 }, () => draw.below(16).toString(16)).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}

export const absentCanary = 'qzzzzzzzzzz';

/** A canary that stands in one of the row's own text columns, with the column's name. */
export function canaryOf(row: StoredRow, draw: Draw): { field: string; value: string } | undefined {
  const fields = Object.entries(row.values).filter(([, value]) => typeof value === 'string' && /^qz[0-9a-z]{9}$/.test(value));
  if (!fields.length) return undefined;
  const [field, value] = draw.pick(fields);
  return { field, value: value as string };
}

/** The host's path of a collection: its own ones do not live under /items. */
export function routeOf(collection: string): string {
  return collection.startsWith('directus_') ? `/${collection.slice('directus_'.length)}` : `/items/${collection}`;
}
