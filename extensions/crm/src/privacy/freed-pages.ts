import type { Knex } from '../platform/api/host.ts';

interface Client {
  config: Knex.Config;
  acquireRawConnection(): Promise<Connection>;
}

interface Connection {
  run(sql: string, done: (error: Error | null) => void): void;
}

/** Not FAST: that one leaves the pages as they are which nothing uses any more. */
const OVERWRITE = 'PRAGMA secure_delete = ON';

/**
 * SQLite leaves what was changed or deleted in its file until the place is needed again: a company's number would stand there
 * long after the company has become a person's (SEC-1). Told so, it overwrites. Each connection must be told: those that the
 * host opens from now on, and the one that it has.
 */
export function overwriteFreedPages(database: Knex): void {
  const client = database.client as Client;
  if (!String(client.config.client).startsWith('sqlite')) return;
  const open = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await open();
    await new Promise<void>((resolve, reject) => connection.run(OVERWRITE, (error) => (error ? reject(error) : resolve())));
    return connection;
  };
  // A connection that is lost meanwhile is opened anew, by the way above.
  void database.raw(OVERWRITE).then(undefined, () => undefined);
}
