import { approvalOf } from '../../approvals/index.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { approvedPercent, needsApproval, type Discount } from '../rules/discount.ts';

const number = (value: unknown): number | null => (value === null || value === undefined || value === '' ? null : Number(value));

/** What was approved for an opportunity, as long as it is the same business: no more money, and nobody else's (F8). */
async function approvedFor(database: Knex, row: Row): Promise<number | null> {
  const about = { kind: 'discount', collection: 'crm_opportunities', item: String(row['id']) } as const;
  const approval = await approvalOf(database, { ...about, state: 'approved' });
  if (!approval) return null;
  const { discount_percent: percent, amount, customer } = approval.asked;
  const asked = { percent: number(percent) ?? 0, amount: number(amount), customer: (customer as string | undefined) ?? null };
  return approvedPercent(asked, { amount: number(row['amount']), customer: (row['customer'] as string | null) ?? null });
}

/** The discount of an opportunity, and what may be given without asking: nothing set in the segment means any. */
export async function discountOf(database: Knex, row: Row): Promise<Discount> {
  const segment = await database('crm_segments')
    .where({ id: row['segment'] as string })
    .first('discount_limit');
  const discount = { percent: number(row['discount_percent']), limit: number(segment?.discount_limit), approved: null };
  return needsApproval(discount) ? { ...discount, approved: await approvedFor(database, row) } : discount;
}
