import type { HostContext } from '../platform/api/host.ts';
import { keysOf, type Keys } from '../platform/api/keys.ts';

let keys: Keys | null = null;

/** The one look at the master keys of this process: hooks, routes and the command line see the same ring. */
export function keysFor({ env }: Pick<HostContext, 'env'>): Keys {
  keys ??= keysOf(env);
  return keys;
}
