import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/**
 * The host's own errors by code. Its texts are English only and repeat names and values of rows; these say what to do
 * and nothing of the data (F20). A foreign row and an absent one share one text.
 */
export const HOST_ERROR_TEXTS: Record<string, Said> = {
  CONTAINS_NULL_VALUES: said('该字段已有空值，不能设为必填。', 'The field has empty values and cannot be made required.'),
  CONTENT_TOO_LARGE: said('上传的内容过大。', 'The uploaded content is too large.'),
  EMAIL_LIMIT_EXCEEDED: said('发送邮件过于频繁，请稍后再试。', 'Too many e-mails. Try again later.'),
  FORBIDDEN: said('您没有权限执行此操作，或内容不存在。', "You don't have permission to do this, or it does not exist."),
  REQUESTS_EXCEEDED: said('操作过于频繁，请稍后再试。', 'Too many requests. Try again later.'),
  ILLEGAL_ASSET_TRANSFORMATION: said('无法按此方式转换文件。', 'The file cannot be transformed this way.'),
  GRAPHQL_VARIABLES: said(
    '请求没有执行：请检查变量的类型和取值是否符合查询；仍出现时请联系系统管理员。',
    'The request was not carried out: check that the variables have the types the query names; tell a system administrator if it stays.',
  ),
  INTERNAL_SERVER_ERROR: said(
    '服务器出现意外错误，请稍后再试；如仍出现，请联系系统管理员。',
    'Something went wrong on the server. Try again later, or tell a system administrator.',
  ),
  INVALID_CREDENTIALS: said('用户名或密码不正确，或登录已失效。', 'Wrong user name or password, or the log-in has ended.'),
  INVALID_FOREIGN_KEY: said('所选的关联记录不存在或不可用。', 'The chosen related record does not exist or cannot be used.'),
  INVALID_INVITE: said('邀请已失效。', 'This invitation is no longer valid.'),
  INVALID_IP: said('不允许从当前网络地址登录。', 'Log-in from this network address is not allowed.'),
  INVALID_OTP: said('动态验证码不正确。', 'The one-time code is not correct.'),
  INVALID_PAYLOAD: said('提交的内容格式不正确，请检查后重试。', 'What was sent has the wrong form. Check it and try again.'),
  INVALID_PATH_PARAMETER: said('请求地址不正确。', 'The address of the request is not correct.'),
  INVALID_PROVIDER: said('不支持此登录方式。', 'This way to log in is not available.'),
  INVALID_PROVIDER_CONFIG: said(
    '登录方式的配置有误，请联系系统管理员。',
    'The way to log in is not set up correctly. Tell a system administrator.',
  ),
  INVALID_QUERY: said('查询条件不正确，请检查筛选、排序或分页。', 'The query is not correct. Check filter, sort and page.'),
  INVALID_TOKEN: said('登录凭证无效，请重新登录。', 'The log-in token is not valid. Log in again.'),
  LIMIT_EXCEEDED: said('已达到上限。', 'A limit has been reached.'),
  METHOD_NOT_ALLOWED: said('不支持此请求方式。', 'This method is not supported here.'),
  NOT_NULL_VIOLATION: said('必填字段“{field}”不能为空。', 'The required field "{field}" must not be empty.'),
  OUT_OF_DATE: said('程序版本过旧，无法完成操作。', 'The program is out of date.'),
  OUT_OF_TIME: said('操作超时，请稍后再试。', 'This took too long. Try again later.'),
  RANGE_NOT_SATISFIABLE: said('请求的文件范围无效。', 'The requested part of the file does not exist.'),
  RECORD_IN_USE: said(
    '仍有其他记录（如联系人、商机、行动、订单）与该记录关联，不能删除。请先处理这些记录，或改为归档、停用。',
    'Other records (contacts, opportunities, activities, orders …) still point at this one, so it cannot be deleted. See to them first, or archive or deactivate it.',
  ),
  WRITE_COLLISION: said('他人正在修改同一条记录，请稍后重试。', 'Somebody else is changing the same record. Try again in a moment.'),
  RECORD_NOT_UNIQUE: said('字段“{field}”的值已被使用。', 'The value of "{field}" is already taken.'),
  ROUTE_NOT_FOUND: said('没有这个地址。', 'There is no such address.'),
  SERVICE_UNAVAILABLE: said('服务暂时不可用，请稍后再试。', 'The service is not available right now. Try again later.'),
  TOKEN_EXPIRED: said('登录已过期，请重新登录。', 'Your log-in has expired. Log in again.'),
  UNEXPECTED_RESPONSE: said('收到意外的响应，请稍后再试。', 'An unexpected answer was received. Try again later.'),
  UNPROCESSABLE_CONTENT: said('无法处理提交的内容。', 'What was sent cannot be processed.'),
  UNSUPPORTED_MEDIA_TYPE: said('不支持此文件或内容类型。', 'This type of file or content is not supported.'),
  USER_SUSPENDED: said('账号已停用，请联系版块管理员。', 'This user is suspended. Ask your segment administrator.'),
  VALUE_OUT_OF_RANGE: said('字段“{field}”的数值超出允许范围。', 'The value of "{field}" is out of range.'),
  VALUE_TOO_LONG: said('字段“{field}”的内容过长。', 'The value of "{field}" is too long.'),
  FAILED_VALIDATION: said('字段“{field}”未通过校验。', 'The field "{field}" did not pass its check.'),
  GRAPHQL_VALIDATION: said('GraphQL 查询不正确。', 'The GraphQL query is not valid.'),
  GRAPHQL_EXECUTION: said('GraphQL 查询无法执行。', 'The GraphQL query could not be executed.'),
};

/** A failed validation, by what it asked for. */
export const VALIDATION_TEXTS: Record<string, Said> = {
  required: said('“{field}”为必填项。', '"{field}" is required.'),
  nnull: said('“{field}”为必填项。', '"{field}" is required.'),
  nempty: said('“{field}”不能为空。', '"{field}" must not be empty.'),
  regex: said('“{field}”的格式不正确。', '"{field}" has the wrong form.'),
  email: said('“{field}”不是有效的电子邮箱。', '"{field}" is not a valid e-mail address.'),
  in: said('“{field}”的值不在可选范围内。', 'The value of "{field}" is not one of the choices.'),
};
