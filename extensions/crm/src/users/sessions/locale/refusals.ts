import type { Said } from '../../../platform/api/say.ts';
import type { ResetReason } from '../rules/reset-right.ts';

export type SessionReason =
  | 'locked'
  | 'idle'
  | 'day_end'
  | 'ended'
  | 'no_screen'
  | 'wrong_password'
  | 'wrong_current'
  | 'too_often_wrong'
  | 'too_many'
  | 'elsewhere'
  | 'same_password'
  | 'weak_password'
  | 'bad_value'
  | 'link_invalid'
  | 'closed_reset'
  | 'of_a_screen'
  | 'wrong_code'
  | 'factor_over'
  | 'factor_demanded'
  | Exclude<ResetReason, 'forbidden'>;

interface Refused {
  code: string;
  status: number;
  text: Said;
}

const refused = (code: string, status: number, zh: string, en: string): Refused => ({ code, status, text: { 'zh-CN': zh, 'en-US': en } });

/** Everything that sessions and passwords refuse, and what to do instead. */
export const SESSION_REFUSALS: Record<SessionReason, Refused> = {
  locked: refused('SESSION_LOCKED', 423, '屏幕已锁定。请输入密码继续。', 'The screen is locked. Type your password to go on.'),
  idle: refused(
    'INVALID_CREDENTIALS',
    401,
    '长时间没有操作，已自动退出。请重新登录。',
    'You were away for too long and have been logged out. Log in again.',
  ),
  day_end: refused(
    'INVALID_CREDENTIALS',
    401,
    '已到下班时间，已自动退出。请重新登录。',
    'The working day is over and you have been logged out. Log in again.',
  ),
  ended: refused(
    'INVALID_CREDENTIALS',
    401,
    '您的账号已在别处登录，此处已退出。如非本人操作，请立即联系版块管理员。',
    'Your account was used to log in elsewhere, so this session has ended. If that was not you, tell your segment admin at once.',
  ),
  no_screen: refused('INVALID_PAYLOAD', 400, '只有浏览器中的会话可以锁屏。', 'Only a session in a browser has a screen to lock.'),
  wrong_password: refused(
    'INVALID_CREDENTIALS',
    403,
    '密码不正确，还可以再试 {left} 次；之后须重新登录。',
    'The password is wrong. {left} more tries, then you have to log in again.',
  ),
  wrong_current: refused('INVALID_CREDENTIALS', 403, '当前密码不正确。', 'The current password is wrong.'),
  too_often_wrong: refused(
    'INVALID_CREDENTIALS',
    401,
    '密码多次不正确，会话已结束。请重新登录。',
    'The password was wrong too often, so the session has ended. Log in again.',
  ),
  too_many: refused(
    'REQUESTS_EXCEEDED',
    429,
    '尝试过于频繁，请 {seconds} 秒后再试。',
    'Too many attempts. Try again in {seconds} seconds.',
  ),
  elsewhere: refused(
    'INVALID_PAYLOAD',
    400,
    '您通过单点登录进入，密码不在本系统。请退出后重新登录。',
    'You log in by another service, so there is no password here. Log out and in again.',
  ),
  same_password: refused('FAILED_VALIDATION', 400, '新密码不能与当前密码相同。', 'The new password must not be the one you have.'),
  weak_password: refused(
    'FAILED_VALIDATION',
    400,
    '密码过于简单：至少 8 位，并同时使用大写字母、小写字母、数字和符号。',
    'The password is too simple: eight characters or more, with upper and lower case letters, digits and symbols.',
  ),
  bad_value: refused('INVALID_PAYLOAD', 400, '内容不符合要求：{where}', 'Not as it should be: {where}'),
  link_invalid: refused(
    'LINK_INVALID',
    403,
    '此链接无效、已使用或已过期。请联系管理员重新签发。',
    'This link is invalid, used or over. Ask your administrator for a new one.',
  ),
  closed_reset: refused(
    'FORBIDDEN',
    403,
    '不能自行重设密码。请联系版块管理员或系统管理员签发一次性链接。',
    'Nobody resets a password alone. Ask your segment admin or a system administrator for a one-time link.',
  ),
  of_a_screen: refused(
    'INVALID_CREDENTIALS',
    401,
    '这是浏览器中的会话，不能作为程序的令牌续期。请重新登录。',
    'This is the session of a browser and is not renewed as the token of a program. Log in again.',
  ),
  wrong_code: refused(
    'INVALID_OTP',
    403,
    '验证码不正确或已过期。请输入验证器应用当前显示的验证码。',
    'The code is wrong or over. Type the one that the authenticator shows now.',
  ),
  factor_over: refused(
    'INVALID_PAYLOAD',
    400,
    '本次设置已失效。请重新输入密码，再用验证器扫描新的二维码。',
    'This set-up is over. Type your password again and scan the new code.',
  ),
  factor_demanded: refused(
    'FORBIDDEN',
    403,
    '您的角色必须使用两步验证，不能关闭。更换手机时请联系技术管理员重设。',
    'Your role demands the second factor, so it cannot be turned off. For a new phone ask the technical administrator.',
  ),
  own_reset: refused(
    'FORBIDDEN',
    403,
    '不能给自己签发链接。请直接修改密码，或由其他管理员签发。',
    'Nobody makes a link for themselves. Change your password instead, or ask another administrator.',
  ),
  reset_reps_only: refused(
    'FORBIDDEN',
    403,
    '版块管理员只能为本版块的业务人员签发。其他人员请联系系统管理员。',
    'A segment admin makes links for reps of the own segment only. For others ask a system administrator.',
  ),
  admin_on_server: refused(
    'FORBIDDEN',
    403,
    '系统管理员的链接只能在服务器上签发：npm run break-glass -- --link 邮箱 --reason "原因"。请联系管理服务器的人员。',
    'A link for a system administrator is made on the server only: npm run break-glass -- --link ADDRESS --reason "why". Ask whoever runs the server.',
  ),
  not_active: refused(
    'RESET_CONFLICT',
    409,
    '此账号已冻结或停用，不能重设密码。请先解冻。',
    'This account is frozen or closed, so there is no link for it. Thaw it first.',
  ),
  other_provider: refused(
    'RESET_CONFLICT',
    409,
    '此人通过单点登录进入，密码不在本系统。请在单点登录系统中处理。',
    'This person logs in by another service, so there is no password here. It is changed there.',
  ),
};
