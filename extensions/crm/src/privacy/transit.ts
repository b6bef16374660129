import { randomBytes } from 'node:crypto';
import { COLLECTIONS } from '../kernel/collections.ts';
import type { Relation } from '../kernel/flows/leading-collections.ts';
import { readJson } from '../kernel/text/read-json.ts';
import type { EventContext, Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { openText, sealText } from './cipher.ts';
import { privacyRefusal } from './refuse.ts';
import { isMask, toMask } from './rules/mask.ts';
import { changeNested } from './rules/nested-rows.ts';
import { sealedFieldsOf } from './rules/sealed-fields.ts';

/** Lives as long as the process: what is under way does not outlive it. */
const KEY = randomBytes(32);
const KEY_ID = 'transit';
const MARK = `crm1.A256GCM.${KEY_ID}.`;

const UNREADABLE = '***';

/**
 * Rows that are written through another one (a contact on the customer's form) stand in that row's payload, and the host
 * hands this payload on when it is done: to listeners, to flows and into what those keep. So nested values travel sealed
 * from the outer row's last step to the inner row's first one, where each is read, judged and sealed for good (SEC-1).
 */
export const transitStep: WriteStep = {
  name: 'privacy/transit',
  collections: Object.keys(COLLECTIONS),
  beforeCreate: (payload, { collection, schema }) => coverNested(schema, collection, payload),
  beforeUpdate: (payload, _keys, { collection, schema }) => coverNested(schema, collection, payload),
};

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/**
 * The same for every other collection: one of the administrator's own, or the host's, whose form leads to rows of ours. The
 * host keeps what a content version says word for word, so values of ours may not stand in one.
 */
export function coverOthers({ filter, action }: Register): void {
  const cover = (payload: Row, { collection }: Row, { schema }: EventContext) =>
    typeof collection === 'string' && !Object.hasOwn(COLLECTIONS, collection) ? coverNested(schema, collection, payload) : payload;
  filter('*.create', cover);
  filter('*.update', cover);
  // When all is done, listeners and flows are handed masks, as those of the inner row are.
  const show = ({ collection, payload }: Row, { schema }: EventContext) => {
    if (typeof collection === 'string' && typeof payload === 'object' && payload !== null)
      Object.assign(payload, changeNested(relationsOf(schema), collection, payload as Row, toMasks));
  };
  action('*.create', show);
  action('*.update', show);

  filter('revisions.create', (revision: Row, _meta, { schema }) => {
    if (revision['version'] && holdsClear(schema, String(revision['collection']), revision['delta']))
      throw privacyRefusal('clear_in_version', null);
    return revision;
  });
  filter('versions.update', async (version: Row, { keys }, { schema, database }) => {
    if (!version['delta']) return version;
    const standing = await collectionsOf(database, keys as string[]);
    if (standing.some((collection) => holdsClear(schema, collection, version['delta']))) throw privacyRefusal('clear_in_version', null);
    return version;
  });
}

const collectionsOf = (database: Knex, versions: string[]): Promise<string[]> =>
  database('directus_versions').whereIn('id', versions).pluck('collection');

const relationsOf = (schema: SchemaOverview | null): readonly Relation[] => schema?.relations ?? [];

const coverNested = (schema: SchemaOverview | null, collection: string, payload: Row): Row =>
  changeNested(relationsOf(schema), collection, payload, coverRow);

const clearFields = (collection: string, row: Row): string[] =>
  sealedFieldsOf(collection)
    .map(({ field }) => field)
    .filter((field) => isClear(row[field]));

const isClear = (value: unknown): boolean => typeof value === 'string' && value !== '' && !isMask(value) && !value.startsWith(MARK);

function coverRow(collection: string, payload: Row): Row {
  const row = { ...payload };
  for (const field of clearFields(collection, payload))
    row[field] = sealText(KEY, KEY_ID, `${collection}/${field}`, payload[field] as string);
  return row;
}

function holdsClear(schema: SchemaOverview | null, collection: string, delta: unknown): boolean {
  const payload = readJson(delta);
  if (typeof payload !== 'object' || payload === null) return false;
  let found = clearFields(collection, payload as Row).length > 0;
  changeNested(relationsOf(schema), collection, payload as Row, (target, row) => {
    found ||= clearFields(target, row).length > 0;
    return row;
  });
  return found;
}

function toMasks(collection: string, covered: Row): Row {
  const row = uncover(collection, covered);
  for (const { field, mask } of sealedFieldsOf(collection))
    if (row[field] !== covered[field]) row[field] = toMask(mask, String(row[field]));
  return row;
}

/** The row as it was typed. A cover that is not of this process becomes a mask of nothing, which the mask step refuses. */
export function uncover(collection: string, payload: Row): Row {
  const row = { ...payload };
  for (const { field } of sealedFieldsOf(collection)) {
    const value = row[field];
    if (typeof value !== 'string' || !value.startsWith(MARK)) continue;
    const opened = openText((id) => (id === KEY_ID ? KEY : null), `${collection}/${field}`, value);
    row[field] = opened.accepted ? opened.value : UNREADABLE;
  }
  return row;
}
