import { randomUUID } from 'node:crypto';
import { markedBy, refreshMarks } from '../../customers/index.ts';
import { enteredColumns, settleEntered, settleOverwritten, type LeadRow } from '../../pipeline/leads/index.ts';
import { keepDealsSigned, signedDeals } from '../../pipeline/orders/sales-step.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Row } from '../../platform/api/host.ts';
import type { Journal } from './image.ts';
import type { Work } from './import-record.ts';
import type { LinePlan } from './plan-line.ts';
import { settleMoved } from './settle-moved.ts';
import { placed, writeContacts } from './write-contacts.ts';
import { insertRows, updateRows } from './write-rows.ts';

const LEADS = 'crm_leads';
const ORDERS = 'crm_orders';

/** Writes a chunk of leads, activities or orders; gives the row of each line that was written. */
export async function writeOthers(work: Work, plans: readonly LinePlan[], journal: Journal): Promise<Map<string, string>> {
  const { database, record } = work;
  const written = new Map<string, string>();
  const [{ collection } = { collection: '' }] = plans;
  const creations = plans.filter(({ stored }) => !stored).map((plan) => ({ ...plan, id: randomUUID() }));
  const links: Row[] = [];
  if (creations.length) {
    const rows = creations.map(({ id, values, place }): Row & { id: string } => withPeople(work, collection, { ...values, ...place, id }));
    const stored = await insertRows(work, collection, rows);
    journal.saw(collection, stored);
    await changeLog().created(
      database,
      collection,
      creations.map(({ id }) => id),
      stored,
    );
    if (collection === LEADS) journal.saw(collection, await settleEntered(database, work.leads, work.actor, stored));
    links.push(...rows);
    for (const { staged, id } of creations) {
      journal.note(staged.id, collection, id, null);
      written.set(staged.id, id);
    }
  }
  const updates = plans.filter(({ stored }) => stored);
  if (updates.length) {
    const unopened = await updateOthers(work, collection, updates);
    for (const { staged, stored, values } of updates) {
      if (unopened.has(stored!.id)) continue;
      journal.note(staged.id, collection, stored!.id, stored);
      written.set(staged.id, stored!.id);
      links.push(stored!, { ...stored!, ...values });
    }
  }
  if (record.kind === 'activities') {
    await refreshMarks(database, await markedBy(database, links));
    await work.afterActivities(database, [...written.values()]);
  }
  return written;
}

/** Whoever says that it is done has done it, and work for somebody else was assigned (SAL-6); a lead given to somebody is allocated. */
function withPeople<Planned extends Row>({ actor, now }: Work, collection: string, row: Planned): Planned {
  if (collection === LEADS) return { ...row, ...enteredColumns(actor, row, now) };
  if (collection !== 'crm_activities') return row;
  return {
    ...row,
    ...(row['done_at'] ? { done_by: actor.user } : {}),
    ...(row['owner'] === actor.user ? {} : { assigned_by: actor.user, assignment: row['done_at'] ? null : 'requested' }),
  };
}

/** What follows for a stored activity from what is written over it. */
function activityFollows(stored: Row, values: Row, owner: string | null, user: string): Row {
  const isAnswered = stored['assignment'] === 'accepted' || stored['assignment'] === 'declined';
  const isAskedAgain = isAnswered && !stored['done_at'] && !values['done_at'] && owner !== stored['owner'];
  const assignment = stored['assigned_by'] === owner ? null : 'requested';
  // Moved to another customer it is no longer what the plan asked for there (SAL-12).
  const isFreed = typeof stored['plan_key'] === 'string' && 'customer' in values && values['customer'] !== stored['customer'];
  return {
    ...(values['done_at'] && !stored['done_by'] ? { done_by: user } : {}),
    // Doing it is taking it on, and whoever has it next is asked anew (SAL-6).
    ...(values['done_at'] && stored['assignment'] ? { assignment: 'accepted' } : {}),
    ...(isAskedAgain ? { assignment, declined_reason: null } : {}),
    ...(isFreed ? { plan_key: null } : {}),
  };
}

async function updateOthers(work: Work, collection: string, plans: readonly LinePlan[]): Promise<Set<string>> {
  const { database, actor } = work;
  const ids = plans.map(({ stored }) => stored!.id);
  return changeLog().around(database, collection, ids, async () => {
    const changes = plans.map(({ stored, values, place }) => {
      const followed = collection === 'crm_activities' ? activityFollows(stored!, values, place.owner, actor.user) : {};
      return { stored: stored!, values: placed(stored!, { ...values, ...followed }, place) };
    });
    const orders = collection === ORDERS ? plans.map(({ stored }) => stored!) : [];
    const deals = await signedDeals(database, orders);
    const unopened = await updateRows(work, collection, changes);
    await keepDealsSigned({ database, collection, actor }, deals);
    await settleMoved(
      work,
      collection,
      changes.filter(({ stored }) => !unopened.has(stored.id)),
    );
    if (collection === LEADS) {
      const formers = plans.map(({ stored }) => [stored!.id, stored as unknown as LeadRow] as const);
      await settleOverwritten(database, work.leads, actor, new Map(formers.filter(([id]) => !unopened.has(id))));
    }
    return unopened;
  });
}

/** Contacts in a table of their own. */
export const writeContactLines = (work: Work, plans: readonly LinePlan[], journal: Journal): Promise<Map<string, string>> =>
  writeContacts(
    work,
    plans.map(({ staged, values, place, stored }) => ({
      line: staged.id,
      customer: String(values['customer']),
      place,
      values,
      stored,
    })),
    journal,
  );
