import { randomUUID } from 'node:crypto';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { AfterWrite } from '../../platform/api/write-pipeline.ts';
import { decideClosedOn } from '../rules/closed-on.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';

/**
 * What follows from an opportunity's stage (SAL-2, SAL-3), in the write's transaction and on every path: the history of
 * its stages, since when it stands in this one, and the day on which it was won or lost. The last entry of the history
 * says where it stood before: the old row is gone by now (design.md 5).
 */
export async function followStage({ database, item, actor }: AfterWrite, clock: Clock): Promise<void> {
  const row = await database('crm_opportunities as o')
    .join('crm_stages as s', 's.id', 'o.stage')
    .where('o.id', item)
    .first('o.stage', 'o.closed_on', 'o.segment', 'o.owner', 's.outcome');
  if (!row) return;
  const last = await database('crm_stage_changes')
    .where({ opportunity: item })
    .orderBy('changed_at', 'desc')
    .first('to_stage', 'changed_at');
  const moved = last?.to_stage !== row.stage;
  const before = last ? new Date(last.changed_at) : null;
  const now = clock.now();
  const closedOn = fromStoredDay(row.closed_on);
  const day = decideClosedOn({
    outcome: row.outcome,
    closedOn,
    moved,
    enteredBefore: before && toBusinessDate(before),
    today: toBusinessDate(now),
  });
  // Two changes in one millisecond would have no order.
  const at = before && before >= now ? new Date(before.getTime() + 1) : now;
  if (moved) {
    const { stage: to_stage, segment, owner } = row;
    const change = { opportunity: item, from_stage: last?.to_stage ?? null, to_stage, changed_at: at, segment, owner };
    const id = randomUUID();
    await database('crm_stage_changes').insert({ ...change, id, changed_by: actor?.user ?? null });
    await changeLog().created(database, 'crm_stage_changes', [id]);
  }
  const changes = {
    ...(moved ? { stage_entered_at: at } : {}),
    ...(day === closedOn ? {} : { closed_on: day && toStoredDay(database, day) }),
  };
  if (Object.keys(changes).length) await database('crm_opportunities').where({ id: item }).update(changes);
}

/** A stage that an administrator makes an end, or no longer one, closes or reopens what stands in it. */
export async function followOutcome({ database, item, action }: AfterWrite, clock: Clock): Promise<void> {
  const stage = action === 'update' ? await database('crm_stages').where({ id: item }).first('outcome') : null;
  if (!stage) return;
  const isOpen = stage.outcome === 'open';
  const standing = (rows: Knex.QueryBuilder) =>
    isOpen ? rows.where({ stage: item }).whereNotNull('closed_on') : rows.where({ stage: item }).whereNull('closed_on');
  const day = isOpen ? null : toStoredDay(database, toBusinessDate(clock.now()));
  await updateLogged(database, 'crm_opportunities', standing, { closed_on: day });
}
