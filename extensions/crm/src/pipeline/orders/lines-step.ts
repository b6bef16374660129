import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { writeNotes } from '../../segments/index.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { lineAmount } from '../rules/line-amount.ts';

const LINES = 'crm_order_lines';

/** Lines of an order: each names what is sold, and its amount follows from quantity and price unless somebody says otherwise (SAL-7). */
export function linesStep(): WriteStep {
  const counted = writeNotes<{ again: boolean }>();
  return {
    name: 'pipeline/order-lines',
    collections: [LINES],
    async beforeCreate(payload, { accountability, database, actor }) {
      if (!accountability || payload['name']) return;
      const key =
        typeof payload['product'] === 'object' && payload['product'] ? (payload['product'] as { id?: unknown }).id : payload['product'];
      const product = isUuid(key) ? await database('crm_products').where({ id: key }).first('name') : null;
      if (!product) throw fieldRefusal({ collection: LINES, field: 'name', reason: 'line_without_product' }, actor?.language);
      return { ...payload, name: product.name };
    },
    beforeUpdate(payload, keys) {
      const again = !('amount' in payload) && ('quantity' in payload || 'price' in payload);
      for (const key of keys) counted.note(LINES, key, { again });
    },
    async afterWrite(change) {
      if (change.action === 'delete') return;
      await countLine(change, change.action === 'update' && counted.of(LINES, change.item)?.again === true);
    },
  };
}

async function countLine({ database, item, action, actor }: AfterWrite, again: boolean): Promise<void> {
  const row = await database(LINES).where({ id: item }).first('quantity', 'price', 'amount');
  if (!row || !(again || (action === 'create' && row.amount === null))) return;
  const amount = lineAmount(row.quantity, row.price);
  if (Number.isNaN(amount)) throw fieldRefusal({ collection: LINES, field: 'amount', reason: 'line_too_large' }, actor?.language);
  if (amount === null) return;
  await database(LINES).where({ id: item }).update({ amount });
}
