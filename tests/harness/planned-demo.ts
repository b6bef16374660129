/** The demo group as data, planned for one day, for the tests of its parts. */
import { industries } from '../../seed/base/industries.ts';
import { regions } from '../../seed/base/regions.ts';
import { requiredSets } from '../../seed/base/required-sets.ts';
import { stages } from '../../seed/base/stages.ts';
import { tags } from '../../seed/base/tags.ts';
import { completenessWeights } from '../../seed/base/weights.ts';
import { createJudge } from '../../seed/demo/judge.ts';
import { planDemo, type Reference } from '../../seed/demo/plan/index.ts';

export type Row = Record<string, string | number | null>;

export const TODAY = '2026-11-22';
const byCode = (rows: readonly object[]) => new Map((rows as { code: string; id: string }[]).map(({ code, id }) => [code, id]));
export const reference: Reference = {
  regions: byCode(regions),
  industries: byCode(industries),
  stages: new Map((stages as unknown as { key: string; id: string }[]).map(({ key, id }) => [key, id])),
  tags: (tags as unknown as { id: string }[]).map(({ id }) => id).sort(),
};
export const judge = createJudge(requiredSets as never, completenessWeights as never);
export const plan = planDemo(TODAY, reference, judge);
export const rowsOf = (collection: string) => plan.rows.get(collection) as unknown as Row[];
export const idMap = (collection: string) => new Map(rowsOf(collection).map((row) => [row['id'], row]));
export const customers = rowsOf('crm_customers');
