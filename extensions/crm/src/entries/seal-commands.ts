import { PURPOSE as OF_AUDIT } from '../audit/entry.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { keepDerivedKeys, nodesWithout, rotateSealed, sealExisting } from '../privacy/index.ts';
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
  const { sealed, readable, copies, left } = await sealExisting(database, ring, new Date(), (done) => line(`sealed ${done.sealed}`));
  line(`已加密 ${sealed} 项，整理公开号码 ${readable} 项，清理副本 ${copies} 条，剩余明文 ${left} 项`);
  line(`sealed ${sealed}, readable settled ${readable}, copies masked ${copies}, left in clear ${left}`);
  return left === 0;
}

/** Past the time in which a running server reads its file of keys again and says so. */
const TOLD_MS = 8000;

/** What is written with a key that a running node has not got is lost to that node: it answers 503 for it (SEC-1). */
async function refuseUnknown(database: HostContext['database'], id: string): Promise<boolean> {
  const until = Date.now() + TOLD_MS;
  let nodes = await nodesWithout(database, id, new Date());
  while (nodes.length && Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    nodes = await nodesWithout(database, id, new Date());
  }
  if (!nodes.length) return false;
  const named = nodes.join(', ');
  line(
    `这些服务器还没有密钥 ${id}：${named}。请先把新的 CRM_KEYS 交给每个节点并重启，再换钥（被强制结束的服务器，请等一分钟）；没有更改任何内容`,
  );
  line(
    `these servers do not have the key ${id} yet: ${named}. Give every node the new CRM_KEYS and restart it, then rotate (a server that was killed counts for a minute); nothing was changed`,
  );
  return true;
}

async function rotate({ database }: HostContext, ring: Keyring): Promise<boolean> {
  if (await refuseUnknown(database, ring.active)) return false;
  await keepDerivedKeys(database, ring, OF_AUDIT, new Date());
  const report = await rotateSealed(database, ring, ({ rewrapped, reindexed }) => line(`rotated ${rewrapped} keys, ${reindexed} indexes`));
  const { rewrapped, reindexed, left } = report;
  line(`已改用密钥 ${ring.active}：主体密钥 ${rewrapped}，索引 ${reindexed}；仍用旧密钥：主体密钥 ${left.keys}，索引 ${left.indexes}`);
  line(
    `now with key ${ring.active}: ${rewrapped} subject keys, ${reindexed} indexes; left with an old key: ${left.keys} subject keys, ${left.indexes} indexes`,
  );
  return left.keys + left.indexes === 0;
}
