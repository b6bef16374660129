import { defineCollection } from '../define.ts';
import { day, id, line, moment, person, prose, section, segment, t, whole } from '../fields.ts';

const kept = { readonly: true, computed: true } as const;
const more = { ...kept, group: 'reveal_more' } as const;

/**
 * Who looked at which sealed value, and why (SEC-5, Q11): written by the server with the look itself, never the value.
 * `follow_up` is one row per person, record, field and day, counted; any other reason is a row a look.
 */
export default defineCollection({
  name: 'crm_reveals',
  tenancy: 'segmental',
  label: t('敏感信息查看记录', 'Reveals'),
  singular: t('敏感信息查看记录', 'Reveal'),
  icon: 'visibility',
  displayTemplate: '{{collection}} {{field}} {{at}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 14,
  fields: [
    id(),
    moment('at', t('时间', 'At'), { notNull: true, ...kept }),
    // Whoever looked stays named: a log-in that looked is closed, never deleted.
    person('user', t('查看人', 'Who'), { indexed: true, ...kept }),
    line('collection', t('集合', 'Collection'), { notNull: true, length: 64, ...kept }),
    line('item', t('记录', 'Record'), { notNull: true, length: 64, ...kept }),
    line('field', t('字段', 'Field'), { notNull: true, length: 64, ...kept }),
    prose('reason', t('原因', 'Reason'), kept),
    section('reveal_more', t('更多', 'More'), 'more_horiz'),
    line('purpose', t('用途', 'Purpose'), { notNull: true, length: 32, ...more }),
    day('day', t('日期', 'Day'), { notNull: true, ...more }),
    whole('count', t('次数', 'Times'), { notNull: true, default: 1, ...more }),
    person('owner', t('当时的负责人', 'Owner at the time'), { onDelete: 'SET NULL', ...more }),
    segment(more),
  ],
  indexes: [
    ['owner', 'id'],
    ['segment', 'at'],
    ['user', 'day'],
    ['collection', 'item'],
  ],
});
