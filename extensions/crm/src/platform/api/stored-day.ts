import type { Knex } from './host.ts';

const isSqlite = (database: Knex) => String(database.client.config.client).startsWith('sqlite');
const two = (number: number) => String(number).padStart(2, '0');

/** A business day in the form in which the host stores a `date`: on SQLite the midnight of its process, in milliseconds. */
export const toStoredDay = (database: Knex, day: string): string | Date => (isSqlite(database) ? new Date(`${day}T00:00:00`) : day);

/** A stored `date` as `YYYY-MM-DD`, whichever database it comes from. */
export function fromStoredDay(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/u.test(value)) return value.slice(0, 10);
  const day = new Date(value as number | string | Date);
  return `${String(day.getFullYear()).padStart(4, '0')}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
