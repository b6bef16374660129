import type { EventContext, HostContext, Row } from '../../platform/api/host.ts';
import { withoutOurPosts } from './rules/provider-role.ts';

interface Register {
  filter(event: string, handler: (payload: Row, meta: Row, context: EventContext) => unknown): void;
}

/**
 * Another service says who somebody is, and not what they may do here: the host would set the role that a group of the directory, or
 * a default, stands for, with nobody's rights and past every step of a write (ORG-7, ORG-8).
 */
export function registerProviderPosts({ filter }: Register, { database }: Pick<HostContext, 'database'>): void {
  filter('auth.create', (payload) => withoutOurPosts(payload, null));
  // As the host itself finds whom it writes to.
  filter('auth.update', async (payload, { identifier }) => {
    const named = String(identifier).toLowerCase();
    const user = await database('directus_users').whereRaw('LOWER(??) = ?', ['external_identifier', named]).first('role');
    return withoutOurPosts(payload, user?.role ?? null);
  });
}
