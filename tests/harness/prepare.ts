/** What nearly every test with a host needs, made before they begin: two workers would wait for one that makes it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostEnvironment } from '../../bin/lib/host-env.mjs';
import { readSettings } from '../../bin/lib/settings.mjs';
import { builtExtension } from './built-extension.ts';
import { TEST_SECRETS } from './host.ts';
import { copySqliteTemplate } from './template.ts';

const { hash, extensionsPath } = await builtExtension();

async function prepare(demo: boolean): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'crm-test-'));
  const databaseFile = join(dataDir, 'crm.db');
  try {
    const { PATH = '', HOME = '' } = process.env;
    const settings = readSettings({ PATH, HOME, CRM_DATA_DIR: dataDir, DB_FILENAME: databaseFile });
    const env = hostEnvironment(settings, TEST_SECRETS, { EXTENSIONS_PATH: extensionsPath, CRM_DEMO_DATA: String(demo) });
    await copySqliteTemplate({ extensionHash: hash, demo, overrides: {} }, env, databaseFile);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

await prepare(false);
await prepare(true);
