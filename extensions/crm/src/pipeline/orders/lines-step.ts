import { isUuid } from '../../kernel/uuid.ts';
import type { Language } from '../../platform/api/actor.ts';
import type { Row } from '../../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { lineAmount } from '../rules/line-amount.ts';

const LINES = 'crm_order_lines';

/** What was true of a line just before it was written, and what of it was written. */
interface Before extends Row {
  again: boolean;
  product: string | null;
}

const refuse = (field: string, reason: 'line_without_product' | 'line_too_large', language: Language | undefined) =>
  fieldRefusal({ collection: LINES, field, reason }, language);

/** Lines of an order: each is of a product, and its amount follows from quantity and price unless somebody says otherwise (SAL-7). */
export function linesStep(): WriteStep {
  const before = writeNotes<Before>();
  return {
    name: 'pipeline/order-lines',
    collections: [LINES],
    async beforeCreate(payload, { accountability, database, actor }) {
      if (!accountability || payload['name']) return;
      const key =
        typeof payload['product'] === 'object' && payload['product'] ? (payload['product'] as { id?: unknown }).id : payload['product'];
      const product = isUuid(key) ? await database('crm_products').where({ id: key }).first('name') : null;
      if (!product) throw refuse('product', 'line_without_product', actor?.language);
      return { ...payload, name: product.name };
    },
    async beforeUpdate(payload, keys, { database }) {
      const again = !('amount' in payload) && ('quantity' in payload || 'price' in payload);
      const rows: { id: string; product: string | null }[] = await database(LINES)
        .whereIn('id', [...keys])
        .select('id', 'product');
      for (const { id, product } of rows) before.note(LINES, id, { again, product });
    },
    async afterWrite(change) {
      if (change.action !== 'delete') await settleLine(change, change.action === 'update' ? before.of(LINES, change.item) : undefined);
    },
  };
}

/** A line of old whose product is gone stays as it is; a new one has a product, and no line is left without (SAL-7). */
async function settleLine({ database, item, action, actor }: AfterWrite, earlier: Before | undefined): Promise<void> {
  const row = await database(LINES).where({ id: item }).first('product', 'quantity', 'price', 'amount');
  if (!row) return;
  if (!row.product && (action === 'create' || earlier?.product)) throw refuse('product', 'line_without_product', actor?.language);
  if (!(earlier?.again || (action === 'create' && row.amount === null))) return;
  const amount = lineAmount(row.quantity, row.price);
  if (Number.isNaN(amount)) throw refuse('amount', 'line_too_large', actor?.language);
  if (amount === null) return;
  await database(LINES).where({ id: item }).update({ amount });
}
