/** Parts of the host that have no types of their own and that only `install-process.ts` reaches for. */
declare module '@directus/api/database/index' {
  import type { Knex } from 'knex';
  export default function getDatabase(): Knex;
}
declare module '@directus/api/services/index';
declare module '@directus/api/utils/get-schema' {
  import type { SchemaOverview } from '@directus/types';
  export const getSchema: (options?: { bypassCache?: boolean }) => Promise<SchemaOverview>;
}
