import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { managesSegments, mayReach } from '../../segments/index.ts';
import type { DisputeRow } from '../disputes/dispute-row.ts';
import { DISPUTE_OPEN } from '../disputes/dispute-row.ts';
import { isGroupMarketing } from '../execute.ts';
import { mayJudge } from '../rules/ruling.ts';
import { DISPUTES } from '../transfer-row.ts';
import type { DisputeView, PageQuery } from './contract.ts';
import { momentOf, namesOf } from './named.ts';
import { readPage, withinReach } from './read-page.ts';

/** Disputes with what the caller may do about them; neither side rules, nor whoever wrote the claim (CUS-13). */
async function viewsOf(database: Knex, actor: Actor, rows: readonly DisputeRow[]): Promise<DisputeView[]> {
  const people = rows.flatMap(({ owner, user_created, ruled_by, segment }) => [owner, user_created, ruled_by, segment]);
  const names = await namesOf(database, actor, people);
  return rows.map((row) => {
    const judges = DISPUTE_OPEN.includes(row.state) && mayJudge(actor, row);
    return {
      ...{ id: row.id, subject: row.subject, about: row.about, claim: row.claim, state: row.state, since: fromStoredDay(row.since) },
      ...{ segment: names.segment(row.segment)!, claimant: names.who(row.owner)! },
      ...{ filed_by: names.who(row.user_created), filed_at: momentOf(row.date_created) },
      ...{ ruling_reason: row.ruling_reason, ruled_by: names.who(row.ruled_by), ruled_at: momentOf(row.ruled_at) },
      mayRule: judges && ![row.owner, row.user_created].includes(actor.user),
      mayRefer: judges && managesSegments(actor.role) && row.state === 'open',
      mayWithdraw: row.owner === actor.user && DISPUTE_OPEN.includes(row.state),
    };
  });
}

/** What is not settled and can be acted on: ruled by whoever judges it, taken back by the claimant. */
export async function openDisputes(database: Knex, actor: Actor, page: PageQuery): Promise<{ disputes: DisputeView[]; total: number }> {
  const query = () =>
    withinReach(
      database(DISPUTES)
        .whereIn('state', [...DISPUTE_OPEN])
        .andWhere((mine) => {
          void mine.where({ owner: actor.user });
          if (isGroupMarketing(actor)) void mine.orWhereIn('state', [...DISPUTE_OPEN]);
          if (actor.role === 'segment_admin') void mine.orWhere({ state: 'open' });
        }),
      actor,
    );
  const { rows, total } = await readPage<DisputeRow>(query, page);
  return { disputes: await viewsOf(database, actor, rows), total };
}

/** One dispute, for whoever reads it by the row rules; to everybody else it looks like none. */
export async function oneDispute(database: Knex, actor: Actor, id: string): Promise<DisputeView> {
  const row: DisputeRow | undefined = await database(DISPUTES).where({ id }).first();
  if (!row || !mayReach(actor, row)) throw forbidden();
  return (await viewsOf(database, actor, [row]))[0]!;
}
