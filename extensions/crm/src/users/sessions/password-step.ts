import { roleOf } from '../../kernel/roles.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { sessionRefusal } from './refuse.ts';

const USERS = 'directus_users';
/** Whether a password came with the last change of somebody. */
const notes = writeNotes<Row & { isSet: boolean }>();

/**
 * A password that somebody else set is one to change at the first log-in (ACC-5); the moment of every change stands (ACC-7). `isForced`
 * false leaves people of a new log-in alone, as the demo has it.
 */
export const passwordStep = (clock: Clock, isForced: boolean): WriteStep => ({
  name: 'users/sessions: passwords',
  collections: [USERS],
  async beforeUpdate(payload, keys, { accountability, database }) {
    // The host's own reset by mail, by whatever path: nobody asks, with every right (ACC-4, Q10).
    if (typeof payload['password'] === 'string' && accountability?.admin && !accountability.user) {
      const roles: (string | null)[] = await database(USERS)
        .whereIn('id', [...keys])
        .pluck('role');
      if (roles.some((role) => roleOf(role))) throw sessionRefusal('closed_reset', null);
    }
    for (const key of keys) notes.note(USERS, key, { isSet: typeof payload['password'] === 'string' });
  },
  async afterWrite({ item, action, database, actor }) {
    if (action === 'delete') return;
    if (action === 'update' && !notes.of(USERS, item)?.isSet) return;
    const user = await database(USERS).where({ id: item }).first('role', 'password');
    if (!roleOf(user?.role) || !user.password) return;
    const isOwn = actor?.user === item;
    const due = isOwn ? { crm_must_change_password: false } : isForced ? { crm_must_change_password: true } : {};
    // Of somebody new nothing was given out that it could end.
    const changed = action === 'create' ? {} : { crm_password_changed_at: clock.now() };
    if (Object.keys({ ...due, ...changed }).length)
      await database(USERS)
        .where({ id: item })
        .update({ ...due, ...changed });
  },
});
