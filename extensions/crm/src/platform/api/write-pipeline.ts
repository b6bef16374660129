/**
 * One path for every write of the host: REST, GraphQL, forms, nested, batch and keys all end in these events.
 * Slices give steps, `entries/hook.ts` orders them. What each step may rely on (directus-facts.md §4, §13):
 *
 * - `beforeCreate` runs inside the write's transaction, before presets and field rights, once per row, nested rows too
 *   (a child of a one-to-many already carries its parent's key). It may throw; it may return a new payload.
 * - `beforeUpdate`/`beforeDelete` run OUTSIDE the transaction and BEFORE the permission check, also for rows that the
 *   caller may not touch: early answers only, and a refusal must not tell a foreign row from an absent one.
 * - `afterWrite` runs inside the transaction, after the write, once per key; a throw rolls everything back. It is the
 *   authority for checks and the place for cascades. It does not run for services without accountability: our own code
 *   calls the same functions directly.
 */
import { isUuid } from '../../kernel/uuid.ts';
import { loadActor, type Actor } from './actor.ts';
import { originOfWrite, withOrigin } from './origin.ts';
import type { EventContext, Knex, Row, SchemaOverview } from './host.ts';

export interface WriteContext extends EventContext {
  collection: string;
  actor: Actor | null;
}

export interface AfterWrite {
  collection: string;
  item: string;
  action: 'create' | 'update' | 'delete';
  database: Knex;
  schema: SchemaOverview | null;
  actor: Actor | null;
}

export interface WriteStep {
  /** For error messages and tests. */
  name: string;
  /** Collections it wants to see; absent means every `crm_` collection. */
  collections?: readonly string[];
  beforeCreate?(payload: Row, context: WriteContext): Promise<Row | void> | Row | void;
  beforeUpdate?(payload: Row, keys: readonly string[], context: WriteContext): Promise<Row | void> | Row | void;
  beforeDelete?(keys: readonly string[], context: WriteContext): Promise<void> | void;
  afterWrite?(change: AfterWrite): Promise<void> | void;
}

type Filter = (event: string, handler: (payload: never, meta: Record<string, unknown>, context: EventContext) => unknown) => void;

const isOurs = (collection: unknown): collection is string => typeof collection === 'string' && collection.startsWith('crm_');
const wants = (step: WriteStep, collection: string) => (step.collections ? step.collections.includes(collection) : isOurs(collection));

/**
 * Scopes of the host's own collections that our steps may want too: event name → collection.
 */
const SYSTEM_SCOPES = {
  users: 'directus_users',
  files: 'directus_files',
  roles: 'directus_roles',
  policies: 'directus_policies',
  permissions: 'directus_permissions',
  access: 'directus_access',
  settings: 'directus_settings',
  flows: 'directus_flows',
  operations: 'directus_operations',
} as const;

/** PostgreSQL takes a key in capitals for the same row; steps compare keys as texts. */
const plainKey = (key: unknown): string => String(key).toLowerCase();
/** SQLite keeps a key as it is sent, and would not find it in small letters. */
const withPlainId = (payload: Row): Row =>
  typeof payload['id'] === 'string' && isUuid(payload['id'].toLowerCase()) ? { ...payload, id: plainKey(payload['id']) } : payload;
const keysOf = (keys: unknown): string[] => (Array.isArray(keys) ? keys.map(plainKey) : []);

/** Registers the ordered steps with the host's `filter`. Called once, by `entries/hook.ts`. */
export function registerWritePipeline(filter: Filter, steps: readonly WriteStep[]): void {
  const wanted = (collection: unknown) => (typeof collection === 'string' ? steps.filter((step) => wants(step, collection)) : []);
  const contextOf = async (collection: string, context: EventContext): Promise<WriteContext> => ({
    ...context,
    collection,
    actor: await loadActor(context.database, context.accountability),
  });

  const scopes = ['items', ...Object.keys(SYSTEM_SCOPES)];
  for (const scope of scopes) {
    const collectionOf = (meta: Record<string, unknown>) => meta['collection'] ?? SYSTEM_SCOPES[scope as keyof typeof SYSTEM_SCOPES];

    filter(`${scope}.create`, async (payload: Row, meta, context) => {
      const active = wanted(collectionOf(meta)).filter((step) => step.beforeCreate);
      if (!active.length) return withPlainId(payload);
      const write = await contextOf(collectionOf(meta) as string, context);
      let current = withPlainId(payload);
      for (const step of active) current = (await step.beforeCreate!(current, write)) ?? current;
      return current;
    });

    filter(`${scope}.update`, async (payload: Row, meta, context) => {
      const active = wanted(collectionOf(meta)).filter((step) => step.beforeUpdate);
      if (!active.length) return payload;
      const write = await contextOf(collectionOf(meta) as string, context);
      let current = payload;
      for (const step of active) current = (await step.beforeUpdate!(current, keysOf(meta['keys']), write)) ?? current;
      return current;
    });

    filter(`${scope}.delete`, async (keys: string[], meta, context) => {
      const active = wanted(collectionOf(meta)).filter((step) => step.beforeDelete);
      if (!active.length) return keys;
      const write = await contextOf(collectionOf(meta) as string, context);
      for (const step of active) await step.beforeDelete!(keysOf(keys), write);
      return keys;
    });
  }

  filter('activity.create', async (activity: Row, _meta, context) => {
    const { collection, item, action, user, ip, user_agent } = activity as {
      collection: string;
      item: string;
      action: AfterWrite['action'];
      user: string | null;
      ip: string | null;
      user_agent: string | null;
    };
    const active = wanted(collection).filter((step) => step.afterWrite);
    if (!active.length || !['create', 'update', 'delete'].includes(action)) return activity;
    const actor = await loadActor(context.database, user ? ({ user } as never) : null);
    const change = { collection, item: plainKey(item), action, database: context.database, schema: context.schema, actor };
    await withOrigin(originOfWrite({ user: user ?? null, ip: ip ?? null, userAgent: user_agent ?? null }), async () => {
      for (const step of active) await step.afterWrite!(change);
    });
    return activity;
  });
}
