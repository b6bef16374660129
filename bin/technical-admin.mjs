/**
 * `npm run technical-admin -- [--minutes 60] [--email ADDRESS]` opens the technical administrator of a production installation
 * and closes it again at the end of the time or with Ctrl-C; `-- --close` closes it now.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { mergedEnvironment } from './lib/dot-env.mjs';
import { fail } from './lib/fail.mjs';
import { requireInstalled } from './lib/installation.mjs';
import { ROOT } from './lib/paths.mjs';
import { Problem } from './lib/problem.mjs';
import { tell } from './lib/progress.mjs';
import { readSettings } from './lib/settings.mjs';
import { listenForStop, onStop } from './lib/stopping.mjs';
import { closeTechnicalAdmin, openTechnicalAdmin } from './lib/technical-admin.mjs';

const MOST_MINUTES = 8 * 60;
const CLOSED = '✓ 技术管理员已停用 | the technical administrator is suspended again';

/** @param {string} text */
function minutesOf(text) {
  const minutes = Number(text);
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MOST_MINUTES)
    throw new Problem('technicalAdminMinutes', { most: MOST_MINUTES });
  return minutes;
}

try {
  const { values } = parseArgs({
    options: { minutes: { type: 'string', default: '60' }, email: { type: 'string' }, close: { type: 'boolean' } },
  });
  const minutes = minutesOf(values.minutes);
  const settings = readSettings(mergedEnvironment(join(ROOT, '.env'), process.env));
  if (settings.demo) throw new Problem('technicalAdminDemo');
  await requireInstalled(settings);
  listenForStop(() => 0);
  if (values.close) tell((await closeTechnicalAdmin(settings)) ? CLOSED : '– 没有开启 | it was not open');
  else {
    // The server that runs may have been faster at the end of the time: closed is closed.
    /** @type {string | null} */
    let mine = null;
    // Not what somebody else has opened again meanwhile: that has an end of its own.
    const close = async () => {
      await closeTechnicalAdmin(settings, ({ until }) => mine === null || until === mine);
      tell(CLOSED);
    };
    onStop(close);
    const { email, password, until } = await openTechnicalAdmin(settings, { minutes, now: new Date(), email: values.email });
    mine = until;
    tell(`已开启 ${minutes} 分钟，至 ${until}；按 Ctrl-C 提前关闭 | open for ${minutes} minutes, until ${until}; Ctrl-C closes it earlier`);
    tell(`  ${settings.publicUrl}/admin\n  ${email}\n  ${password}`);
    tell(
      '口令只显示这一次，关闭后失效；系统管理员已收到通知 | the password is shown this once and dies with the end; the system admins were told',
    );
    await new Promise((resolve) => setTimeout(resolve, minutes * 60_000));
    await close();
  }
  process.exit(0);
} catch (error) {
  fail(error);
}
