import { expect, it } from 'vitest';
import { isBound, type PostEntry } from './beholden.ts';

const of = (action: string, after: PostEntry['after'] = null, collection = 'directus_users'): PostEntry => ({ collection, action, after });

it.each<[string, PostEntry[], boolean]>([
  ['nothing', [], false],
  ['opened', [of('create', { email: 'a' })], true],
  ['promoted', [of('update', { role: 'x' })], true],
  ['another address', [of('update', { email: 'b' })], true],
  ['another password', [of('update', { password: '#1' })], true],
  ['a one-time link', [of('reset_link', null, 'crm_reset_links')], true],
  ['a link that was used', [of('reset_link_used', null, 'crm_reset_links')], false],
  ['another team, frozen, thawed', [of('update', { crm_team: 't' }), of('update', { status: 'active' }), of('update')], false],
])('Q5: whether an executive is bound to whoever did this: %s', (_name, entries, bound) => {
  expect(isBound(entries)).toBe(bound);
});
