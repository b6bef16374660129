import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { provideBundle } from '../bundle.mjs';
import { Problem } from '../problem.mjs';
import { tell } from '../progress.mjs';
import { runCommand } from '../run-command.mjs';
import { isStopping, onStop } from '../stopping.mjs';
import { rememberExtensions } from './host-memory.mjs';
import { findOtherHost } from './other-host.mjs';
import { forgetFormer, placeExtension } from './place-extension.mjs';

const AFTERWARDS = [
  '请重启该 Directus；建议同时设置 EXTENSIONS_MUST_LOAD=true（扩展未加载时拒绝启动）。然后给第一位系统管理员分配角色 system_admin。',
  'Restart that Directus now; set EXTENSIONS_MUST_LOAD=true, so that it never runs without its guards. Then give the first system admin the role system_admin.',
  '说明 | read: docs/install-into.md',
].join('\n');

/**
 * Runs the host's own command line in its folder, with its settings and on this Node.
 * @param {import('./other-host.mjs').OtherHost} host
 * @param {string[]} command
 */
const runThere = (host, command) =>
  runCommand(process.execPath, [host.cli, ...command], { cwd: host.folder, onOutput: (text) => void process.stdout.write(text) });

/**
 * `npm run install-into -- <folder of the other Directus>`: our extension into its folder of extensions, our collections
 * and rules into its database. Its settings and data are not touched; when the installation is refused, the extension is
 * taken out again.
 * @param {string[]} words
 * @returns {Promise<number>} exit code
 */
export async function installInto(words) {
  const { values, positionals } = parseArgs({
    args: words,
    options: { extensions: { type: 'string' }, check: { type: 'boolean' } },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (!folder) throw new Problem('intoUsage');
  const host = findOtherHost(resolve(process.env['INIT_CWD'] ?? '.', folder), process.env, values.extensions);
  await provideBundle(process.execPath);
  const forgetRows = await rememberExtensions(host.settings);
  const takeOut = placeExtension(host.extensions);
  tell(`→ ${host.extensions}`);
  const running = runThere(host, ['crm-install', ...(values.check ? ['--check'] : [])]);
  const takeBack = async () => {
    await running;
    takeOut();
    await forgetRows();
  };
  const forgetStop = onStop(takeBack);
  const { code, output } = await running;
  if (isStopping()) return 130;
  forgetStop();
  if (values.check || code !== 0) await takeBack();
  forgetFormer(host.extensions);
  if (output.includes("unknown command 'crm-install'")) throw new Problem('intoNotLoaded', { folder: host.folder });
  if (code === 0 && !values.check) tell(AFTERWARDS);
  return code;
}
