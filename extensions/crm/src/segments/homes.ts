import { randomUUID } from 'node:crypto';
import { changeLog } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { managesSegments } from './rules/reach.ts';
import { loadPerson } from './people.ts';

/**
 * Keeps the home segment of a head or segment admin among the managed ones, where the row rules look (Q18). A home that
 * was left goes, and so does everything managed by somebody who is neither any more: no old right comes back (F11).
 */
export async function keepHomeManaged(database: Knex, user: string): Promise<void> {
  const before: string[] = await database('crm_user_segments').where({ crm_user: user }).pluck('id');
  const added = await changeLog().around(database, 'crm_user_segments', before, () => settleHome(database, user));
  if (added) await changeLog().created(database, 'crm_user_segments', [added]);
}

/** @returns the key of a row that had to be added. */
async function settleHome(database: Knex, user: string): Promise<string | null> {
  const person = await loadPerson(database, user);
  const rows = () => database('crm_user_segments').where({ crm_user: user });
  if (!person || !managesSegments(person.role)) {
    await rows().delete();
    return null;
  }
  const home = person.homeSegment;
  if (home === null) {
    await rows().where({ is_home: true }).delete();
    return null;
  }
  await rows().where({ is_home: true }).whereNot({ crm_segment: home }).delete();
  const marked = await rows().where({ crm_segment: home }).update({ is_home: true });
  if (marked) return null;
  const id = randomUUID();
  await database('crm_user_segments').insert({ id, crm_user: user, crm_segment: home, is_home: true });
  return id;
}
