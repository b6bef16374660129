import type { EventContext, HostContext, Row } from '../platform/api/host.ts';
import { originOfWrite, withOrigin } from '../platform/api/origin.ts';
import { HOST_COLLECTIONS, isLogged, type RowLog } from './row-log.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

const WRITES = ['create', 'update', 'delete'] as const;
const keysIn = ({ key, keys }: Row): string[] => (Array.isArray(keys) ? keys : [key]).map((one) => String(one).toLowerCase());

/**
 * What the host writes without anybody's rights while it serves: an invitation that is accepted, a new password by mail,
 * people whom single sign-on brings. Of such a write it keeps no activity, so there is no place inside its transaction; the
 * entry follows at once, and says the request it came from. Where our own code has logged already, nothing is left to say.
 */
export function registerUnaccounted(
  { filter, action }: Register,
  { database, logger }: HostContext,
  rows: RowLog,
  isServing: () => boolean,
) {
  async function log(
    write: (typeof WRITES)[number],
    collection: string,
    meta: Row,
    { accountability, schema }: EventContext,
  ): Promise<void> {
    if (accountability || !isServing() || !isLogged(collection)) return;
    await withOrigin(originOfWrite({ user: null, ip: null, userAgent: null }), async () => {
      for (const item of keysIn(meta)) await rows.log(item, write, { collection, database, schema });
    }).catch((error: unknown) => logger.error(`crm: a change of ${collection} was not logged: ${String(error)}`));
  }

  for (const write of WRITES) {
    action(`items.${write}`, (meta, context) => log(write, String(meta['collection']), meta, context));
    for (const collection of HOST_COLLECTIONS)
      action(`${collection.slice('directus_'.length)}.${write}`, (meta, context) => log(write, collection, meta, context));
  }

  // A flow that runs by the clock has nobody's rights, and by default not even a name for them: the same rights with one,
  // so that the host tells of what it writes and the entry stands in the change's transaction.
  filter('flows.read', (flows: unknown, _meta, { accountability }) => {
    if (!accountability && Array.isArray(flows)) for (const flow of flows as Row[]) giveRightsAName(flow);
    return flows;
  });
}

function giveRightsAName({ trigger, operations }: Row): void {
  if (trigger !== 'schedule' || !Array.isArray(operations)) return;
  for (const operation of operations as Row[]) {
    const { type, options } = operation;
    if (typeof type !== 'string' || !type.startsWith('item-') || typeof options !== 'object' || options === null) continue;
    const { permissions } = options as Row;
    if (!permissions || permissions === '$trigger') operation['options'] = { ...options, permissions: '$full' };
  }
}
