import { performance } from 'node:perf_hooks';

/** @param {string} body what `/crm/health` answered @returns {{ status?: string, because?: { kind: string, path: string }[] }} */
function parse(body) {
  try {
    return JSON.parse(body) ?? {};
  } catch {
    return {};
  }
}

/**
 * Sees in the answers of `/crm/health` that the doctor has kept the CRM closed for `seconds` (F1): it runs, and waiting longer
 * opens nothing.
 * @param {number} seconds
 * @param {() => number} [now] milliseconds
 * @returns {(status: number, body: string) => boolean}
 */
export function closedFor(seconds, now = () => performance.now()) {
  let since = Infinity;
  return (_status, body) => {
    const moment = now();
    since = parse(body).status === 'closed' ? Math.min(since, moment) : Infinity;
    return moment - since >= seconds * 1000;
  };
}

/** What keeps it closed, as the doctor names it; nothing when it is open. @param {string} body */
export function closedPaths(body) {
  const { status, because = [] } = parse(body);
  return status === 'closed' ? because.map(({ kind, path }) => `${path} (${kind})`) : [];
}

/** @param {string[]} paths */
export const closedText = (paths) =>
  [
    '',
    '⚠ CRM 已关闭：无法保证隔离。服务仍在运行，管理员可登录查看「系统自检」页；修复后自动开放',
    '⚠ The CRM is closed: isolation cannot be vouched for. The server goes on running; administrators find the reasons on the',
    '  page "Self-check". It opens by itself once this is repaired:',
    ...paths.map((path) => `    ${path}`),
    '  npm run doctor                 查看原因 | shows why',
    '  npm run doctor -- --repair     恢复权限 | brings the stored rights back',
    '',
  ].join('\n');
