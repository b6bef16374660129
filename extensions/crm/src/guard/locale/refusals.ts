import type { Said } from '../../platform/api/say.ts';
import type { ValueFault } from '../rules/field-shape.ts';
import type { PayloadFault } from '../rules/payload-shape.ts';
import type { QueryFault } from '../rules/query-guard.ts';

/** Why a query is refused. */
export const QUERY_TEXTS: Record<QueryFault['reason'], Said> = {
  foreign_step: {
    'zh-CN': '不能按“{path}”筛选、排序或汇总：它会涉及您无权查看的数据。请改用本表自己的字段。',
    'en-US': 'You cannot filter, sort or group by "{path}": it would reach data you may not see. Use fields of this collection instead.',
  },
  not_possible: { 'zh-CN': '查询中的“{path}”无法执行。', 'en-US': '"{path}" in this query cannot be carried out.' },
  bad_value: { 'zh-CN': '“{path}”的筛选值格式不正确。', 'en-US': 'The value compared with "{path}" has the wrong form.' },
};

const EXPECTED: Record<Extract<ValueFault, { reason: 'wrong_type' }>['expected'], Said> = {
  text: { 'zh-CN': '文本', 'en-US': 'text' },
  whole_number: { 'zh-CN': '整数', 'en-US': 'a whole number' },
  number: { 'zh-CN': '数字', 'en-US': 'a number' },
  yes_no: { 'zh-CN': '是或否', 'en-US': 'yes or no' },
  date: { 'zh-CN': '有效的日期', 'en-US': 'a date that exists' },
  id: { 'zh-CN': '有效的编号', 'en-US': 'a valid id' },
  list: { 'zh-CN': '列表', 'en-US': 'a list' },
  record: { 'zh-CN': '一条记录', 'en-US': 'a record' },
};

export const expectedText = (expected: keyof typeof EXPECTED): Said => EXPECTED[expected];

/** Why a written row is refused. */
export const PAYLOAD_TEXTS: Record<PayloadFault['reason'], Said> = {
  no_record: { 'zh-CN': '提交的内容不是一条记录。', 'en-US': 'What was sent is not a record.' },
  unknown_field: { 'zh-CN': '没有“{field}”这个字段。', 'en-US': 'There is no field "{field}".' },
  wrong_type: { 'zh-CN': '字段“{field}”的值应为{expected}。', 'en-US': 'The value of "{field}" must be {expected}.' },
  too_long: { 'zh-CN': '字段“{field}”最多 {max} 个字符。', 'en-US': '"{field}" takes at most {max} characters.' },
  out_of_range: { 'zh-CN': '字段“{field}”的数值或数量超出允许范围。', 'en-US': 'The value of "{field}" is out of range.' },
  not_a_choice: { 'zh-CN': '字段“{field}”的值不在可选范围内。', 'en-US': 'The value of "{field}" is not one of the choices.' },
  unstorable: { 'zh-CN': '字段“{field}”含有无法保存的字符。', 'en-US': '"{field}" contains characters that cannot be stored.' },
};

/** Everything else the guard refuses, by name. */
export const REFUSALS = {
  by_query: {
    'zh-CN': '不支持按条件批量修改或删除，请指明具体记录。',
    'en-US': 'Changing or deleting by a filter is not supported; name the records.',
  },
  native_import: {
    'zh-CN': '此处不支持系统自带的导入，请使用客户管理系统的导入功能。',
    'en-US': "The host's own import is not available here; use the import of the CRM.",
  },
  native_export: {
    'zh-CN': '此处不支持系统自带的导出，请使用客户管理系统的导出功能。',
    'en-US': "The host's own export is not available here; use the export of the CRM.",
  },
  not_here: { 'zh-CN': '此功能未开放。', 'en-US': 'This function is not available.' },
  installed: {
    'zh-CN': '“{name}”是系统自带的结构，不能删除或更改，可以修改名称、说明和显示方式，也可以添加自己的字段。',
    'en-US':
      '"{name}" belongs to the product: it cannot be deleted or altered. You may change its label, note and display, and add fields of your own.',
  },
  schema_file: { 'zh-CN': '请以 JSON 提交结构差异，不能上传文件。', 'en-US': 'Send the schema difference as JSON, not as a file.' },
  variable: { 'zh-CN': '筛选条件中的变量超出了本人的数据范围。', 'en-US': 'A variable in the filter reaches beyond your own data.' },
  too_deep: { 'zh-CN': '提交的内容嵌套过深。', 'en-US': 'What was sent is nested too deeply.' },
  not_rows: { 'zh-CN': '提交的列表中只能包含记录或编号。', 'en-US': 'The list that was sent may only contain records or ids.' },
  second_factor: { 'zh-CN': '请先设置两步验证，然后继续。', 'en-US': 'Set up the second factor first, then go on.' },
  signed_out: { 'zh-CN': '登录已失效，请重新登录。', 'en-US': 'Your log-in is no longer valid. Log in again.' },
  exam_pending: {
    'zh-CN': '您的账号正在等待上岗考核，考核通过前没有任何权限。请联系版块管理员安排考核。',
    'en-US': 'Your account waits for the exam and has no rights until it is passed. Ask your segment admin for a date.',
  },
  password_due: {
    'zh-CN': '请先设置自己的新密码，然后继续。',
    'en-US': 'Set a password of your own first, then go on.',
  },
  unavailable: {
    'zh-CN': '暂时无法确认您的身份，请稍后再试。',
    'en-US': 'Your identity cannot be checked right now. Try again in a moment.',
  },
} as const satisfies Record<string, Said>;
