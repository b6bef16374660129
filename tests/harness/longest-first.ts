import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { ROOT } from '../../bin/lib/paths.mjs';

/** Seconds that the long files took on two cores (2026-11-22). */
const SECONDS: Record<string, number> = {
  'tests/integration/imports.integration.test.ts': 200,
  'tests/running/backup.integration.test.ts': 160,
  'tests/integration/install-into.integration.test.ts': 120,
  'tests/integration/certify.integration.test.ts': 115,
  'tests/isolation/isolation.integration.test.ts': 115,
  'tests/integration/install.integration.test.ts': 97,
  'tests/integration/sealing.integration.test.ts': 97,
  'tests/integration/sealing-keys.integration.test.ts': 94,
  'tests/integration/audit.integration.test.ts': 94,
  'tests/running/keys.integration.test.ts': 94,
  'tests/integration/doctor.integration.test.ts': 82,
  'tests/integration/guard-host.integration.test.ts': 75,
  'tests/running/lifecycle.integration.test.ts': 70,
  'tests/integration/quarter.integration.test.ts': 100,
  'tests/integration/customers.integration.test.ts': 64,
  'tests/running/production.integration.test.ts': 61,
  'tests/browser/every-role.e2e.test.ts': 80,
  'tests/browser/sealed-values.e2e.test.ts': 50,
};

/** A file of which nothing is known is taken for one of these. */
const MIDDLE = 40;

/**
 * The long files first, so that no worker is left with one of them at the end while the other has nothing to do. Vitest knows how long
 * files took only on a machine that ran them before.
 */
export default class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const seconds = ({ moduleId }: TestSpecification) => SECONDS[relative(ROOT, moduleId)] ?? MIDDLE;
    return Promise.resolve([...files].sort((one, other) => seconds(other) - seconds(one) || (one.moduleId < other.moduleId ? -1 : 1)));
  }
}
