import type { Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import { handlingOf, PERSON_JSON, type Handling, type PersonField } from './rules/person-fields.ts';
import type { Post } from './rules/fits-post.ts';
import { isInScope, type Scope } from './rules/parties.ts';

/** A place that names somebody, as the running schema has it. */
export interface Place extends PersonField {
  collection: string;
  field: string;
  /** Whether the key stands among other things (JSON, lists) rather than alone. */
  isAmong: boolean;
  /** Of a link to rows of any collection: the field that says of which. */
  kindField?: string;
}

const PEOPLE = 'directus_users';
const isOfHost = (collection: string): boolean => collection.startsWith('directus_');

/** Foreign keys to people as they really are, and links to rows of any collection that may be people. */
const linkedPlaces = ({ relations, collections }: SchemaOverview): Place[] =>
  relations.flatMap(({ collection, field, related_collection, meta }): Place[] => {
    const special = collections[collection]?.fields[field]?.special ?? [];
    if (related_collection === PEOPLE) return [{ collection, field, isAmong: false, ...handlingOf({ collection, field, special }) }];
    const isOfAny = related_collection === null && meta?.one_allowed_collections?.includes(PEOPLE);
    return isOfAny && meta?.one_collection_field
      ? [{ collection, field, isAmong: false, kindField: meta.one_collection_field, handling: 'named' }]
      : [];
  });

/** JSON that may hold a key, and fields of an administrator that hold keys without a link. */
function loosePlaces({ relations, collections }: SchemaOverview): Place[] {
  const linked = new Set(relations.map(({ collection, field }) => `${collection}.${field}`));
  return Object.values(collections).flatMap(({ collection, primary, fields }) =>
    Object.values(fields).flatMap(({ field, type, dbType }): Place[] => {
      const name = `${collection}.${field}`;
      const known = PERSON_JSON.get(name);
      if (known === null || (known === undefined && isOfHost(collection))) return [];
      if (type === 'json' || type === 'csv') return [{ collection, field, isAmong: true, ...(known ?? { handling: 'named' as const }) }];
      // SQLite has no type for keys: there they stand in characters of a fixed length.
      const isKey = type === 'uuid' || dbType === 'char';
      return isKey && field !== primary && !linked.has(name) ? [{ collection, field, isAmong: false, handling: 'named' }] : [];
    }),
  );
}

/**
 * Every field in which somebody can be named, of any collection, those that an administrator added too (N5). Plain texts are not among
 * them: a key in one is prose.
 */
export const personPlaces = (schema: SchemaOverview): Place[] =>
  [...linkedPlaces(schema), ...loosePlaces(schema)].sort((one, other) =>
    one.collection + one.field < other.collection + other.field ? -1 : 1,
  );

const columnsOf = (schema: SchemaOverview, collection: string) => schema.collections[collection]?.fields ?? {};

/** Rows of a place that name somebody, as far as the asker reaches; null where none of it is for the asker. */
function naming(database: Knex, schema: SchemaOverview, place: Place, user: string, { segments }: Scope): Knex.QueryBuilder | null {
  const columns = columnsOf(schema, place.collection);
  if (segments !== null && !columns['segment']) return null;
  const query = database(place.collection);
  // As somebody wrote it: the host compares keys in capitals alike.
  if (place.isAmong) void query.whereRaw('lower(cast(?? as text)) like ?', [place.field, `%${user.toLowerCase()}%`]);
  else void query.where({ [place.field]: user });
  if (place.kindField) void query.where({ [place.kindField]: PEOPLE });
  if (place.open) void query.whereIn(place.open.field, [...place.open.states]);
  if (segments !== null) void query.whereIn('segment', [...segments]);
  return query;
}

export interface Counted extends Place {
  count: number;
}

/** How often somebody is named in places of some handlings; places that name nobody are left out. */
export async function countNaming(
  database: Knex,
  schema: SchemaOverview,
  user: string,
  scope: Scope,
  handlings: readonly Handling[],
): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const place of personPlaces(schema).filter(({ handling }) => handlings.includes(handling))) {
    const query = naming(database, schema, place, user, scope);
    if (!query) continue;
    const [row] = await query.count({ count: '*' });
    const count = Number(row!['count']);
    if (count) counted.push({ ...place, count });
  }
  return counted;
}

/** What somebody is named for, in collections of ours and in fields of them that an administrator added. */
export async function postsOf(database: Knex, schema: SchemaOverview, user: string, scope: Scope): Promise<Post[]> {
  const posts: Post[] = [];
  for (const place of personPlaces(schema).filter(({ handling }) => handling === 'post')) {
    const { collection, field } = place;
    const hasSegment = Boolean(columnsOf(schema, collection)['segment']);
    const query = naming(database, schema, place, user, scope);
    if (!query) continue;
    const rows: Row[] = await query.orderBy('id').select(hasSegment ? ['id', 'segment'] : ['id']);
    for (const row of rows) {
      const segment = (row['segment'] ?? null) as string | null;
      if (isInScope(scope, segment)) posts.push({ collection, field, item: String(row['id']), segment });
    }
  }
  return posts;
}
