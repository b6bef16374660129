import { defineCollection, type Condition } from '../define.ts';
import { LATER, id, line, link, money, owner, segment, t, whole } from '../fields.ts';

/** What stands there is kept without its product (SAL-7). */
const PRODUCT_GONE: Condition = {
  name: 'product gone',
  rule: { _and: [{ id: { _nnull: true } }, { product: { _null: true } }] },
  required: false,
};

/** The server writes the name of the product where none is given. */
const NOT_SAVED: Condition = { name: LATER.name, rule: LATER.rule, required: false };

/** What an order is made of. */
export default defineCollection({
  name: 'crm_order_lines',
  tenancy: 'owned',
  label: t('订单明细', 'Order lines'),
  singular: t('订单明细', 'Order line'),
  icon: 'format_list_bulleted',
  displayTemplate: '{{name}} × {{quantity}}',
  hidden: true,
  sort: 11,
  parents: ['order'],
  fields: [
    id(),
    link(
      'product',
      t('产品', 'Product'),
      { to: 'crm_products', kind: 'segment', onDelete: 'SET NULL' },
      { indexed: false, required: true, conditions: [PRODUCT_GONE] },
    ),
    line('name', t('名称', 'Name'), {
      notNull: true,
      required: true,
      note: t('新建时可不填，取产品名称', 'On a new line it may stay empty: the name of the product'),
      conditions: [NOT_SAVED],
    }),
    { ...money('quantity', t('数量', 'Quantity')), options: { min: 0, step: 0.01 }, displayOptions: { format: true } },
    money('price', t('单价', 'Price')),
    money('amount', t('金额', 'Amount')),
    link(
      'order',
      t('订单', 'Order'),
      {
        to: 'crm_orders',
        kind: 'tree',
        onDelete: 'CASCADE',
        list: {
          name: 'lines',
          label: t('订单明细', 'Lines'),
          layout: 'table',
          fields: ['product', 'name', 'quantity', 'price', 'amount'],
          after: 'signed_on',
        },
      },
      { notNull: true, required: true, conditions: [LATER] },
    ),
    whole('sort', t('排序', 'Sort'), { hidden: true }),
    segment({ hidden: true }),
    owner({ hidden: true }),
  ],
});
