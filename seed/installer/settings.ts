import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { Change, Installation } from './changes.ts';
import { QUIET } from './host-door.ts';
import { planPatch } from './meta.ts';
import type { SettingsPart } from './parts.ts';
import { rememberProps, type RememberedMeta } from './remember-meta.ts';

const TABLE = 'directus_settings';

/** Writes the host's settings in our own host: all at first, later only those that nobody changed since. */
export async function planSettings(installation: Installation, part: SettingsPart): Promise<Change[]> {
  const { host, standing, state } = installation;
  const key = `settings:${part.name}`;
  const known = state.get<RememberedMeta>(key);
  if (known?.hash === contentHash(part.values)) return [];
  const read = async (): Promise<Row> => {
    const items = new host.services.ItemsService(TABLE, { schema: standing.schema });
    return (await items.readByQuery({ fields: Object.keys(part.values), limit: 1 }, { emitEvents: false }))[0] ?? {};
  };
  const patch = known ? planPatch(part.values, await read(), known.value) : { changed: part.values, props: {} };
  const run = async () => {
    if (Object.keys(patch.changed).length) {
      const items = new host.services.ItemsService(TABLE, { schema: standing.schema });
      await items.upsertSingleton(structuredClone(patch.changed), { ...QUIET });
    }
    const props = known ? patch.props : rememberProps(part.values, await read());
    const entry = { value: props, hash: contentHash(part.values) };
    await state.write(host.database, key, entry);
    state.settle(key, entry);
  };
  return [{ what: part.name, count: Object.keys(patch.changed).length, run }];
}
