import type { Knex, Row } from '../../platform/api/host.ts';
import type { Discount } from '../rules/discount.ts';

const percent = (value: unknown): number | null => (value === null || value === undefined || value === '' ? null : Number(value));

/** The discount of an opportunity, and what may be given without asking: nothing set in the segment means any. */
export async function discountOf(database: Knex, row: Row): Promise<Discount> {
  const segment = await database('crm_segments')
    .where({ id: row['segment'] as string })
    .first('discount_limit');
  return {
    percent: percent(row['discount_percent']),
    limit: percent(segment?.discount_limit),
    approved: percent(row['discount_approved']),
  };
}
