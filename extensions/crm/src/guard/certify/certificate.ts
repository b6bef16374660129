import { z } from 'zod';

const count = z.number().int().nonnegative();

const cell = z.strictObject({
  role: z.string().max(64),
  collection: z.string().max(64),
  path: z.string().max(128),
  verb: z.enum(['read', 'create', 'update', 'delete']),
  held: count,
  shut: count,
  leak: count,
  no_proof: count,
});

const failure = z.strictObject({
  role: z.string().max(64),
  collection: z.string().max(64),
  path: z.string().max(255),
  verb: z.string().max(32),
  why: z.string().max(500),
});

/**
 * The isolation certificate (N1): what was asked of a running instance, of whom, by which way, and what came of it. `hash`
 * is the SHA-256 of everything else in canonical form.
 */
export const certificateSchema = z.strictObject({
  format: z.literal(1),
  result: z.enum(['passed', 'failed']),
  started_at: z.iso.datetime(),
  finished_at: z.iso.datetime(),
  instance: z.string().max(255),
  versions: z.strictObject({ host: z.string().max(32), crm: z.string().max(32), node: z.string().max(32) }),
  totals: z.strictObject({ probes: count, requests: count, held: count, shut: count, leak: count, no_proof: count }),
  cells: z.array(cell).max(20_000),
  failures: z.array(failure).max(2000),
  /** What could not be examined, and why; nothing is left out silently. */
  skipped: z.array(z.string().max(300)).max(200),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

export type Certificate = z.infer<typeof certificateSchema>;
export type Cell = Certificate['cells'][number];
export type Failure = Certificate['failures'][number];

export interface Outcome {
  role: string;
  collection: string;
  path: string;
  verb: Cell['verb'];
  verdict: 'held' | 'shut' | 'leak' | 'no_proof';
  why?: string;
}

/** Outcomes gathered by role, collection, path and verb, in a fixed order. */
export function tally(outcomes: readonly Outcome[]): Cell[] {
  const cells = new Map<string, Cell>();
  for (const { role, collection, path, verb, verdict } of outcomes) {
    const key = [role, collection, verb, path].join('\0');
    const known = cells.get(key) ?? { role, collection, path, verb, held: 0, shut: 0, leak: 0, no_proof: 0 };
    known[verdict] += 1;
    cells.set(key, known);
  }
  return [...cells].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, found]) => found);
}

/** Each way that leaked or proved nothing, once. */
export function failuresOf(outcomes: readonly Outcome[]): Failure[] {
  const failures = new Map<string, Failure>();
  for (const { role, collection, path, verb, verdict, why = verdict } of outcomes) {
    if (verdict === 'held' || verdict === 'shut') continue;
    failures.set([role, collection, path, verb].join('\0'), { role, collection, path, verb, why });
  }
  return [...failures.values()];
}

export function totalsOf(outcomes: readonly Outcome[], requests: number): Certificate['totals'] {
  const of = (verdict: Outcome['verdict']) => outcomes.filter((outcome) => outcome.verdict === verdict).length;
  return { probes: outcomes.length, requests, held: of('held'), shut: of('shut'), leak: of('leak'), no_proof: of('no_proof') };
}
