import { ROLE_IDS } from '../../kernel/roles.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Move, MovedRows } from './move.ts';

const CHUNK = 500;

/** Whoever sees the tree where it stands now: the new owner, who manages the segment, group staff. */
const readersOf = (database: Knex, { to }: Move): Knex.QueryBuilder =>
  database('directus_users')
    .where({ id: to.owner })
    .orWhereIn('role', [ROLE_IDS.system_admin, ROLE_IDS.group_executive])
    .orWhere(
      (manager) =>
        void manager
          .whereIn('role', [ROLE_IDS.segment_head, ROLE_IDS.segment_admin])
          .whereIn('id', database('crm_user_segments').where({ crm_segment: to.segment }).whereNotNull('crm_user').select('crm_user')),
    )
    .select('id');

/**
 * What people keep beside the records, in tables without row rules (F5, F15): notes in inboxes, links that were shared, what was
 * opened last. Comments stay on the record, but are no longer their author's to read; who wrote them the log knows.
 */
export async function leaveNothingBehind(database: Knex, move: Move, rows: MovedRows): Promise<void> {
  for (const [collection, ids] of rows) {
    const all = [...ids];
    for (let start = 0; start < all.length; start += CHUNK) {
      const ofTree = (query: Knex.QueryBuilder) => query.where({ collection }).whereIn('item', all.slice(start, start + CHUNK));
      await ofTree(database('directus_shares')).delete();
      await ofTree(database('directus_notifications')).whereNotIn('recipient', readersOf(database, move)).delete();
      await ofTree(database('crm_recent_records')).whereNotIn('user', readersOf(database, move)).delete();
      await updateLogged(
        database,
        'directus_comments',
        (comments) => ofTree(comments).whereNotNull('user_created').whereNotIn('user_created', readersOf(database, move)),
        { user_created: null, user_updated: null },
      );
    }
  }
}
