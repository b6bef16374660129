import { canonical } from './canonical.ts';

export type Image = Readonly<Record<string, unknown>>;

/** How a column goes into an image: as it stands, as a mask, as a mark that tells a change and nothing else, or not at all. */
export type Treatment = 'plain' | 'mask' | 'mark' | 'none';

const two = (number: number) => String(number).padStart(2, '0');

/** A stored value in one form for both databases: days as `YYYY-MM-DD`, moments as ISO texts, JSON parsed. */
export function plainValue(type: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (type === 'boolean') return value === true || value === 1 || value === '1' || value === 'true';
  if (type === 'csv') return typeof value === 'string' ? value.split(',') : value;
  // PostgreSQL gives these as texts.
  if (type === 'bigInteger' && Number.isSafeInteger(Number(value))) return Number(value);
  if (type === 'json') return parsed(value);
  if (type === 'date') return dayOf(value);
  if (type === 'timestamp' || type === 'dateTime') return momentOf(value);
  return value instanceof Date ? value.toISOString() : value;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** SQLite keeps a day as the midnight of the host's process; see customers/stored-day.ts. */
function dayOf(value: unknown): unknown {
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/u.test(value)) return value.slice(0, 10);
  const day = new Date(value as number);
  return Number.isNaN(day.getTime()) ? value : `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function momentOf(value: unknown): unknown {
  const at = new Date(value as number | string | Date);
  return Number.isNaN(at.getTime()) ? value : at.toISOString();
}

/** What of two images differs, each side with the fields that do; null where nothing does. */
export function difference(before: Image, after: Image): { before: Image; after: Image } | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => canonical(before[name] ?? null) !== canonical(after[name] ?? null));
  if (!changed.length) return null;
  const part = (image: Image) => Object.fromEntries(changed.map((name) => [name, image[name] ?? null]));
  return { before: part(before), after: part(after) };
}

/** An image brought forward by later entries of the same row; `null` in between means that it was deleted. */
export function applied(image: Image | null, later: readonly { action: string; after: Image | null }[]): Image | null {
  let current = image;
  for (const { action, after } of later) {
    if (action === 'delete') current = null;
    else if (after) current = { ...current, ...after };
  }
  return current;
}

/** A personal value as the log may keep it for years: its first character, so that a reader who knows it recognises it. */
export const maskOf = (value: unknown): string => `${[...String(value)][0] ?? ''}***`;
