import { isUuid } from '../kernel/uuid.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { ValueFault } from './rules/value-fault.ts';
import { fromStoredDay } from '../platform/api/stored-day.ts';

/** Fields that choose from reference data, whose rows go out of force but are never deleted (GB/T 2260, GB/T 4754). */
const DATED: Record<string, Record<string, string>> = {
  crm_customers: { industry: 'crm_industries', region: 'crm_regions' },
  crm_leads: { industry: 'crm_industries', region: 'crm_regions' },
};

/** A form sends a chosen row as its key or as `{id}`. */
const chosen = (value: unknown): string | null => {
  const key = typeof value === 'object' && value !== null ? (value as Row)['id'] : value;
  return isUuid(key) ? key : null;
};

/**
 * Regions and industries must be in force and tags switched on when they are chosen (CUS-6). Keys that do not exist are
 * the guard's and the database's matter.
 */
export async function referenceFaults(database: Knex, collection: string, payload: Row, today: string): Promise<ValueFault[]> {
  const faults: ValueFault[] = [];
  for (const [field, table] of Object.entries(DATED[collection] ?? {})) {
    const id = chosen(payload[field]);
    const row = id && (await database(table).where({ id }).first('valid_from', 'valid_to'));
    if (row && !isInForce(row, today)) faults.push({ collection, field, reason: 'not_in_force' });
  }
  const tag = collection === 'crm_customers_tags' ? chosen(payload['tag']) : null;
  if (tag && (await database('crm_tags').where({ id: tag, active: false }).first('id'))) {
    faults.push({ collection, field: 'tag', reason: 'tag_switched_off' });
  }
  return faults;
}

/** Days are compared here and not by the database: SQLite keeps the host's dates as numbers. */
export function isInForce({ valid_from, valid_to }: Row, today: string): boolean {
  const [from, to] = [fromStoredDay(valid_from), fromStoredDay(valid_to)];
  return (from === null || from <= today) && (to === null || to > today);
}
