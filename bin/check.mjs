#!/usr/bin/env node
/** `npm run check`: the fast part of `npm test`. */
import { fileURLToPath } from 'node:url';
import { conclude, runChecks, runTests } from './lib/checks.mjs';
import { fail } from './lib/fail.mjs';
import { prepareTools } from './lib/prepare-tools.mjs';

try {
  await prepareTools(fileURLToPath(import.meta.url));
  conclude([await runChecks(), await runTests('unit', '单元测试')]);
} catch (error) {
  fail(error);
}
