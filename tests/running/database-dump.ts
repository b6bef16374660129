import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** One fingerprint for every table: what is in it, whatever the order. */
export async function dumpOf(database: Knex): Promise<Record<string, string>> {
  const sqlite = database.client.config.client === 'sqlite3';
  const rows = sqlite
    ? await database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').select('name')
    : await database('pg_tables').whereRaw('schemaname = current_schema()').select('tablename as name');
  const dump: Record<string, string> = {};
  for (const { name } of rows as { name: string }[]) {
    const content = (await database(name).select('*')).map((row) => JSON.stringify(row)).sort();
    dump[name] = `${content.length} rows ${createHash('sha256').update(content.join('\n')).digest('hex').slice(0, 16)}`;
  }
  if (sqlite) dump['(schema)'] = JSON.stringify(await database('sqlite_master').orderBy('name').select('type', 'name', 'sql'));
  return dump;
}
