import { ROLE_IDS } from '../kernel/roles.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import { among } from '../platform/api/among.ts';
import type { Knex } from '../platform/api/host.ts';
import { rowsBelow } from './cascade.ts';
import { letGo, type Leaving } from './let-go.ts';

const CHUNK = 5000;

/** Whoever sees the tree where it stands now: the new owner, who manages the segment, group staff. */
const readersOf = (database: Knex, to: Leaving['to']): Knex.QueryBuilder =>
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
 * opened last, files of exports. Comments stay on the record, but are no longer their author's to read; who wrote them the log knows.
 */
export async function leaveNothingBehind(database: Knex, leaving: Leaving, rows: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  const { to } = leaving;
  for (const [collection, ids] of rows) {
    const all = [...ids];
    for (let start = 0; start < all.length; start += CHUNK) {
      const ofTree = (query: Knex.QueryBuilder) =>
        query.where({ collection }).andWhere(among(database, 'item', all.slice(start, start + CHUNK)));
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
  await letGo(database, leaving, rows);
}

/** The same of a customer or a lead that got another owner where it stands (Q1). */
export async function leaveTreeBehind(database: Knex, collection: string, id: string, leaving: Leaving): Promise<void> {
  const rows = await rowsBelow(database, collection, id);
  await leaveNothingBehind(database, leaving, rows.set(collection, new Set([id])));
}
