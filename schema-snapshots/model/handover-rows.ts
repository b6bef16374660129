import { defineCollection } from '../define.ts';
import { choice, id, line, pick, prose, t, whole } from '../fields.ts';

/** The journal of a hand-over: one field of one row, before and after, so that it can go on after a kill and be undone (ACC-10). */
export default defineCollection({
  name: 'crm_handover_rows',
  tenancy: 'internal',
  label: t('交接明细', 'Hand-over rows'),
  singular: t('交接明细', 'Hand-over row'),
  icon: 'list',
  displayTemplate: '{{collection}} {{item}}',
  hidden: true,
  sort: 95,
  fields: [
    id(),
    line('handover', t('交接', 'Hand-over'), { notNull: true, length: 36 }),
    whole('rule', t('规则序号', 'Rule'), {}),
    line('collection', t('集合', 'Collection'), { notNull: true, length: 64 }),
    line('item', t('记录', 'Record'), { notNull: true, length: 64 }),
    line('field', t('字段', 'Field'), { notNull: true, length: 64 }),
    prose('before', t('交接前', 'Before')),
    prose('after', t('交接后', 'After')),
    pick(
      'state',
      t('进度', 'Progress'),
      [
        choice('planned', '待交接', 'To be handed over'),
        choice('done', '已交接', 'Handed over'),
        choice('undone', '已撤销', 'Undone'),
        choice('kept', '已被修改，未撤销', 'Edited since, kept'),
        choice('left', '未能交接', 'Not handed over'),
      ],
      { notNull: true, default: 'planned' },
    ),
  ],
  indexes: [
    ['handover', 'state', 'id'],
    ['handover', 'collection', 'item'],
    ['collection', 'item'],
  ],
});
