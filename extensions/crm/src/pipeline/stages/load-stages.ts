import type { Knex, Row } from '../../platform/api/host.ts';
import type { Stage } from '../rules/stage-set.ts';

/** JSON as both databases give it: PostgreSQL read, SQLite as text. What is no JSON asks for what nobody has. */
export function fromStoredJson(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const toNames = (value: unknown): string[] => {
  const list = fromStoredJson(value);
  return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [];
};

const toStage = (row: Row): Stage =>
  ({
    ...row,
    active: Boolean(row['active']),
    required_fields: toNames(row['required_fields']),
    conditions: fromStoredJson(row['conditions']),
  }) as unknown as Stage;

/** Every stage of every segment: a small table of configuration. */
export async function loadStages(database: Knex): Promise<Stage[]> {
  const rows: Row[] = await database('crm_stages').select(
    ...['id', 'key', 'name', 'segment', 'outcome', 'active', 'sort', 'required_fields', 'conditions', 'condition_text', 'color'],
  );
  return rows.map(toStage);
}
