import { changeLog } from '../platform/api/change-log.ts';
import type { Accountability, EventContext, HostContext, Row } from '../platform/api/host.ts';
import { withOrigin } from '../platform/api/origin.ts';

interface Register {
  filter(event: string, handler: (payload: Row, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

const COLLECTION = 'directus_presets';
/** Deletions that were refused are forgotten. */
const MOST = 1000;
const isForOthers = (preset: Row, user: string | null | undefined): boolean => (preset['user'] ?? null) !== (user ?? null);
const imageOf = ({ collection, bookmark, user, role }: Row): Row => ({
  collection: collection ?? null,
  bookmark: bookmark ?? null,
  user: user ?? null,
  role: role ?? null,
});

/**
 * Views that somebody saves for others (F46b). The host keeps no activity of presets, so there is no place inside the write
 * for changes: a new one is logged inside, a change right after.
 */
export function registerPresets({ filter, action }: Register, { database, logger }: HostContext): void {
  /** Presets of others that are about to be deleted; afterwards nothing tells whose they were. */
  const going = new Map<string, Row>();
  const logged = ({ user }: Accountability, log: () => Promise<void>) =>
    withOrigin({ user: user ?? null }, log).catch((error: unknown) =>
      logger.error(`crm: a change of a preset was not logged: ${String(error)}`),
    );

  filter('presets.create', async (preset, _meta, { accountability, database: connection }) => {
    if (accountability && isForOthers(preset, accountability.user))
      await changeLog().event(connection, { action: 'create', collection: COLLECTION, item: null, after: imageOf(preset) });
    return preset;
  });
  filter('presets.delete', async (keys, _meta, { accountability, database: connection }) => {
    if (!accountability || !Array.isArray(keys)) return keys;
    const rows: Row[] = await connection(COLLECTION).whereIn('id', keys as number[]);
    for (const row of rows.filter((one) => isForOthers(one, accountability.user))) going.set(String(row['id']), imageOf(row));
    for (const oldest of going.keys()) if (going.size > MOST) going.delete(oldest);
    return keys;
  });
  action('presets.delete', async ({ keys }, { accountability }) => {
    if (!accountability || !Array.isArray(keys)) return;
    const log = async () => {
      for (const item of (keys as unknown[]).map(String)) {
        const before = going.get(item);
        if (!before || !going.delete(item)) continue;
        await changeLog().event(database, { action: 'delete', collection: COLLECTION, item, before });
      }
    };
    await logged(accountability, log);
  });
  action('presets.update', async ({ keys, payload }, { accountability }) => {
    if (!accountability || !Array.isArray(keys)) return;
    const changed = Object.keys(payload as Row);
    const log = async () => {
      const rows: Row[] = await database(COLLECTION).whereIn('id', keys as number[]);
      for (const row of rows.filter((one) => isForOthers(one, accountability.user)))
        await changeLog().event(database, {
          action: 'update',
          collection: COLLECTION,
          item: String(row['id']),
          after: { ...imageOf(row), changed },
        });
    };
    await logged(accountability, log);
  });
}
