import { createHash, randomBytes } from 'node:crypto';
import type { Knex, Row } from '../../platform/api/host.ts';
import { drawSample, SAMPLE_BAND } from '../rules/draw-sample.ts';
import { WRITTEN, type ImportRecord } from '../commit/import-record.ts';
import { IMPORT_ROWS } from '../staging.ts';

/** What the segment asks for, or the group where it says nothing; always within the band of the measure (IMP-3). */
export interface SampleRules {
  /** How much of a batch is checked, in percent. */
  percent: number;
  /** How many of the checked rows may be wrong, in percent. */
  errorLimit: number;
}

const DEFAULTS: SampleRules = { percent: SAMPLE_BAND.least, errorLimit: 5 };

export async function sampleRulesOf(database: Knex, segment: string): Promise<SampleRules> {
  const row = await database('crm_segments').where({ id: segment }).first('import_sample_percent', 'import_error_limit');
  return toSampleRules(row ?? {});
}

/** Whatever stands in the segment's settings, within the band. */
export function toSampleRules({ import_sample_percent: percent, import_error_limit: limit }: Row): SampleRules {
  const within = (value: unknown, least: number, most: number, otherwise: number) =>
    typeof value === 'number' ? Math.min(Math.max(value, least), most) : otherwise;
  return {
    percent: within(percent, SAMPLE_BAND.least, SAMPLE_BAND.most, DEFAULTS.percent),
    errorLimit: within(limit, 0, 100, DEFAULTS.errorLimit),
  };
}

/** Nothing was found yet, by nobody. */
export const NO_SAMPLE = { sample_errors: null, sample_result: null, sample_checked_by: null, sample_checked_at: null } as const;

/** A new draw. Its seed is made only when the rows stand: nobody knows before which of them will be looked at. */
export async function freshSample(database: Knex, { segment }: Pick<ImportRecord, 'segment'>): Promise<Row> {
  const { percent } = await sampleRulesOf(database, segment);
  return { ...NO_SAMPLE, sample_state: 'waiting', sample_seed: randomBytes(16).toString('hex'), sample_percent: percent };
}

/** SHA-256 in the form in which anybody redraws the sample (rules/draw-sample.ts). */
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * The states of lines that are drawn from: all that were written, also of an import that was undone after its check; of one that
 * waits although it was undone, what the undo had to leave.
 */
export const drawnStates = ({ status, sample_state: state }: Pick<ImportRecord, 'status' | 'sample_state'>): readonly string[] =>
  status === 'undone' && state !== 'not_needed' ? ['kept'] : ['done', 'undone', 'kept'];

/** The lines of an import that are to be checked, in the order of the draw. */
export async function drawnLines(database: Knex, record: ImportRecord): Promise<number[]> {
  const { id, sample_seed: seed, sample_percent: percent } = record;
  if (!seed || !percent) return [];
  const lines: number[] = await database(IMPORT_ROWS)
    .where({ import: id })
    .whereIn('state', [...drawnStates(record)])
    .whereIn('verdict', [...WRITTEN])
    .pluck('line');
  return drawSample(lines, { seed, percent, digest });
}
