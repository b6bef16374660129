/** A running host with the world in it, and everybody logged in. */
import { startHost, type TestHost } from '../harness/host.ts';
import type { Client } from '../harness/client.ts';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { Draw } from './draw.ts';
import { buildWorld, type World } from './world.ts';

export interface IsolatedWorld {
  host: TestHost;
  world: World;
  clientOf(email: string): Promise<Client>;
}

export async function startIsolatedWorld(db: 'sqlite' | 'pg', seed: number): Promise<IsolatedWorld> {
  // Its log-ins are of one day, however long ago that is by now.
  const host = await startHost({ db, env: { CRM_LOGIN_KEEP_DAYS: '36500' } });
  const draw = new Draw(seed);
  const { password } = await host.database('directus_users').where({ email: DEMO_ADMIN }).first('password');
  const world = await buildWorld(host.database, { passwordHash: password, random: () => draw.next() });
  return { host, world, clientOf: (email) => host.login(email, DEMO_PASSWORD) };
}

/** Everything our tables hold, as one text: an attempt that must change nothing is compared with it. */
export async function contentsOf(host: TestHost, collections: readonly string[]): Promise<string> {
  const parts: string[] = [];
  for (const collection of collections) {
    const rows = await host.database(collection).orderBy('id');
    // The sealer's own notes follow the log, those of a node its clock; that a calendar is missing is told when it is noticed.
    const kept = rows.filter((row) => !/^(?:audit:|keys-of-node:|calendar\.notice\.)/.test(String(row.key ?? '')));
    parts.push(JSON.stringify(kept.map((row) => ({ ...row, last_access: null, last_page: null }))));
  }
  return parts.join('\n');
}
