import type { Said } from '../../platform/api/say.ts';
import type { FirstAdminRefusal } from '../rules/first-admin.ts';

export interface SetupText {
  code: string;
  status: number;
  text: Said;
}

/** Every refusal of this slice with its answer; a reason without a text does not compile. */
export const SETUP_TEXTS: Readonly<Record<FirstAdminRefusal | 'invalid' | 'password_weak' | 'email_taken' | 'too_many', SetupText>> = {
  link_invalid: {
    code: 'LINK_INVALID',
    status: 403,
    text: {
      'zh-CN': '此链接无效、已使用或已过期。重新启动服务会打印新的链接。',
      'en-US': 'This link is invalid, used or expired. Starting the server again prints a new one.',
    },
  },
  taken: {
    code: 'ALREADY_SET_UP',
    status: 409,
    text: { 'zh-CN': '已有系统管理员，请由其创建其他用户。', 'en-US': 'There is a system admin already, who can create the other users.' },
  },
  invalid: {
    code: 'INVALID_PAYLOAD',
    status: 400,
    text: {
      'zh-CN': '请填写姓名、有效的邮箱和至少 12 位的密码。（{fields}）',
      'en-US': 'Please give a name, a valid e-mail address and a password of at least 12 characters. ({fields})',
    },
  },
  password_weak: {
    code: 'FAILED_VALIDATION',
    status: 400,
    text: {
      'zh-CN': '密码过于简单：请同时使用大写字母、小写字母、数字和符号。',
      'en-US': 'The password is too simple: please use upper and lower case letters, digits and symbols.',
    },
  },
  email_taken: {
    code: 'RECORD_NOT_UNIQUE',
    status: 400,
    text: { 'zh-CN': '该邮箱已被使用。', 'en-US': 'This e-mail address is in use.' },
  },
  too_many: {
    code: 'REQUESTS_EXCEEDED',
    status: 429,
    text: { 'zh-CN': '请求过于频繁，请 {seconds} 秒后再试。', 'en-US': 'Too many requests: please try again in {seconds} s.' },
  },
};
