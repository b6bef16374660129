#!/usr/bin/env node
/** `npm test`: everything, the browser included, on a machine where nothing has been done before (contract.md "Running"). */
import { fileURLToPath } from 'node:url';
import { conclude, PREPARATION, runChecks, runTests } from './lib/checks.mjs';
import { fail } from './lib/fail.mjs';
import { prepareTools } from './lib/prepare-tools.mjs';
import { provideSlapd } from './lib/slapd.mjs';
import { provideSystemPackages } from './lib/system-packages.mjs';

try {
  await prepareTools(fileURLToPath(import.meta.url));
  await provideSystemPackages();
  await provideSlapd();
  conclude([
    await runChecks([PREPARATION]),
    await runTests('unit', '单元测试'),
    await runTests('integration', '集成测试'),
    await runTests('e2e', '浏览器测试'),
  ]);
} catch (error) {
  fail(error);
}
