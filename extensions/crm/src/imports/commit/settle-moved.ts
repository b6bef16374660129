import type { Knex, Row } from '../../platform/api/host.ts';
import { cascadePlace, leaveTreeBehind, settleStep, type Place } from '../../segments/index.ts';
import type { Work } from './import-record.ts';
import type { Update } from './write-rows.ts';

/** By these a row stands where it stands, or hangs where it hangs. */
export const MOVING = ['segment', 'owner', 'customer', 'lead', 'opportunity', 'parent'];

/** Whether a write moves a row: to somebody else, or below another row. */
const isMoved = ({ stored, values }: Update): boolean =>
  MOVING.some((field) => field in values && (values[field] ?? null) !== (stored[field] ?? null));

/**
 * What follows from rows that were moved, by the functions that do it for a form (Q1): what hangs on a row goes where it goes,
 * its files too, and whatever it may not keep is let go. Only rows that moved cost anything.
 */
export async function settleMoved({ database, actor }: Pick<Work, 'database' | 'actor'>, collection: string, updates: readonly Update[]) {
  for (const update of updates.filter(isMoved)) {
    const { stored, values } = update;
    const place = { segment: stored['segment'], owner: stored['owner'], ...values } as Row & Place;
    // A customer or a lead takes its tree along by itself; what is set below another row stands there already.
    if (!ROOTS.includes(collection)) await cascadePlace(database, collection, stored.id, { segment: place.segment, owner: place.owner });
    else await leaveFormerOwner(database, collection, update);
    await settleStep.afterWrite!({ database, collection, item: stored.id, action: 'update', schema: null, actor });
  }
}

/** A customer or a lead that a line gives to somebody else leaves nothing with its former owner (Q1). */
export async function leaveFormerOwner(database: Knex, collection: string, { stored, values }: Update): Promise<void> {
  const from = { segment: stored['segment'] as string, owner: stored['owner'] as string | null };
  const to = { ...from, ...values } as Row & Place;
  if (!ROOTS.includes(collection) || !('owner' in values) || to.owner === from.owner || !to.segment || !to.owner) return;
  await leaveTreeBehind(database, collection, stored.id, { from, to: { segment: to.segment, owner: to.owner } });
}

const ROOTS = ['crm_customers', 'crm_leads'];
