import { PURPOSE as OF_AUDIT } from '../audit/entry.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { keepDerivedKeys, rotateSealed, sealExisting } from '../privacy/index.ts';
import { keysFor } from './keys.ts';

interface Command {
  description(text: string): Command;
  action(run: () => Promise<void>): Command;
}

type RegisterInit = (event: 'cli.before', handler: (meta: { program: { command(name: string): Command } }) => void) => void;

const line = (text: string) => void process.stdout.write(`[crm] ${text}\n`);

/** `directus crm-seal` and `directus crm-keys-rotate`: sealing what is there already, and moving to a new master key (SEC-1). */
export function registerSealCommands(init: RegisterInit, context: HostContext): void {
  init('cli.before', ({ program }) => {
    program
      .command('crm-seal')
      .description('加密已有的号码、邮箱和微信 | Seal the numbers, mailboxes and messenger names that are there already')
      .action(async () => process.exit(await withKeys(context, seal)));
    program
      .command('crm-keys-rotate')
      .description('改用当前主密钥 | Bring everything sealed to the active master key')
      .action(async () => process.exit(await withKeys(context, rotate)));
  });
}

async function withKeys(context: HostContext, run: (context: HostContext, ring: Keyring) => Promise<boolean>): Promise<number> {
  const ring = keysFor(context).ring();
  if (!ring.accepted) {
    line(`CRM_KEYS 无法使用（${ring.reason.reason}） | CRM_KEYS cannot be used (${ring.reason.reason})`);
    return 1;
  }
  try {
    return (await run(context, ring.value)) ? 0 : 1;
  } catch (error) {
    // Neither statement nor values: both may hold what is to be sealed.
    const name = error instanceof Error ? error.name : 'unknown';
    line(`未能完成（${name}），可重新运行 | not finished (${name}); run it again`);
    return 1;
  }
}

async function seal({ database }: HostContext, ring: Keyring): Promise<boolean> {
  const { sealed, indexed, revisions, left } = await sealExisting(database, ring, new Date(), (done) => line(`sealed ${done.sealed}`));
  line(`已加密 ${sealed} 项，补索引 ${indexed} 项，清理历史 ${revisions} 条，剩余明文 ${left} 项`);
  line(`sealed ${sealed}, indexed ${indexed}, history entries masked ${revisions}, left in clear ${left}`);
  return left === 0;
}

async function rotate({ database }: HostContext, ring: Keyring): Promise<boolean> {
  await keepDerivedKeys(database, ring, OF_AUDIT, new Date());
  const report = await rotateSealed(database, ring, ({ rewrapped, reindexed }) => line(`rotated ${rewrapped} keys, ${reindexed} indexes`));
  const { rewrapped, reindexed, left } = report;
  line(`已改用密钥 ${ring.active}：主体密钥 ${rewrapped}，索引 ${reindexed}；仍用旧密钥：主体密钥 ${left.keys}，索引 ${left.indexes}`);
  line(
    `now with key ${ring.active}: ${rewrapped} subject keys, ${reindexed} indexes; left with an old key: ${left.keys} subject keys, ${left.indexes} indexes`,
  );
  return left.keys + left.indexes === 0;
}
