/**
 * What the host hands to our hooks and endpoints, narrowed to what we use. The only file that names the host's types.
 */
import type { Accountability, SchemaOverview } from '@directus/types';
import type { Knex } from 'knex';

export type { Accountability, SchemaOverview, Knex };

export type Row = Record<string, unknown>;

/** Context of a filter or action of the host. */
export interface EventContext {
  database: Knex;
  schema: SchemaOverview | null;
  accountability: Accountability | null;
}

export type Key = string | number;

interface ServiceOptions {
  schema: SchemaOverview;
  knex?: Knex;
  accountability?: Partial<Accountability> | null;
}

/** The host's item services, as far as we write through them. */
export interface HostItems {
  createOne(row: Row, options?: object): Promise<Key>;
  updateOne(key: Key, row: Row, options?: object): Promise<Key>;
  deleteOne(key: Key, options?: object): Promise<Key>;
  readByQuery(query: object, options?: object): Promise<Row[]>;
}

type ItemsClass = new (options: ServiceOptions) => HostItems;

/** The content of a file, wherever the host stores it. */
export interface HostAssets {
  getAsset(id: string): Promise<{ stream: AsyncIterable<Buffer> }>;
}

export interface HostServices {
  ItemsService: new (collection: string, options: ServiceOptions) => HostItems;
  PermissionsService: ItemsClass;
  PoliciesService: ItemsClass;
  RolesService: ItemsClass;
  AccessService: ItemsClass;
  /** `validateEmail` throws where the host takes no such address. */
  UsersService: new (options: ServiceOptions) => HostItems & { validateEmail(address: string): void };
  AuthenticationService: new (options: ServiceOptions) => { verifyPassword(user: string, password: string): Promise<void> };
  TFAService: new (options: ServiceOptions) => {
    generateTFA(user: string, requiresPassword?: boolean): Promise<{ url: string }>;
    verifyOTP(user: string, otp: string, secret?: string): Promise<boolean>;
    enableTFA(user: string, otp: string, secret: string): Promise<void>;
    disableTFA(user: string): Promise<void>;
  };
  MailService: new (options: ServiceOptions) => { send(mail: { to: string; subject: string; text: string }): Promise<unknown> };
  AssetsService: new (options: ServiceOptions) => HostAssets;
  ServerService: new (options: ServiceOptions) => { serverInfo(): Promise<Row> };
  UtilsService: new (options: ServiceOptions) => {
    clearCache(options: { system: boolean }): Promise<void>;
    sort(collection: string, places: { item: unknown; to: unknown }): Promise<void>;
  };
}

export interface HostLogger {
  fatal(text: string): void;
  error(text: string): void;
  warn(text: string): void;
  info(text: string): void;
}

/** What the host hands to an extension when it registers. */
export interface HostContext {
  database: Knex;
  env: Readonly<Record<string, unknown>>;
  services: HostServices;
  getSchema(options?: { bypassCache?: boolean; database?: Knex }): Promise<SchemaOverview>;
  logger: HostLogger;
  /** Tells flows and extensions of what stands now: for events that a transaction of ours held back (facts §4). */
  emitter: { emitAction(event: string | string[], meta: Row, context: Row): void };
}
