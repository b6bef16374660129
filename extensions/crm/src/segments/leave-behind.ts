import { ROLE_IDS } from '../kernel/roles.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { rowsBelow } from './cascade.ts';

const CHUNK = 500;

/** Where a tree stands now. */
interface Standing {
  segment: string;
  owner: string;
}

/** Whoever sees the tree where it stands now: the new owner, who manages the segment, group staff. */
const readersOf = (database: Knex, to: Standing): Knex.QueryBuilder =>
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
export async function leaveNothingBehind(database: Knex, to: Standing, rows: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  for (const [collection, ids] of rows) {
    const all = [...ids];
    for (let start = 0; start < all.length; start += CHUNK) {
      const ofTree = (query: Knex.QueryBuilder) => query.where({ collection }).whereIn('item', all.slice(start, start + CHUNK));
      await ofTree(database('directus_shares')).delete();
      await ofTree(database('directus_notifications')).whereNotIn('recipient', readersOf(database, to)).delete();
      await ofTree(database('crm_recent_records')).whereNotIn('user', readersOf(database, to)).delete();
      await updateLogged(
        database,
        'directus_comments',
        (comments) => ofTree(comments).whereNotNull('user_created').whereNotIn('user_created', readersOf(database, to)),
        { user_created: null, user_updated: null },
      );
    }
  }
}

/** The same of a customer or a lead that got another owner where it stands (Q1). */
export async function leaveTreeBehind(database: Knex, collection: string, id: string, to: Standing): Promise<void> {
  const rows = await rowsBelow(database, collection, id);
  await leaveNothingBehind(database, to, rows.set(collection, new Set([id])));
}
