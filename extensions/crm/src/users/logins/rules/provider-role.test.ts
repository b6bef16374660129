import { describe, expect, test } from 'vitest';
import { ROLE_IDS } from '../../../kernel/roles.ts';
import { withoutOurPosts } from './provider-role.ts';

const FOREIGN = '00000000-0000-4000-8000-000000000001';

describe('ORG-7, ORG-8: what a directory says of somebody’s role', () => {
  test.each([
    ['makes nobody new one of our people', { role: ROLE_IDS.sales_rep }, null, {}],
    ['makes nobody of others one of our people', { role: ROLE_IDS.system_admin }, FOREIGN, {}],
    ['does not promote', { role: ROLE_IDS.system_admin }, ROLE_IDS.sales_rep, {}],
    ['takes nobody’s post away', { role: null }, ROLE_IDS.segment_head, {}],
    ['makes none of our people the administrator of the host', { role: FOREIGN }, ROLE_IDS.system_admin, {}],
    ['stands among roles of others', { role: FOREIGN }, null, { role: FOREIGN }],
    ['stands where it takes a role of others', { role: null }, FOREIGN, { role: null }],
  ])('%s', (_, given, standing, expected) => {
    expect(withoutOurPosts({ ...given, first_name: '明' }, standing)).toEqual({ ...expected, first_name: '明' });
  });

  test('what says nothing of a role is left as it is', () => {
    const given = { email: 'a@example.com' };
    expect(withoutOurPosts(given, ROLE_IDS.sales_rep)).toBe(given);
  });
});
