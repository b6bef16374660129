import type { Knex } from '../../extensions/crm/src/platform/api/host.ts';
import { contentHash } from './content-hash.ts';
import type { Change, Installation, Planner } from './changes.ts';
import { QUIET } from './host-door.ts';
import type { HostCollection } from '../../schema-snapshots/host-model.ts';
import { collectionKey, readCollectionMeta, readFieldMeta, rememberField, rememberProps, toEntry } from './remember-meta.ts';

/** Makes the collections that are missing, columns and form included, without relations: those need all tables. */
export const planCollections: Planner = async (installation) => {
  const { folders, collections } = installation.input.model;
  return [...folders, ...collections]
    .filter(({ collection }) => !installation.standing.hasCollection(collection))
    .map((collection) => creation(installation, collection));
};

function creation(installation: Installation, wanted: HostCollection): Change {
  return { what: wanted.collection, count: 1, run: () => createCollection(installation, wanted) };
}

/** Table, meta rows and our memory of them in one transaction, `also` what must stand or fall with them. */
export async function createCollection(
  { host, state, standing }: Pick<Installation, 'host' | 'state' | 'standing'>,
  wanted: HostCollection,
  also: (trx: Knex) => Promise<void> = async () => undefined,
): Promise<void> {
  const { schema } = standing;
  const entry = await host.database.transaction(async (trx) => {
    await new host.services.CollectionsService({ schema, knex: trx }).createOne(structuredClone(wanted), { ...QUIET });
    const stored = await readFieldMeta(host, schema, wanted.collection, trx);
    const made = toEntry({
      meta: contentHash(wanted.meta),
      props: rememberProps(wanted.meta, await readCollectionMeta(host, schema, wanted.collection, trx)),
      fields: Object.fromEntries(wanted.fields.map((field) => [field.field, rememberField(field, stored.get(field.field))])),
    });
    await state.write(trx, collectionKey(wanted.collection), made);
    await also(trx);
    return made;
  });
  state.settle(collectionKey(wanted.collection), entry);
}
