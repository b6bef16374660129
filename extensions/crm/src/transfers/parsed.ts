import type { ZodType } from 'zod';
import type { Actor } from '../platform/api/actor.ts';
import { transferRefusal } from './refuse.ts';

const MOST_NAMED = 3;

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
export function parsed<T>(schema: ZodType<T>, value: unknown, { language }: Actor): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw transferRefusal('bad_value', language, { where: where.join(', ') });
}
