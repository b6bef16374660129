/**
 * `npm run break-glass -- --freeze ADDRESS --reason "…"` freezes an account at once, the last system admin's too;
 * `-- --thaw ADDRESS --reason "…"` opens a frozen one. For when the rules leave nobody who could (Q5).
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

try {
  const { values } = parseArgs({ options: { freeze: { type: 'string' }, thaw: { type: 'string' }, reason: { type: 'string' } } });
  const { freeze, thaw } = values;
  const reason = values.reason?.trim();
  if (!reason || Boolean(freeze) === Boolean(thaw)) throw new Problem('breakGlassUsage', {});
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  await requireInstalled(settings);
  const what = freeze ? 'freeze' : 'thaw';
  const { email } = await breakGlass(settings, { what, email: String(freeze ?? thaw), reason, now: new Date() });
  tell(
    freeze
      ? `✓ ${email} 已冻结，所有登录已失效；解冻：--thaw | ${email} is frozen, every log-in has ended; --thaw opens it again`
      : `✓ ${email} 已解冻，原有会话和令牌不恢复 | ${email} is thawed; sessions and tokens of before do not come back`,
  );
  tell('系统管理员和集团管理层已收到通知，并已写入审计日志 | system admins and executives were told; the audit log has it');
  process.exit(0);
} catch (error) {
  fail(error);
}
