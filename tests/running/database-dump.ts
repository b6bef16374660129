import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** Who does a piece of background work at the moment, or nobody: no part of what is installed (platform/api/lease.ts). */
const isLease = ({ value }: { value?: unknown }): boolean => typeof value === 'string' && /^\{("token":.*"until":\d+)?\}$/u.test(value);

/** One fingerprint for every table: what is in it, whatever the order. */
export async function dumpOf(database: Knex): Promise<Record<string, string>> {
  const sqlite = database.client.config.client === 'sqlite3';
  const rows = sqlite
    ? await database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').select('name')
    : await database('pg_tables').whereRaw('schemaname = current_schema()').select('tablename as name');
  const dump: Record<string, string> = {};
  for (const { name } of rows as { name: string }[]) {
    const found: object[] = await database(name).select('*');
    const content = found
      .filter((row) => name !== 'crm_install_state' || !isLease(row))
      .map((row) => JSON.stringify(row))
      .sort();
    dump[name] = `${content.length} rows ${createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 16)}`;
  }
  if (sqlite) dump['(schema)'] = JSON.stringify(await database('sqlite_master').orderBy('name').select('type', 'name', 'sql'));
  return dump;
}
