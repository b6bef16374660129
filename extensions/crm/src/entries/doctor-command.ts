import { runDoctor } from '../guard/doctor/command.ts';
import type { HostContext } from '../platform/api/host.ts';
import { doctorOf } from './doctor.ts';

interface Command {
  description(text: string): Command;
  option(flags: string, text: string): Command;
  action(run: (options: { repair?: boolean; json?: boolean; lang?: string }) => Promise<void>): Command;
}

type RegisterInit = (event: 'cli.before', handler: (meta: { program: { command(name: string): Command } }) => void) => void;

/** `directus crm-doctor`: the self-check on the server, for `npm run doctor` and for monitoring. */
export function registerDoctorCommand(init: RegisterInit, context: HostContext): void {
  init('cli.before', ({ program }) => {
    program
      .command('crm-doctor')
      .description('CRM 自检 | Check the CRM')
      .option('--repair', '把权限恢复到权限矩阵 | bring the stored rights back to the access matrix')
      .option('--json', '输出 JSON | write JSON')
      .option('--lang <language>', '语言 zh-CN 或 en-US | language')
      .action(async (options) => {
        const code = await runDoctor(context, doctorOf(context), options, (line) => process.stdout.write(`${line}\n`));
        process.exit(code);
      });
  });
}
