/** The tiers of design.md: imports go downward only, slices of one tier do not know each other. */
const TIERS = [
  ['kernel', 'platform'],
  ['guard', 'segments', 'privacy', 'audit', 'approvals'],
  ['users', 'customers', 'setup', 'welcome'],
  ['pipeline', 'activities', 'service'],
  ['duplicates', 'transfers', 'imports', 'quality', 'notices', 'governance', 'backups'],
  ['reports'],
];
const SRC = '^extensions/crm/src/';
const inSlices = (names) => `${SRC}(${names.join('|')})/`;

const tierRules = TIERS.slice(1).map((slices, index) => ({
  name: `tier-${index + 1}-imports-downward`,
  severity: 'error',
  from: { path: inSlices(slices) },
  to: {
    path: inSlices(
      TIERS.slice(index + 2)
        .flat()
        .concat('entries'),
    ),
  },
}));

const siblingRules = TIERS.slice(1)
  .flat()
  .map((slice) => {
    const tier = TIERS.find((names) => names.includes(slice));
    const others = tier.filter((name) => name !== slice);
    return {
      name: `${slice}-does-not-know-its-siblings`,
      severity: 'error',
      from: { path: inSlices([slice]) },
      to: { path: others.length ? inSlices(others) : '^$' },
    };
  });

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'platform-knows-no-slice',
      severity: 'error',
      from: { path: inSlices(TIERS[0]) },
      to: { path: SRC, pathNot: inSlices(TIERS[0]) },
    },
    {
      name: 'kernel-stands-alone',
      severity: 'error',
      from: { path: inSlices(['kernel']), pathNot: '\\.test\\.ts$' },
      to: { path: SRC, pathNot: inSlices(['kernel']) },
    },
    ...tierRules,
    ...siblingRules,
    {
      name: 'the-app-side-never-reaches-the-api-side',
      severity: 'error',
      from: { path: `${SRC}(platform/app|[^/]+/(page|panel|interface|display))/` },
      to: { path: `${SRC}(platform/api/|[^/]+/(hook|endpoint|schedule|workflow)\\.ts)` },
    },
    {
      name: 'nobody-imports-the-composition-roots',
      severity: 'error',
      from: {
        pathNot: [
          `${SRC}entries/`,
          '^bin/openapi\\.ts$',
          '^bin/lib/change-log\\.mjs$',
          '^tests/integration/audit',
          '^tests/isolation/our-routes\\.ts$',
        ],
      },
      to: { path: `${SRC}entries/` },
    },
    {
      name: 'rules-do-no-io',
      severity: 'error',
      from: { path: `${SRC}([^/]+/rules|kernel)/`, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'slices-do-not-know-seed-or-model',
      severity: 'error',
      from: { path: SRC, pathNot: [`${SRC}entries/`, '\\.test\\.ts$'] },
      to: { path: '^(seed|schema-snapshots|tests|bench|bin)/' },
    },
    {
      name: 'product-code-does-not-import-tests',
      severity: 'error',
      from: { path: '^(extensions|seed|schema-snapshots|bin)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(tests|bench)/|\\.test\\.ts$' },
    },
    {
      name: 'only-what-is-declared',
      severity: 'error',
      from: { path: '^(extensions|seed|schema-snapshots)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.api.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.runtime)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.vue', '.json'] },
  },
};
