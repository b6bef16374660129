import { defineConfig } from 'vitest/config';
import LongestFirst from './tests/harness/longest-first.ts';

const apart = ['**/node_modules/**', '.runtime/**', 'data/**', 'extensions/*/dist/**'];

/** Three kinds of tests, told apart by their names (docs: CONTRIBUTING.md). */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...apart, '**/*.integration.test.ts', '**/*.e2e.test.ts'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/**/*.integration.test.ts', 'bench/**/*.integration.test.ts'],
          exclude: apart,
          globalSetup: ['tests/harness/services-setup.ts'],
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['tests/**/*.e2e.test.ts'],
          exclude: apart,
          globalSetup: ['tests/harness/services-setup.ts'],
          maxWorkers: 2,
          maxConcurrency: 2,
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
