import type { Said } from '../../platform/api/say.ts';
import type { ValueReason } from '../rules/value-fault.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** Which of several rows in a list a text is about. */
export const IN_ROW = said('“{row}”：{text}', '“{row}”: {text}');

/** What is wrong with a value and what to do about it. */
export const VALUE_TEXTS: Record<ValueReason, Said> = {
  'credit_code.length': said(
    '统一社会信用代码应为 18 位，请对照营业执照核对。',
    'A unified social credit code has 18 characters. Check it against the business licence.',
  ),
  'credit_code.characters': said(
    '统一社会信用代码只含数字和大写字母，且不使用 I、O、S、V、Z，请核对。',
    'A unified social credit code has digits and capital letters only, never I, O, S, V or Z. Check it.',
  ),
  'credit_code.region': said(
    '统一社会信用代码第 3 至 8 位应为数字（行政区划码），请核对。',
    'Characters 3 to 8 of a unified social credit code are digits. Check them.',
  ),
  'credit_code.check_digit': said(
    '统一社会信用代码校验位不符，可能有一位输错，请对照营业执照核对；暂时不知道可以留空。',
    'The check digit of this unified social credit code does not match: one character may be mistyped. Check the licence, or leave it empty for now.',
  ),
  'credit_code.old_code': said(
    '这是旧的 15 位注册号，请填写 18 位统一社会信用代码，或留空。',
    'This is an old 15-digit registration number. Enter the 18-character credit code, or leave it empty.',
  ),
  'phone.several': said(
    '这里只能填一个号码，其余号码请填到其他联系人或备注中。',
    'Enter one number here; put the others with another contact or in the notes.',
  ),
  'phone.spreadsheet': said(
    '号码被表格软件改成了科学计数，请填写完整数字。',
    'A spreadsheet has turned this number into scientific notation. Enter all its digits.',
  ),
  'phone.area_code': said(
    '座机请加区号，如 010-65588888；港澳台及境外号码请以 + 和国家或地区代码开头。',
    'Add the area code, such as 010-65588888; numbers outside the mainland begin with + and the country code.',
  ),
  'phone.length': said(
    '电话号码位数不对：手机 11 位，座机带区号，如 010-65588888，境外号码以 + 开头。',
    'This number has the wrong length: a mobile has 11 digits, a landline its area code (010-65588888), a foreign number begins with +.',
  ),
  'phone.characters': said(
    '电话号码只能含数字、空格、括号、连字符和“转”，如 010-65588888转123。',
    'A number has digits, spaces, brackets and hyphens, and an extension such as 010-65588888 ext. 123.',
  ),
  'phone.foreign': said(
    '该国家或地区没有这样的号码，请核对国家或地区代码和位数。',
    'There is no such number in that country or region. Check the country code and the digits.',
  ),
  'email.several': said('这里只能填一个电子邮箱地址。', 'Enter one e-mail address here.'),
  'email.no_at': said('电子邮箱地址缺少 @，应如 name@example.com。', 'An e-mail address has an @, such as name@example.com.'),
  'email.shape': said('电子邮箱地址格式不正确，应如 name@example.com。', 'This is not an e-mail address such as name@example.com.'),
  'postcode.shape': said('邮政编码应为 6 位数字，如 100020。', 'A postcode has 6 digits, such as 100020.'),
  'website.scheme': said('网站只能是 http 或 https 地址。', 'A website is an http or https address.'),
  'website.shape': said('网站地址格式不正确，应如 https://www.example.com。', 'This is not a web address such as https://www.example.com.'),
  'date.shape': said('日期应如 2026-11-21。', 'Write a date as 2026-11-21.'),
  'date.no_such_day': said('没有这一天，请核对日期。', 'There is no such day. Check the date.'),
  'date.range': said('年份应在 1900 至 2200 之间，请核对。', 'The year must lie between 1900 and 2200. Check it.'),
  not_yet: said('完成时间不能晚于现在，计划请填在计划日期中。', 'This moment has not come yet. Plans belong in the due date.'),
  time_zone: said('没有这个时区，应如 Asia/Shanghai。', 'There is no such time zone. Write it like Asia/Shanghai.'),
  blank: said('此项必填，不能为空。', 'This cannot be empty.'),
  negative: said('此项不能为负数。', 'This cannot be negative.'),
  employees: said('员工人数应为 0 至 10000000 的整数。', 'The number of employees is a whole number from 0 to 10000000.'),
  percent: said('百分比应在 0 到 100 之间。', 'A percentage lies between 0 and 100.'),
  weight: said('权重应为 0 至 100 的整数。', 'A weight is a whole number from 0 to 100.'),
  period: said('期间应如 2026、2026-Q3 或 2026-11。', 'A period is written 2026, 2026-Q3 or 2026-11.'),
  too_long: said('最多 {max} 个字符。', 'At most {max} characters.'),
  merged: said('“已合并”只能由合并客户功能设置。', 'Only merging customers sets “merged”.'),
  unknown_customer_field: said(
    '“{name}”不是可以要求的客户字段。可用客户的字段名、contacts、reachable_contact、related_contacts、decision_maker、tags，二选一写作 a|b。',
    '“{name}” is no field of a customer that can be asked for. Use names of its fields, contacts, reachable_contact, related_contacts, decision_maker or tags; a|b asks for one of two.',
  ),
  unknown_contact_field: said(
    '“{name}”不是可以要求的联系人字段，二选一写作 a|b。',
    '“{name}” is no field of a contact that can be asked for; a|b asks for one of two.',
  ),
  unknown_opportunity_field: said(
    '“{name}”不是可以要求的商机字段，二选一写作 a|b。',
    '“{name}” is no field of an opportunity that can be asked for; a|b asks for one of two.',
  ),
  own_parent: said('上级不能是自己，请另选一项。', 'Nothing stands above itself. Choose another parent.'),
  parent_cycle: said(
    '所选上级本身在其下级之中，不能形成循环。',
    'That parent stands below this one already: parents must not form a circle.',
  ),
  ends_before_start: said('到期日期不能早于生效日期。', 'A contract cannot end before it starts.'),
  not_in_force: said(
    '所选地区或行业目前不在有效期内，请选择现行的一项。',
    'This region or industry is not in force today. Choose a current one.',
  ),
  tag_twice: said('该标签已添加，不必重复。', 'This tag is there already.'),
  tag_switched_off: said('该标签已停用，请选择其他标签。', 'This tag is switched off. Choose another.'),
};
