import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isBusy } from '../platform/api/busy.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import { readJson } from '../kernel/text/read-json.ts';

const STATE = 'crm_install_state';
const PREFIX = 'keys-of-node:';
/** How often a node says that it is there; at once where its keys have changed. */
const SAY_MS = 15_000;
const LOOK_MS = 2000;
/** Who has said nothing for so long has ended, or was cut off and says nothing with any key. */
const SILENT_MS = 3 * SAY_MS;

/** What a running node last said of its keys. */
interface Said {
  node: string;
  ids: string[];
  at: number;
}

interface Register {
  action(event: string, handler: () => void): void;
}

/**
 * Each running node notes which master keys it has, so that a rotation does not move everything to one that some node cannot
 * read (SEC-1). The note goes when the node ends; that of one that was killed is not believed for long.
 */
export function noteKnownKeys({ action }: Register, { database, env, logger }: HostContext, keys: Keys, clock: Clock): void {
  // Keys that are read again from their file are never behind.
  if (env['CRM_KEYS_FILE']) return;
  const key = `${PREFIX}${randomUUID()}`;
  const node = `${hostname()} (${process.pid})`;
  let [said, saidAt] = ['', -Infinity];
  let timer: NodeJS.Timeout | null = null;
  let saying: Promise<void> | null = null;

  async function say(): Promise<void> {
    const ring = keys.ring();
    const ids = ring.accepted ? [...ring.value.ids] : [];
    const at = clock.now().getTime();
    if (ids.join() === said && at - saidAt < SAY_MS) return;
    // What killed nodes have left goes with the first note of another.
    if (saidAt === -Infinity) await nodesWithout(database, '', clock.now());
    const value = JSON.stringify({ node, ids, at } satisfies Said);
    await database(STATE).insert({ id: randomUUID(), key, value, hash: '' }).onConflict('key').merge(['value']);
    [said, saidAt] = [ids.join(), at];
  }

  function look(): void {
    if (!timer) return;
    saying ??= say()
      // Where somebody else writes just now, the next look does it.
      .catch(
        (error: unknown) =>
          void (timer && !isBusy(error) && logger.error(`crm: which keys this server has could not be noted: ${String(error)}`)),
      )
      .finally(() => {
        saying = null;
      });
  }

  function stop(): void {
    if (!timer) return;
    clearInterval(timer);
    timer = null;
    // The host may close the database first: then the note ends with its time.
    void Promise.resolve(saying)
      .then(() => database(STATE).where({ key }).delete())
      .catch(() => undefined);
  }

  // Commands of the server never get here: only a serving process has a say.
  action('server.start', () => {
    timer ??= setInterval(look, LOOK_MS);
    timer.unref();
    look();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}

/** The running nodes that have not said that they have a key, by name. Notes whose time is over are taken away. */
export async function nodesWithout(database: Knex, id: string, now: Date): Promise<string[]> {
  const rows: { key: string; value: unknown }[] = await database(STATE).where('key', 'like', `${PREFIX}%`).select('key', 'value');
  const without: string[] = [];
  for (const { key, value } of rows) {
    const { node = '', ids = [], at = 0 } = (readJson(value) ?? {}) as Partial<Said>;
    if (at < now.getTime() - SILENT_MS) await database(STATE).where({ key }).delete();
    else if (!ids.includes(id)) without.push(node);
  }
  return without;
}
