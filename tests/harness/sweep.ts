import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME } from '../../bin/lib/paths.mjs';
import { openPostgres } from './test-database.ts';

const DAY_MS = 86_400_000;
const OURS = '^crm_(template|fresh|test)_';

/** Removes what runs of earlier days left for speed or by dying: builds, templates, databases. */
export async function sweepOldRuns(now: Date): Promise<void> {
  for (const folder of ['extensions', 'build', 'templates']) {
    const path = join(RUNTIME, folder);
    for (const name of existsSync(path) ? readdirSync(path) : []) {
      if (now.getTime() - statSync(join(path, name)).mtimeMs > DAY_MS) rmSync(join(path, name), { recursive: true, force: true });
    }
  }
  const server = openPostgres('postgres');
  try {
    const old = await server('pg_database')
      .whereRaw('datname ~ ?', [OURS])
      .whereRaw("(pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 day'")
      .pluck('datname');
    for (const name of old as string[]) await server.raw('DROP DATABASE IF EXISTS ??', [name]);
  } catch (error) {
    console.warn(`old test databases were not removed: ${String(error)}`);
  } finally {
    await server.destroy();
  }
}
