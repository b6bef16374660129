import type { Knex, Row } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { Change, Installation, Planner } from './changes.ts';
import { QUIET } from './host-door.ts';
import type { HostField } from '../../schema-snapshots/host-model.ts';
import {
  collectionKey,
  readCollectionMeta,
  readFieldMeta,
  remembered,
  toEntry,
  type RememberedCollection,
  type RememberedMeta,
} from './remember-meta.ts';

interface Patch {
  changed: Row;
  props: RememberedMeta;
}

/** Properties that nobody set yet may be taken; what somebody set stays. */
const isUntouched = (stored: unknown, known: RememberedMeta[string] | undefined): boolean =>
  known ? contentHash(stored) === known[1] : stored === null || stored === undefined || stored === false;

/** The host adds flags such as `cast-timestamp` by itself; a patch of ours must not take them away. */
function withHostFlags(name: string, desired: unknown, stored: unknown): unknown {
  if (name !== 'special' || !Array.isArray(stored)) return desired;
  const own = Array.isArray(desired) ? desired : [];
  return [...new Set([...own, ...stored.filter((flag) => String(flag).startsWith('cast-'))])];
}

/** Patches a property where our version wants another value and the stored one is still the one we wrote. */
export function planPatch(desired: Row, stored: Row, known: RememberedMeta): Patch {
  const changed: Row = {};
  const props = { ...known };
  for (const [name, value] of Object.entries(desired)) {
    const wish = contentHash(value);
    if (known[name]?.[0] === wish || !isUntouched(stored[name], known[name])) continue;
    const written = withHostFlags(name, value, stored[name]);
    if (contentHash(written) !== contentHash(stored[name])) changed[name] = written;
    props[name] = [wish, contentHash(written)];
  }
  return { changed, props };
}

interface Wanted {
  collection: string;
  meta?: Row;
  fields: HostField[];
}

/** Brings labels, interfaces, groups and so on up to our version; an administrator's own ones survive (F45). */
export const planMeta: Planner = async (installation) => {
  const { model } = installation.input;
  const wanted: Wanted[] = [...model.folders, ...model.collections, ...model.extensions];
  const stale = wanted.filter((one) => isStale(one, remembered(installation.state, one.collection)));
  const changes: Change[] = [];
  for (const one of stale) changes.push(await patching(installation, one));
  return changes;
};

const isStale = ({ meta, fields }: Wanted, known: RememberedCollection): boolean =>
  (meta !== undefined && contentHash(meta) !== known.meta) ||
  fields.some((field) => known.fields[field.field] !== undefined && contentHash(field.meta) !== known.fields[field.field]?.meta);

async function patching(installation: Installation, { collection, meta, fields }: Wanted): Promise<Change> {
  const { host, standing, state } = installation;
  const known = structuredClone(remembered(state, collection));
  const updates: { table: string; key: string | number; changed: Row }[] = [];
  const note = (table: string, key: unknown, changed: Row) => {
    if (Object.keys(changed).length) updates.push({ table, key: key as string | number, changed });
  };
  const storedMeta = meta && (await readCollectionMeta(host, standing.schema, collection, host.database));
  if (meta && storedMeta) {
    const patch = planPatch(meta, storedMeta, known.props);
    note('directus_collections', collection, patch.changed);
    Object.assign(known, { meta: contentHash(meta), props: patch.props });
  }
  const stored = await readFieldMeta(host, standing.schema, collection, host.database);
  for (const field of fields) {
    const before = known.fields[field.field];
    const row = stored.get(field.field);
    if (!before || !row || before.meta === contentHash(field.meta)) continue;
    const patch = planPatch(field.meta, row, before.props);
    note('directus_fields', row['id'], patch.changed);
    known.fields[field.field] = { ...before, meta: contentHash(field.meta), props: patch.props };
  }
  const run = async () => {
    const entry = toEntry(known);
    await host.database.transaction(async (trx: Knex) => {
      for (const { table, key, changed } of updates) {
        await new host.services.ItemsService(table, { schema: standing.schema, knex: trx }).updateOne(key, changed, { ...QUIET });
      }
      await state.write(trx, collectionKey(collection), entry);
    });
    state.settle(collectionKey(collection), entry);
  };
  return { what: collection, count: updates.length, run };
}
