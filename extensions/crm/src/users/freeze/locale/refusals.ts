import type { Said } from '../../../platform/api/say.ts';
import type { FreezeReason, ThawReason } from '../rules/freeze-decision.ts';

export type FreezesReason =
  | Exclude<FreezeReason | ThawReason, 'forbidden'>
  | 'bad_value'
  | 'use_freeze'
  | 'executive_only'
  | 'executive_bound'
  | 'no_executive'
  | 'approval_over'
  | 'headcount_full'
  | 'busy';

interface Refused {
  code: string;
  status: number;
  text: Said;
}

const refused = (code: string, status: number, zh: string, en: string): Refused => ({ code, status, text: { 'zh-CN': zh, 'en-US': en } });
const conflict = (zh: string, en: string) => refused('FREEZE_CONFLICT', 409, zh, en);

/** Everything that freezing refuses, and what to do instead. */
export const FREEZE_REFUSALS: Record<FreezesReason, Refused> = {
  own_freeze: refused(
    'FORBIDDEN',
    403,
    '不能冻结或解冻自己的账号。请由其他管理员操作。',
    'Nobody freezes or thaws their own account. Ask another administrator.',
  ),
  reps_only: refused(
    'FORBIDDEN',
    403,
    '版块管理员只能冻结本版块的业务人员。其他人员请联系系统管理员。',
    'A segment admin freezes reps of the own segment only. For others ask a system administrator.',
  ),
  already_frozen: conflict(
    '此账号已经这样冻结，无需重复。要更改原因，或为没有期限的冻结设期限，请先解冻，再重新冻结。',
    'This account is frozen already, just so. To change the reason, or to give an end to a freeze without one, thaw it and freeze it again.',
  ),
  already_asked: conflict(
    '冻结此账号的申请正在等待集团管理层审批。请等待结果，或由申请人撤回后重新提交。',
    'A freeze of this account waits for an executive. Wait for it, or have whoever asked withdraw it first.',
  ),
  not_active: conflict(
    '此账号没有启用（已停用或已归档），无法冻结，本来就不能登录。',
    'This account is not active, so there is nothing to freeze: nobody can log in with it.',
  ),
  not_frozen: conflict(
    '此账号没有冻结，无需解冻。已停用的账号请提交权限变更审批重新开通。',
    'This account is not frozen. One that was closed is opened again by an access request.',
  ),
  last_system_admin: conflict(
    '这是最后一名在职的系统管理员，不能冻结。请先启用另一名系统管理员；紧急情况在服务器上运行 npm run break-glass。',
    'This is the last active system administrator and cannot be frozen. Activate another one first; in an emergency run npm run break-glass on the server.',
  ),
  until_past: refused(
    'INVALID_PAYLOAD',
    400,
    '冻结期限（until）已过。请填写将来的时间，或留空直到人工解冻。',
    'The end of the freeze (until) is over already. Give a time to come, or leave it empty until somebody thaws.',
  ),
  bad_value: refused('INVALID_PAYLOAD', 400, '内容不符合要求：{where}', 'Not as it should be: {where}'),
  use_freeze: refused(
    'FORBIDDEN',
    403,
    '在职的系统管理员不能由一个人停用、改角色、改登录邮箱或密码，也不能由一个人改为待考核。请在“CRM › 人员”中冻结，由集团管理层审批；紧急情况在服务器上运行 npm run break-glass。',
    'Nobody alone suspends an active system administrator, holds them back until an exam, or changes their role, address or password. Freeze them at “CRM › People”, which an executive decides; in an emergency run npm run break-glass on the server.',
  ),
  executive_only: refused(
    'FORBIDDEN',
    403,
    '冻结系统管理员只能由集团管理层审批。请转告集团管理层处理。',
    'Only an executive decides the freeze of a system administrator. Tell one of them.',
  ),
  executive_bound: refused(
    'FORBIDDEN',
    403,
    '您的账号在最近 30 天内由当事一方开通、任命，或由其更改过邮箱、签发过密码链接，不能由您决定。请由另一名集团管理层人员审批；紧急情况在服务器上运行 npm run break-glass。',
    'Within the last 30 days one side opened or promoted your account, changed its address or made a one-time link for it, so it is not yours to decide. Ask another executive; in an emergency run npm run break-glass on the server.',
  ),
  judges_removed: refused(
    'FORBIDDEN',
    403,
    '冻结您账号的申请正在等待集团管理层审批，在此之前您不能停用或更改集团管理层人员。请等待审批结果，或请另一名系统管理员操作。',
    'A freeze of your own account waits for an executive; until then you cannot suspend or change executives. Wait for the decision, or ask the other system administrator.',
  ),
  no_executive: conflict(
    '目前没有在职的集团管理层人员可以审批（最近 30 天内由您开通、任命或签发过密码链接的不算），未作任何更改。请先由他人启用一名；紧急情况在服务器上运行 npm run break-glass。',
    'No executive is active to decide it (one whom you opened, promoted or made a link for within 30 days does not count); nothing was changed. Have somebody else activate one; in an emergency run npm run break-glass on the server.',
  ),
  approval_over: conflict(
    '申请中的冻结期限已过，不能再批准。请驳回，需要时重新申请。',
    'The time for which the freeze was asked is over, so it cannot be approved. Reject it; it can be asked for again.',
  ),
  headcount_full: conflict(
    '解冻后此岗位的在职人数会超过上限（系统管理员和每个版块的版块管理员最多两名）。请先停用或调整一人。',
    'Thawed, there would be more of this post than allowed (two system administrators, two admins a segment). Suspend or move one first.',
  ),
  busy: refused(
    'SERVICE_UNAVAILABLE',
    503,
    '同时有其他人员变更，未作任何更改。请稍后再试。',
    'Other changes of people are under way; nothing was changed. Try again in a moment.',
  ),
};
