/**
 * `npm run break-glass -- --freeze ADDRESS --reason "…"` freezes an account at once, the last system admin's too;
 * `-- --thaw ADDRESS --reason "…"` opens a frozen one; `-- --link ADDRESS --reason "…"` makes a one-time link for a new password,
 * the only one that a system admin gets. For when the rules leave nobody who could (Q5).
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { breakGlass } from './lib/break-glass.mjs';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { requireInstalled } from './lib/installation.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem } from './lib/problem.mjs';
import { tell } from './lib/progress.mjs';
import { readSettings } from './lib/settings.mjs';

const WAYS = /** @type {const} */ (['freeze', 'thaw', 'link']);

try {
  const address = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({ options: { freeze: address, thaw: address, link: address, reason: address } });
  const reason = values.reason?.trim();
  const [what, ...others] = WAYS.filter((way) => values[way]);
  if (!reason || !what || others.length) throw new Problem('breakGlassUsage', {});
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await requireInstalled(settings);
  const { email, made } = await breakGlass(settings, { what, email: String(values[what]), reason, now: new Date() });
  const done = {
    freeze: `✓ ${email} 已冻结，所有登录已失效；解冻：--thaw | ${email} is frozen, every log-in has ended; --thaw opens it again`,
    thaw: `✓ ${email} 已解冻，原有会话和令牌不恢复 | ${email} is thawed; sessions and tokens of before do not come back`,
    link: `✓ ${email} 的一次性链接，只显示这一次，${made?.expiresAt.toISOString()} 前有效；请确认是本人后转交 | one-time link for ${email}, shown this once and good until then; hand it over once you know it is them`,
  };
  tell(done[what]);
  if (made) tell(`  ${made.link}`);
  tell('系统管理员和集团管理层已收到通知，并已写入审计日志 | system admins and executives were told; the audit log has it');
  process.exit(0);
} catch (error) {
  fail(error);
}
