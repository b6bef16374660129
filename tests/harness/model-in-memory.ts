/** The tables of the model in a database of its own, for tests of what a slice writes that need no running host. */
import knex, { type Knex } from 'knex';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';

/** Columns of the host's own collections, as far as our slices read them. */
const HOST_TABLES: Readonly<Record<string, readonly string[]>> = {
  directus_users: [
    ...[
      'first_name',
      'last_name',
      'email',
      'role',
      'status',
      'language',
      'crm_segment',
      'crm_company',
      'crm_position',
      'tfa_secret',
      'provider',
    ],
    ...['crm_must_change_password', 'crm_password_changed_at'],
  ],
  directus_access: ['role', 'user', 'policy'],
  directus_policies: ['enforce_tfa'],
  directus_notifications: ['recipient', 'subject', 'message', 'status'],
};

type Fields = (typeof COLLECTIONS)[string]['fields'];

function addColumns(table: Knex.CreateTableBuilder, fields: Fields): void {
  for (const [name, { type }] of Object.entries(fields)) {
    if (name === 'id') continue;
    if (type === 'integer') table.integer(name);
    else if (type === 'boolean') table.boolean(name);
    else if (type === 'date' || type === 'timestamp') table.timestamp(name);
    else table.text(name);
  }
}

/** One connection, as the host has it on SQLite: a query outside of an open transaction would wait for ever. */
export async function modelInMemory(collections: readonly string[]): Promise<Knex> {
  const database = knex({
    client: 'sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
    acquireConnectionTimeout: 2000,
  });
  for (const [name, columns] of Object.entries(HOST_TABLES))
    await database.schema.createTable(name, (table) => {
      table.string('id');
      for (const column of columns) table.text(column);
      if (name === 'directus_users') table.boolean('crm_pending_exam').notNullable().defaultTo(false);
    });
  for (const name of collections)
    await database.schema.createTable(name, (table) => {
      table.string('id').primary();
      addColumns(table, COLLECTIONS[name]!.fields);
      if (name === 'crm_install_state') table.unique(['key']);
    });
  return database;
}
