import { describe, expect, test } from 'vitest';
import type { RoleName } from '../../kernel/roles.ts';
import type { Person } from '../../segments/index.ts';
import { mayCheck, mayGoOn, mayUndo } from './rights.ts';

const person = (role: RoleName | null, more: Partial<Person> = {}): Person => ({
  user: 'p',
  role,
  admin: false,
  active: true,
  homeSegment: 'a',
  managedSegments: role === 'segment_head' || role === 'segment_admin' ? ['a'] : [],
  ...more,
});
const own = { segment: 'a', owner: 'p' };
const others = { segment: 'a', owner: 'q' };

describe('IMP-1, IMP-3, F8: who does what with an import', () => {
  test.each<[string, Person, typeof own, boolean, boolean, boolean]>([
    ['a rep, own', person('sales_rep'), own, true, true, false],
    ["a rep, a colleague's", person('sales_rep'), others, false, false, false],
    ['a rep who moved away', person('sales_rep', { homeSegment: 'b' }), own, false, false, false],
    ['a head, own', person('segment_head'), own, true, true, false],
    ["a head, a rep's", person('segment_head'), others, false, true, true],
    ['an admin of another segment', person('segment_admin', { managedSegments: ['b'] }), others, false, false, false],
    ["a system admin, somebody's", person('system_admin'), others, false, true, true],
    ['an executive looks on', person('group_executive'), others, false, false, false],
    ['an executive, even own', person('group_executive'), own, false, false, false],
    ['somebody frozen', person('segment_admin', { active: false }), own, false, false, false],
  ])('%s', (_name, who, batch, imports, undoes, checks) => {
    expect([mayGoOn(who, batch), mayUndo(who, batch), mayCheck(who, batch)]).toEqual([imports, undoes, checks]);
  });
});
