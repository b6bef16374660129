import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { subjectsOf } from '../../privacy/index.ts';
import { namesSegment } from '../rules/guess-mapping.ts';
import { IMPORTS } from '../staging.ts';
import { readingOf, type ImportRow } from '../store/import-row.ts';
import type { Crowded } from './tried-numbers.ts';

/** How many imports are looked through for what the user said about a heading, and what the user has tried out. */
const LOOKED_THROUGH = 20;

/** What earlier imports of the same person say about the next one. */
export interface EarlierReadings {
  /** What was said about headings of this kind of table (IMP-2); the latest word counts. */
  remembered: Map<string, string | null>;
  /** Of which numbers too many were tried out (SEC-5). */
  crowded: Crowded[];
}

/**
 * Looks through the importer's last imports. What they say stands sealed where it was said, so there is no second place in
 * which headings lie. To leave the segment out is said of one file: the next one asks again (F32).
 */
export async function earlierReadings(
  database: Knex,
  ring: Keyring,
  { id, owner, kind }: Pick<ImportRow, 'id' | 'owner' | 'kind'>,
): Promise<EarlierReadings> {
  const last = (): Knex.QueryBuilder =>
    database(IMPORTS).where({ owner }).whereNot({ id }).limit(LOOKED_THROUGH).select('id', 'kind', 'settings');
  const rows: Pick<ImportRow, 'id' | 'kind' | 'settings'>[] = [
    ...(await last().where({ kind }).orderBy('date_created', 'desc')),
    ...(await last().whereNot({ kind }).orderBy('date_created', 'desc')),
  ];
  const earlier: EarlierReadings = { remembered: new Map(), crowded: [] };
  const opened = await subjectsOf(
    database,
    ring,
    IMPORTS,
    rows.map((row) => row.id),
  );
  const subjects = new Map([...opened.values()].map((subject) => [subject.item, subject]));
  for (const row of rows) {
    const subject = subjects.get(row.id);
    if (!subject) continue;
    const { choices, crowded } = readingOf(row, subject);
    if (crowded) earlier.crowded.push(crowded);
    if (row.kind !== kind) continue;
    for (const [header, target] of choices)
      if (!earlier.remembered.has(header) && !(target === null && namesSegment(header))) earlier.remembered.set(header, target);
  }
  return earlier;
}
