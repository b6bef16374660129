import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { HANDOVERS, placesOf, type HandoverRow } from './record.ts';
import { answersFor, type Scope } from './rules/parties.ts';

type Reader = Pick<Actor, 'user'>;

/** Whether somebody may read a hand-over and take it back at this moment. */
export const mayAnswerFor = (scope: Scope, { user }: Reader, handover: HandoverRow): boolean =>
  answersFor(scope, user, { segment: handover.segment, asker: handover.user_created, places: placesOf(handover) });

/** The hand-overs that somebody may read: those of the own segments, and own ones of several of them (ORG-2). */
export async function readableBy(database: Knex, scope: Scope, reader: Reader): Promise<(query: Knex.QueryBuilder) => Knex.QueryBuilder> {
  const { segments } = scope;
  if (segments === null) return (query) => query;
  const asked: HandoverRow[] = await database(HANDOVERS).where({ user_created: reader.user, segment: GROUP_SEGMENT_ID });
  const own = asked.filter((handover) => mayAnswerFor(scope, reader, handover)).map(({ id }) => id);
  return (query) => query.where((mine) => void mine.whereIn('segment', [...segments]).orWhereIn('id', own));
}
