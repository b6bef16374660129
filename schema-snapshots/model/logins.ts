import { defineCollection } from '../define.ts';
import { choice, day, id, line, moment, person, pick, section, segment, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;
const MORE = { ...KEPT, group: 'login_more' } as const;

/**
 * Who logged in or tried to, when and from where (USE-1, Q15): the first use of a day counts as that day's log-in. An address
 * nobody has stands here without a person, in the group pool.
 */
export default defineCollection({
  name: 'crm_logins',
  tenancy: 'segmental',
  label: t('登录记录', 'Log-ins'),
  singular: t('登录记录', 'Log-in'),
  icon: 'login',
  displayTemplate: '{{user.last_name}}{{user.first_name}} {{at}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 33,
  fields: [
    id(),
    moment('at', t('时间', 'At'), { ...KEPT, notNull: true }),
    person('user', t('人员', 'Person'), { ...KEPT, indexed: true, onDelete: 'SET NULL' }),
    pick(
      'kind',
      t('类型', 'Kind'),
      [
        choice('success', '登录成功', 'Logged in', { icon: 'login', color: '#2E8B57' }),
        choice('failure', '登录失败', 'Log-in failed', { icon: 'block', color: '#C9302C' }),
        choice('use', '当日使用', 'Used on this day', { icon: 'touch_app', color: '#2E6FBA' }),
        choice('refused', '已拒绝', 'Refused', { icon: 'gpp_bad', color: '#C9302C' }),
      ],
      { ...KEPT, notNull: true },
    ),
    day('day', t('日期', 'Day'), { ...KEPT, notNull: true }),
    section('login_more', t('更多', 'More'), 'more_horiz'),
    line('address', t('网络地址', 'Address'), { ...MORE, length: 64, personal: true }),
    line('device', t('设备', 'Device'), { ...MORE, length: 255 }),
    line('provider', t('登录方式', 'Way to log in'), { ...MORE, length: 64 }),
    whole('attempts', t('连续失败次数', 'Failures in a row'), MORE),
    segment(MORE),
  ],
  indexes: [
    ['user', 'day'],
    ['user', 'at'],
    ['segment', 'at'],
    ['segment', 'day'],
  ],
});
