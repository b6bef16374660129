import type { InstallHost } from './host-door.ts';
import type { HostModel } from '../../schema-snapshots/host-model.ts';
import { InstallRefusal } from './install-refusal.ts';
import { collectionKey, remembered } from './remember-meta.ts';
import type { Standing } from './standing.ts';
import { PRODUCT, PRODUCT_KEY, STATE_COLLECTION, type InstallState } from './state.ts';

/** What bears one of our names and is not ours is never touched: the installation stops before its first change. */
export async function refuseForeign(host: InstallHost, model: HostModel, standing: Standing, state: InstallState): Promise<void> {
  for (const { collection, schema } of [...model.folders, ...model.collections]) {
    if (state.has(collectionKey(collection))) continue;
    const stands = standing.hasCollection(collection) || (schema !== null && (await host.database.schema.hasTable(collection)));
    if (stands) throw new InstallRefusal({ reason: 'foreign_collection', name: collection });
  }
  for (const { collection, fields } of [...model.extensions, ...model.collections]) {
    if (!standing.hasCollection(collection)) continue;
    const ours = remembered(state, collection).fields;
    const foreign = fields.find(({ field }) => !ours[field] && standing.hasField(collection, field));
    if (foreign) throw new InstallRefusal({ reason: 'foreign_field', name: `${collection}.${foreign.field}` });
  }
}

/** Loads our memory where it stands; a table of that name without our mark is somebody else's. */
export async function loadState(host: InstallHost, standing: Standing, state: InstallState): Promise<boolean> {
  if (!standing.hasCollection(STATE_COLLECTION) && !(await host.database.schema.hasTable(STATE_COLLECTION))) return false;
  await state.load(host.database).catch(() => undefined);
  if (state.get(PRODUCT_KEY)?.value !== PRODUCT) throw new InstallRefusal({ reason: 'foreign_collection', name: STATE_COLLECTION });
  return true;
}
