import type { Knex } from 'knex';

export type Rows = Record<string, unknown>[];

/** Everything that a database holds: each table's rows, and how tables and indexes are built. */
export interface Dump {
  structure: string[];
  tables: Record<string, Rows>;
}

const isSqlite = (database: Knex) => String(database.client.config.client).startsWith('sqlite');

async function structureOf(database: Knex): Promise<string[]> {
  if (isSqlite(database)) {
    const rows = await database('sqlite_master').whereNotNull('sql').select('type', 'name', 'sql');
    return rows.map((row) => `${row.type} ${row.name}: ${row.sql}`).sort();
  }
  const columns = await database('information_schema.columns')
    .where({ table_schema: 'public' })
    .select('table_name', 'column_name', 'data_type', 'is_nullable', 'column_default', 'character_maximum_length', 'numeric_precision');
  const indexes = await database('pg_indexes').where({ schemaname: 'public' }).pluck('indexdef');
  const constraints = await database.raw(
    `select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) as text from pg_constraint where connamespace = 'public'::regnamespace`,
  );
  return [
    ...columns.map((column) => JSON.stringify(column)),
    ...indexes,
    ...constraints.rows.map((row: { text: string }) => row.text),
  ].sort();
}

async function tableNames(database: Knex): Promise<string[]> {
  if (isSqlite(database)) return database('sqlite_master').where({ type: 'table' }).orderBy('name').pluck('name');
  return database('information_schema.tables')
    .where({ table_schema: 'public', table_type: 'BASE TABLE' })
    .orderBy('table_name')
    .pluck('table_name');
}

const asText = (row: Record<string, unknown>) => JSON.stringify(row);

export async function dump(database: Knex, chosen: (table: string) => boolean = () => true): Promise<Dump> {
  const tables: Record<string, Rows> = {};
  for (const name of await tableNames(database)) {
    if (!chosen(name)) continue;
    const rows: Rows = await database(name).select('*');
    tables[name] = rows.map((row) => JSON.parse(asText(row)) as Rows[number]).sort((a, b) => (asText(a) < asText(b) ? -1 : 1));
  }
  return { structure: await structureOf(database), tables };
}

/** Numbers that the host gives out one after another, and the memory of them: they tell in which order things were made. */
const NUMBERED = ['directus_fields', 'directus_relations', 'directus_permissions', 'directus_presets'];

/** The same content, made in whatever order and at whatever time. */
export function timeless({ structure, tables }: Dump): Dump {
  const moments = ['date_created', 'date_updated', 'last_access', 'timestamp', 'time_created', 'date_seen'];
  const plain = Object.entries(tables)
    .filter(([name]) => !['crm_install_state', 'sqlite_sequence', 'directus_migrations'].includes(name))
    .map(([name, rows]): [string, Rows] => {
      const dropped = new Set(NUMBERED.includes(name) ? [...moments, 'id'] : moments);
      const kept = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([column]) => !dropped.has(column))));
      return [name, kept.sort((a, b) => (asText(a) < asText(b) ? -1 : 1))];
    });
  return { structure, tables: Object.fromEntries(plain) };
}
