const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
/** A NUL character, or half of a surrogate pair: PostgreSQL cannot store them. */

const UNSTORABLE = /\u0000|\p{Surrogate}/u;

export type PlainRecord = Record<string, unknown>;

export const isPlainRecord = (value: unknown): value is PlainRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const isUuid = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);

export const hasUnstorableText = (value: string): boolean => UNSTORABLE.test(value);

/** A day or a moment that exists, as JSON carries it: `2026-02-28`, `2026-02-28T09:30:00Z`. */
export function isMoment(value: unknown): boolean {
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  const parts = typeof value === 'string' ? MOMENT.exec(value) : null;
  if (!parts) return false;
  const [year, month, day, hour, minute, second] = parts.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const lastDay = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay && hour < 24 && minute < 60 && second < 60;
}

/** How deep objects and lists are nested in `value`, counted without recursion and only up to `limit`. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one).filter((inner) => typeof inner === 'object' && inner !== null) : [],
    );
  }
  return false;
}

/** Whether a list of rows or keys in a request holds only what its verb can work on; the host trips over anything else. */
export function listFitsVerb(verb: string, body: unknown): boolean {
  if (!Array.isArray(body)) return true;
  if (verb === 'DELETE') return body.every((one) => typeof one === 'string' || typeof one === 'number');
  return (verb !== 'POST' && verb !== 'PATCH') || body.every(isPlainRecord);
}
