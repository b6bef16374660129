import { runAudit, type AuditOptions } from '../audit/command.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import { PURPOSE } from '../audit/entry.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { withKeptKeys } from '../privacy/index.ts';

interface Command {
  description(text: string): Command;
  argument(name: string, text: string): Command;
  option(flags: string, text: string): Command;
  action(run: (what: string, options: AuditOptions) => Promise<void>): Command;
}

type RegisterInit = (event: 'cli.before', handler: (meta: { program: { command(name: string): Command } }) => void) => void;

const write = (line: string) => void process.stdout.write(`${line}\n`);
const withKept = (database: Knex, ring: Keyring) => withKeptKeys(database, ring, PURPOSE);

/** `directus crm-audit verify`: reads the whole audit log on the server, for `npm run audit` and for monitoring. */
export function registerAuditCommand(init: RegisterInit, context: HostContext, keys: Keys): void {
  init('cli.before', ({ program }) => {
    program
      .command('crm-audit')
      .description('校验审计日志 | Verify the audit log')
      .argument('<what>', 'verify')
      .option('--json', '输出 JSON | write JSON')
      .option('--lang <language>', '语言 zh-CN 或 en-US | language')
      .option('--head <number:hash>', '另外记下的链尾 | a head that was noted elsewhere')
      .action(async (what, options) => {
        process.exit(await runAudit(context, keys, [what], options, write, withKept));
      });
  });
}
