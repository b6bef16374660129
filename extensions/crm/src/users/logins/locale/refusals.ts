import type { Said } from '../../../platform/api/say.ts';

export const BAD_PERIOD: Said = {
  'zh-CN': '参数 {where} 不对：user 是人员 id；from、to 是 2000–2099 年的日期（YYYY-MM-DD），to 不早于 from，最长 366 天。',
  'en-US':
    'Parameter {where} is not right: user is a person’s id; from and to are days (YYYY-MM-DD) from 2000 to 2099, to not before from, 366 days at most.',
};
