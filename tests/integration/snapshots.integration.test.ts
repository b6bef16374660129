import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from '../../bin/lib/paths.mjs';
import { hostCommand } from '../harness/template.ts';
import { bareHost, type BareHost, type Database } from './installer/bare-host.ts';

const FILES: Record<Database, string> = { sqlite: 'sqlite.yaml', pg: 'postgres.yaml' };
const hosts: BareHost[] = [];
afterAll(() => Promise.all(hosts.map((host) => host.remove())));

test.each(Object.entries(FILES) as [Database, string][])(
  'design 9: the snapshot of a fresh installation on %s is the one in the repository (npm run snapshots writes it)',
  async (db, name) => {
    const host = await bareHost(db, { installed: true });
    hosts.push(host);
    const fresh = join(host.env['CRM_DATA_DIR']!, name);
    await hostCommand(['schema', 'snapshot', '--yes', fresh], host.env);
    const file = join(ROOT, 'schema-snapshots', name);
    if (process.env['CRM_WRITE_SNAPSHOTS'] === 'true') writeFileSync(file, readFileSync(fresh));
    expect(
      readFileSync(fresh, 'utf8') === readFileSync(file, 'utf8'),
      `schema-snapshots/${name} is not up to date: npm run snapshots`,
    ).toBe(true);
  },
);
