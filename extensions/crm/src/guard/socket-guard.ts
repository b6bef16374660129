import type { Accountability, Row } from '../platform/api/host.ts';
import { callerOf, isGuardedFor, isOurs } from './caller.ts';
import type { GuardRegister } from './ports.ts';
import { refusal } from './refuse.ts';

/**
 * Sockets are off in a host of ours. Where a host of others has them on, our collections are not read, written or
 * watched through them: deletions are announced to everybody there, and rights are checked once (LEAK 2 and 5).
 */
export function registerSocketGuard({ filter }: Pick<GuardRegister, 'filter'>): void {
  filter('websocket.message', (message: Row, { client }) => {
    const { accountability } = (client ?? {}) as { accountability?: Accountability | null };
    const caller = callerOf(accountability) ?? { role: null, admin: false, share: false };
    const { collection } = message;
    if (caller.role || isOurs(collection) || (typeof collection === 'string' && isGuardedFor(caller)(collection)))
      throw refusal('not_here', null);
    return message;
  });
}
