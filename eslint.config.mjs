import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import ts from 'typescript-eslint';

const strictTypes = [...ts.configs.strictTypeChecked, ...ts.configs.stylisticTypeChecked];
const appSide = [
  'extensions/crm/src/platform/app/**/*.ts',
  'extensions/crm/src/*/page/**/*.ts',
  'extensions/crm/src/*/panel/**/*.ts',
  'extensions/crm/src/*/interface/**/*.ts',
  'extensions/crm/src/*/display/**/*.ts',
  'extensions/crm/src/entries/module.ts',
  'extensions/crm/src/entries/sealed-interface.ts',
  'extensions/crm/src/entries/stage-path-interface.ts',
  'extensions/crm/src/entries/lead-bar-interface.ts',
  'extensions/crm/src/entries/board-layout.ts',
  'extensions/crm/src/entries/timeline-interface.ts',
  'extensions/crm/src/entries/sealed-display.ts',
];

const rules = {
  '@typescript-eslint/consistent-type-imports': 'error',
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/dot-notation': 'off',
  '@typescript-eslint/non-nullable-type-assertion-style': 'off',
  '@typescript-eslint/no-non-null-assertion': 'off',
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true, ignoreVoidOperator: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-unsafe-assignment': 'off',
  '@typescript-eslint/no-unsafe-member-access': 'off',
  '@typescript-eslint/no-unsafe-argument': 'off',
  '@typescript-eslint/no-unsafe-call': 'off',
  '@typescript-eslint/no-unsafe-return': 'off',
  '@typescript-eslint/no-unnecessary-type-parameters': 'off',
  '@typescript-eslint/no-empty-function': 'off',
  '@typescript-eslint/require-await': 'off',
  '@typescript-eslint/no-dynamic-delete': 'off',
  '@typescript-eslint/no-invalid-void-type': 'off',
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/no-misused-spread': 'off',
  '@typescript-eslint/unbound-method': 'off',
  '@typescript-eslint/no-unnecessary-boolean-literal-compare': 'off',
  '@typescript-eslint/no-redundant-type-constituents': 'off',
  '@typescript-eslint/no-unnecessary-type-conversion': 'off',
  '@typescript-eslint/no-meaningless-void-operator': 'off',
  '@typescript-eslint/prefer-nullish-coalescing': 'off',
  '@typescript-eslint/no-unnecessary-condition': 'off',
  'max-lines': ['error', { max: 300 }],
  'max-depth': ['error', 4],
  eqeqeq: ['error', 'always'],
  'no-console': 'error',
};

export default ts.config(
  {
    ignores: [
      '**/dist/**',
      'node_modules/**',
      '.runtime/**',
      'data/**',
      'extensions/crm/src/kernel/collections.ts',
      'extensions/crm/src/kernel/rows.ts',
    ],
  },
  {
    files: ['**/*.ts', '**/*.mjs'],
    ignores: appSide,
    extends: strictTypes,
    languageOptions: { parserOptions: { project: ['tsconfig.api.json'], tsconfigRootDir: import.meta.dirname } },
    rules,
  },
  {
    files: appSide,
    extends: strictTypes,
    languageOptions: { parserOptions: { project: ['tsconfig.app.json'], tsconfigRootDir: import.meta.dirname } },
    rules,
  },
  {
    files: ['**/*.vue'],
    extends: [...ts.configs.recommended, ...vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: ts.parser } },
    rules: { 'no-console': 'error', 'vue/multi-word-component-names': 'off' },
  },
  { files: ['bin/**', 'bench/**', 'seed/**', 'schema-snapshots/**', 'tests/**'], rules: { 'no-console': 'off' } },
  { files: ['*.mjs', '*.cjs'], extends: [ts.configs.disableTypeChecked] },
  prettier,
);
