import { readReachOf, accessRows } from '../../../../seed/access/matrix.ts';
import type { GuardPorts } from '../guard/ports.ts';
import type { Accountability } from '../platform/api/host.ts';
import { roleOf, ROLE_NAMES, type RoleName } from '../kernel/roles.ts';

/**
 * The access matrix in the guard's words, looked up once: these answers are asked for on every read.
 *
 * Only people have two rules that overlap: ours, and the host's minimum for the own row.
 */
export function guardPorts(): GuardPorts {
  const reach = new Map<string, ReturnType<typeof readReachOf>>();
  const people = readableOfPeople();
  return {
    rowRuleOf(role, collection) {
      if (!role) return 'limited';
      const key = `${role} ${collection}`;
      const known = reach.get(key) ?? readReachOf(role, collection);
      reach.set(key, known);
      return known;
    },
    mayCompare: (role, collection, field) =>
      collection !== 'directus_users' || COLUMNS_OF_NOBODY.has(field) || (people.get(role)?.has(field) ?? false),
  };
}

/** Whether somebody reads every row of a collection: no row of it is then another's (F16). */
export const readsAll =
  ({ rowRuleOf }: Pick<GuardPorts, 'rowRuleOf'>) =>
  ({ admin, role }: Pick<Accountability, 'admin' | 'role'>, collection: string): boolean =>
    admin || rowRuleOf(roleOf(role), collection) === 'all';

/** Keys that are no column: the host's own walk over relations is judged step by step. */
const COLUMNS_OF_NOBODY = new Set(['', '*']);

function readableOfPeople(): Map<RoleName, Set<string>> {
  const byRole = new Map<RoleName, Set<string>>(ROLE_NAMES.map((role) => [role, new Set(['id'])]));
  const { permissions, access } = accessRows();
  const roleByPolicy = new Map(access.map(({ policy, role }) => [policy, roleOf(role)]));
  for (const row of permissions) {
    const role = row.collection === 'directus_users' && row.action === 'read' ? roleByPolicy.get(row.policy) : null;
    if (role) row.fields.forEach((field) => byRole.get(role)!.add(field));
  }
  return byRole;
}
