import { roleOf } from '../../../kernel/roles.ts';

type Given = Readonly<Record<string, unknown>>;

/**
 * What a directory or an identity provider says of somebody at their log-in, without what is not theirs to say: posts of the CRM are
 * given and taken in the CRM, where headcounts, homes and dual control hold (ORG-7, ORG-8, N4). Roles of others are left to them.
 *
 * @param standing the role that somebody has already; null for somebody new.
 */
export function withoutOurPosts(given: Given, standing: string | null): Given {
  if (!('role' in given)) return given;
  const { role, ...rest } = given;
  return roleOf(standing) || roleOf(typeof role === 'string' ? role : null) ? rest : given;
}
