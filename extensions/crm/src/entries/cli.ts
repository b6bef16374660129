import { MODEL } from '../../../../schema-snapshots/model/index.ts';
import { toHost } from '../../../../schema-snapshots/to-host.ts';
import { allParts } from '../../../../seed/installer/all-parts.ts';
import type { InstallHost } from '../../../../seed/installer/host-door.ts';
import { InstallRefusal } from '../../../../seed/installer/install-refusal.ts';
import { install, isUnchanged, type InstallReport } from '../../../../seed/installer/install.ts';

import { sealExisting } from '../privacy/index.ts';
import { keysFor } from './keys.ts';

/** The host's command line, as far as we add to it. */
interface Command {
  description(text: string): Command;
  option(flags: string, text: string): Command;
  action(run: (options: Flags) => Promise<void>): Command;
}

interface Flags {
  ownHost?: boolean;
  demo?: boolean;
  check?: boolean;
}

type RegisterInit = (event: 'cli.before', handler: (meta: { program: { command(name: string): Command } }) => void) => void;

/**
 * `directus crm-install`: the one way in, for the demo, for production and for a Directus that already has other data.
 *
 * @param catchUpLog writes the rights that were installed into the audit log and seals it.
 */
export function registerInstallCommand(init: RegisterInit, host: InstallHost, catchUpLog: () => Promise<void>): void {
  init('cli.before', ({ program }) => {
    program
      .command('crm-install')
      .description('安装或升级 CRM | Install or upgrade the CRM')
      .option('--own-host', '此 Directus 专用于本 CRM，同时写入系统设置 | this Directus is ours alone: bring its settings too')
      .option('--demo', '演示数据 | the demo group')
      .option('--check', '只检查，不更改；有待安装内容时退出码为 2 | change nothing; exit code 2 when something is missing')
      .action(async (flags) => process.exit(await run(host, flags, catchUpLog)));
  });
}

const line = (text: string) => void process.stdout.write(`[crm] ${text}\n`);

async function run(host: InstallHost, flags: Flags, catchUpLog: () => Promise<void>): Promise<number> {
  const begun = Date.now();
  try {
    const input = { model: toHost(MODEL), parts: await allParts(host.database), fills: {} };
    const report = await install(host, input, {
      place: flags.ownHost ? 'own' : 'shared',
      demo: flags.demo === true,
      check: flags.check === true,
      say: line,
    });
    if (!flags.check) await sealWhatIsClear(host);
    // Whoever starts the server next finds nothing to add: a second start changes nothing (SEC-3).
    if (!flags.check && !isUnchanged(report)) await catchUpLog();
    line(summary(report, flags.check === true, Date.now() - begun));
    return flags.check && !isUnchanged(report) ? 2 : 0;
  } catch (error) {
    const text = error instanceof InstallRefusal ? `${error.in('zh-CN')} | ${error.in('en-US')}` : String((error as Error).stack ?? error);
    process.stderr.write(`[crm] ${text}\n`);
    return 1;
  }
}

/** An upgrade finds values from before sealing: they are sealed with it. Without keys the doctor says what is to be done. */
async function sealWhatIsClear({ database, env }: InstallHost): Promise<void> {
  const ring = keysFor({ env }).ring();
  if (!ring.accepted) return;
  const { sealed, readable, copies, left } = await sealExisting(database, ring.value, new Date());
  if (sealed || readable || copies || left)
    line(`已加密 ${sealed} 项，清理副本 ${copies} 条，剩余明文 ${left} | sealed ${sealed}, copies masked ${copies}, left in clear ${left}`);
}

function summary(report: InstallReport, check: boolean, milliseconds: number): string {
  const seconds = (milliseconds / 1000).toFixed(1);
  if (isUnchanged(report)) return `没有变化 | no change (${seconds} s)`;
  const counts = Object.entries(report).filter(([, count]) => count > 0);
  const said = counts.map(([step, count]) => `${step} ${count}`).join(', ');
  return check ? `有待安装 | to be installed: ${said}` : `安装完成 | installed: ${said} (${seconds} s)`;
}
