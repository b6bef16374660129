import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { notify, type Link } from '../platform/api/notify.ts';
import { NOTICES, type NoticeName } from './locale/notices.ts';
import type { Move } from './move/move.ts';

/**
 * Puts a note into somebody's inbox. It names no customer and nobody (F15): the record may go on to others while the note stays. Only
 * who may open the record gets a link to it.
 */
export const tell = (database: Knex, people: readonly (string | null)[], notice: NoticeName, link: Link | null): Promise<void> =>
  notify(database, people, NOTICES[notice], {}, link);

/** The new owner is to follow up, the former one to know, whoever asked for it to be told that it is done. */
export async function tellMoved(
  database: Knex,
  { move, actor, requestedBy }: { move: Move; actor: Actor; requestedBy: string | null },
): Promise<void> {
  const { to, from, root, id } = move;
  const isOther = (user: string | null) => (user === actor.user || user === to.owner ? null : user);
  if (to.owner !== actor.user) await tell(database, [to.owner], 'received', { collection: root, item: id });
  await tell(database, [isOther(from.owner)], 'given_away', null);
  await tell(database, [requestedBy === from.owner ? null : isOther(requestedBy)], 'done', null);
}
