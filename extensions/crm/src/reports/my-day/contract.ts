import type { ApiOperation } from '../../platform/api/openapi.ts';
import { myDay } from './answers.ts';

/** The route of my-day for `/crm/openapi.json`. */
export const myDayOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/my-day',
    summary: {
      'zh-CN': '我的一天：逾期、今天、即将超期未跟进、待我审批、派给我的、最近打开；本人负责的客户电话为明文，逐条记录但不计入查看提醒',
      'en-US':
        "My day: overdue, today, soon without an activity, waiting for my decision, assigned, recently opened; phone numbers of the caller's own customers in clear, each logged and none counted by the alarm",
    },
    who: 'everybody with a role of the CRM, each for the own work',
    response: myDay,
  },
];
