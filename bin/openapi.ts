/** Writes docs/api/openapi.json from the same source as `/crm/openapi.json`; with `--check` only says whether it differs. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openApi } from '../extensions/crm/src/entries/openapi.ts';
import { ROOT } from './lib/paths.mjs';

const file = join(ROOT, 'docs', 'api', 'openapi.json');
const wanted = `${JSON.stringify(openApi, null, 2)}\n`;

if (process.argv.includes('--check')) {
  const stands = readFileSync(file, 'utf8');
  if (stands !== wanted) {
    console.error('docs/api/openapi.json 不是最新的，请运行 npm run openapi | docs/api/openapi.json is out of date: run npm run openapi');
    process.exitCode = 1;
  }
} else {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, wanted);
}
