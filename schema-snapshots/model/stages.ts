import { defineCollection } from '../define.ts';
import { STAGE_NAMES } from '../choices.ts';
import { fieldChoices, fieldNames } from '../field-choices.ts';
import { choice, forSegment, id, line, pick, t, tint, whole, yesNo } from '../fields.ts';
import opportunities from './opportunities.ts';

const stageLabels = STAGE_NAMES.map(({ value, text, color = 'var(--theme--foreground)' }) => ({ value, text, ...tint(color) }));

/** The steps of an opportunity, shared or a segment's own (SAL-2). What a stage asks for on entry is data; pipeline/ enforces it. */
export default defineCollection({
  name: 'crm_stages',
  tenancy: 'config',
  label: t('商机阶段', 'Stages'),
  singular: t('商机阶段', 'Stage'),
  icon: 'stairs',
  displayTemplate: '{{name}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 9,
  sortField: 'sort',
  fields: [
    id(),
    line('key', t('标识', 'Key'), { notNull: true, required: true, length: 64, indexed: true }),
    line('name', t('阶段名称', 'Name'), {
      notNull: true,
      required: true,
      length: 64,
      display: 'labels',
      displayOptions: { format: false, choices: stageLabels },
    }),
    pick(
      'outcome',
      t('结果', 'Outcome'),
      [
        choice('open', '进行中', 'Open', { color: 'var(--theme--primary)' }),
        choice('won', '成交', 'Won', { color: 'var(--theme--success)' }),
        choice('lost', '流失', 'Lost', { color: 'var(--theme--danger)' }),
      ],
      { notNull: true, default: 'open' },
    ),
    whole('probability', t('成交概率（%）', 'Probability (%)')),
    line('color', t('颜色', 'Colour'), { interface: 'select-color', display: 'color', length: 16 }),
    fieldNames(
      'required_fields',
      t('进入时必填', 'Asked on entry'),
      fieldChoices(opportunities.fields, [{ value: 'order_or_contract', text: t('已签订的订单或合同', 'A signed order or contract') }]),
    ),
    {
      name: 'conditions',
      type: 'json',
      label: t('进入条件', 'Conditions of entry'),
      special: ['cast-json'],
      interface: 'system-filter',
      options: { collectionName: 'crm_opportunities' },
      width: 'full',
    },
    line('condition_text', t('条件说明', 'The conditions in words'), {
      width: 'full',
      note: t('不满足条件时显示给业务人员', 'Shown to whoever does not meet them'),
    }),
    yesNo('active', t('启用', 'Active'), { default: true }),
    whole('sort', t('排序', 'Sort'), { hidden: true, notNull: true, default: 0 }),
    forSegment(),
  ],
});
