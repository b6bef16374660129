import type { ZodType } from 'zod';
import { Refusal } from '../platform/api/refusal.ts';

const MOST_NAMED = 3;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
export function parsed<T>(schema: ZodType<T>, value: unknown, refuse: (where: string) => Refusal, code = 'INVALID_QUERY'): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  const { message, extensions } = refuse(where.join(', '));
  throw new Refusal({ code, status: 400, message, extensions });
}
