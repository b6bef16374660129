import type { TestHost } from '../harness/host.ts';

/**
 * A key that cascades although no API makes one (SEC-3): from before, or by somebody's hand in the database. The relation has
 * to stand with SET NULL.
 */
export async function cascadeByHand({ database, admin }: TestHost, table: string, field: string, to: string): Promise<void> {
  if (String(database.client.config.client).startsWith('sqlite')) {
    const key = `REFERENCES \`${to}\` (\`id\`) ON DELETE `;
    const { sql } = await database('sqlite_master').where({ type: 'table', name: table }).first('sql');
    if (!String(sql).includes(`${key}SET NULL`)) throw new Error(`no key of ${table} is emptied along with ${to}: ${sql}`);
    await database.raw('PRAGMA writable_schema = ON');
    await database.raw(`UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = ?`, [
      `${key}SET NULL`,
      `${key}CASCADE`,
      table,
    ]);
    const [{ schema_version: version }] = await database.raw('PRAGMA schema_version');
    await database.raw(`PRAGMA schema_version = ${Number(version) + 1}`);
    await database.raw('PRAGMA writable_schema = OFF');
  } else {
    const name = `${table}_${field}_foreign`;
    await database.schema.alterTable(table, (altered) => {
      altered.dropForeign(field, name);
      altered.foreign(field, name).references(`${to}.id`).onDelete('CASCADE');
    });
  }
  const root = await admin();
  await root.request('POST', '/utils/cache/clear?system=true');
}
