import type { Weight } from '../../extensions/crm/src/customers/rules/completeness.ts';
import type { RequiredSet } from '../../extensions/crm/src/customers/rules/required-set.ts';
import type { Knex } from '../../extensions/crm/src/platform/api/host.ts';
import { createJudge } from './judge.ts';
import type { Judge, Reference } from './plan/index.ts';

/** A JSON column: text on SQLite, already read on PostgreSQL. */
const readJson = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value);

async function idsBy(trx: Knex, table: string, column: string, where: object = {}): Promise<Map<string, string>> {
  const rows: Record<string, string>[] = await trx(table).where(where).select('id', column);
  return new Map(rows.map((row) => [row[column] as string, row['id'] as string]));
}

/** The base rows that the demo points to, as they stand. */
export async function readReference(trx: Knex): Promise<Reference> {
  return {
    regions: await idsBy(trx, 'crm_regions', 'code'),
    industries: await idsBy(trx, 'crm_industries', 'code'),
    stages: await idsBy(trx, 'crm_stages', 'key', { segment: null }),
    tags: [...(await idsBy(trx, 'crm_tags', 'name')).values()].sort(),
  };
}

/** The rules of the installed configuration by which the demo's customers are judged. */
export async function readJudge(trx: Knex): Promise<Judge> {
  const sets: RequiredSet[] = await trx('crm_required_sets').select('id', 'class', 'kind', 'segment', 'fields', 'contact_fields');
  const weights: Weight[] = await trx('crm_completeness_weights').select('field', 'weight', 'segment');
  return createJudge(
    sets.map((set) => ({ ...set, fields: readJson(set.fields), contact_fields: readJson(set.contact_fields) })),
    weights,
  );
}
