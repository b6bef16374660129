import { accept, refuse, type Decision } from '../../kernel/decision.ts';

/** What somebody found who checked one drawn row: right, or which of its fields are wrong. */
export interface LineResult {
  line: number;
  ok: boolean;
  fields: string[];
}

/** Stored results; JSON comes as a text from SQLite. */
export function toResults(stored: unknown): LineResult[] {
  const value: unknown = typeof stored === 'string' ? JSON.parse(stored) : stored;
  return Array.isArray(value) ? (value as LineResult[]) : [];
}

/** The later word about a row counts. */
export function mergeResults(known: readonly LineResult[], added: readonly LineResult[]): LineResult[] {
  const byLine = new Map([...known, ...added].map(({ line, ok, fields }) => [line, { line, ok, fields: ok ? [] : fields }]));
  return [...byLine.values()].sort((one, other) => one.line - other.line);
}

/**
 * Decides a batch by its sample (IMP-3): accepted while no more of the drawn rows are wrong than the limit says, in percent,
 * else sent back. Nothing is decided before every drawn row was looked at.
 */
export function decideSample(
  drawn: readonly number[],
  results: readonly LineResult[],
  errorLimit: number,
): Decision<{ state: 'accepted' | 'returned'; errors: number }, { open: number }> {
  const byLine = new Map(results.map((result) => [result.line, result]));
  const open = drawn.filter((line) => !byLine.has(line)).length;
  if (open) return refuse({ open });
  const errors = drawn.filter((line) => !byLine.get(line)!.ok).length;
  return accept({ state: errors * 100 > errorLimit * drawn.length ? 'returned' : 'accepted', errors });
}
