import { expect, it } from 'vitest';
import { scrubError } from './scrub-error.ts';

const INDEX = `test.${'aB3_-'.repeat(8)}xyz`;
const CIPHER = 'crm1.A256GCM.subject.aaaa.bbbb.cccc';

it.each([
  [
    'a row of PostgreSQL',
    { detail: `Failing row contains (1, 张三, 138****0000, ${CIPHER}, ${INDEX}, (x)).` },
    'Failing row contains (***).',
  ],
  ['a key', { detail: `Key (phone_index)=(${INDEX}) already exists.` }, 'Key (phone_index)=(***) already exists.'],
  [
    'a statement with its values',
    { message: `insert into "t" values ('${CIPHER}', '${INDEX}') - disk full` },
    `insert into "t" values ('***', '***') - disk full`,
  ],
  ['a trigger', { where: `SQL statement "UPDATE t SET phone = '13800138000'"` }, `SQL statement "UPDATE t SET phone = '138****8000'"`],
  [
    'its own words',
    { message: 'insert into "t" ("id") values ($1) - deadlock detected' },
    'insert into "t" ("id") values ($1) - deadlock detected',
  ],
])('SEC-1: of a failed statement, %s', (_name, error, expected) => {
  scrubError(error);
  expect(Object.values(error)).toEqual([expected]);
});

it('SEC-1: values that were bound are not kept', () => {
  const error = { message: 'time-out', bindings: [CIPHER] };
  scrubError(error);
  expect(error.bindings).toBe('***');
  expect(() => scrubError(null)).not.toThrow();
});
