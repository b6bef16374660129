import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './lib/paths.mjs';

/**
 * `npm run snapshots` writes schema-snapshots/sqlite.yaml and postgres.yaml from fresh installations, for people who use the
 * host's own tool; `-- --check` only says whether they are up to date.
 */
const check = process.argv.includes('--check');
const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
const child = spawn(process.execPath, [vitest, 'run', '--project', 'integration', 'tests/integration/snapshots.integration.test.ts'], {
  cwd: ROOT,
  stdio: 'inherit',
  env: { ...process.env, CRM_WRITE_SNAPSHOTS: String(!check) },
});
child.once('close', (code) => process.exit(code ?? 1));
