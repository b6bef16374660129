import { randomUUID } from 'node:crypto';
import { holdRows, refreshMarks } from '../../customers/index.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { giveWay } from '../../platform/api/give-way.ts';
import type { Knex } from '../../platform/api/host.ts';
import { createLease } from '../../platform/api/lease.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { planActivities, plansOf, type DraftActivity } from '../rules/plan-activities.ts';
import { readCustomers, readFrame, readPlanning, type Frame } from './read-planning.ts';

export interface PlansReport {
  as_of: string;
  looked_at: number;
  created: number;
}

const LEASE = { key: 'plans:lease', ms: 120_000 } as const;
/** Customers that are looked at in one go, and written in one transaction; also how many rows stand in one statement. */
const LOOK = 1000;
const WRITE = 200;
const NOTHING = new Set<string>();

/**
 * Makes the activities that the plans ask for ahead of their day (SAL-12, SAL-13, CUS-9). Customers are read in chunks; only
 * those for whom something is due are held and written, and judged anew then. A run that was cut short is simply run again;
 * two at once make nothing twice, because every activity has a key of its own.
 *
 * @returns null while another process is at it.
 */
export async function runPlans(database: Knex, clock: Clock, asOf: string | null): Promise<PlansReport | null> {
  const lease = createLease(database, clock, LEASE);
  if (!(await lease.take())) return null;
  try {
    const frame = await readFrame(database, clock.now(), asOf);
    const report = { as_of: asOf ?? toBusinessDate(clock.now()), looked_at: 0, created: 0 };
    if (!frame.plans.length) return report;
    for (let after = ''; ;) {
      const customers = await readCustomers(database, frame, { after, limit: LOOK });
      report.looked_at += customers.length;
      // Whoever has no plan at all needs no look at what was done.
      const planned = customers.filter((customer) => plansOf(frame.plans, customer).length);
      if (planned.length) {
        const due = new Set(planActivities(await readPlanning(database, frame, planned)).map(({ customer }) => customer));
        report.created += await writeDue(database, clock, frame, [...due]);
      }
      if (customers.length < LOOK) return report;
      after = customers.at(-1)!.id;
      if (!(await lease.take())) return null;
      await giveWay(database);
    }
  } finally {
    await lease.release();
  }
}

async function writeDue(database: Knex, clock: Clock, frame: Frame, due: readonly string[]): Promise<number> {
  let created = 0;
  for (let at = 0; at < due.length; at += WRITE) {
    const ids = due.slice(at, at + WRITE);
    created += await database.transaction(async (transaction) => {
      // Meanwhile somebody may have archived it, given it away, or visited it.
      await holdRows(transaction, 'crm_customers', ids);
      const customers = await readCustomers(transaction, frame, { ids });
      return insertDrafts(transaction, clock, planActivities(await readPlanning(transaction, frame, customers)));
    });
    if (at + WRITE < due.length) await giveWay(database);
  }
  return created;
}

async function insertDrafts(database: Knex, clock: Clock, drafts: readonly DraftActivity[]): Promise<number> {
  if (!drafts.length) return 0;
  const now = clock.now();
  const rows = drafts.map((draft) => ({
    ...draft,
    id: randomUUID(),
    due_on: toStoredDay(database, draft.due_on),
    date_created: now,
  }));
  const written = new Set<string>();
  // A customer may have a plan of each type, and SQLite takes no more than 500 rows in one statement.
  for (let at = 0; at < rows.length; at += WRITE) {
    const part = rows.slice(at, at + WRITE);
    const made: ({ id: string } | string)[] = await database('crm_activities').insert(part).onConflict('plan_key').ignore().returning('id');
    for (const row of made) written.add(typeof row === 'string' ? row : row.id);
  }
  await changeLog().created(database, 'crm_activities', [...written]);
  const customers = new Set(rows.filter(({ id }) => written.has(id)).map(({ customer }) => customer));
  await refreshMarks(database, { customers, leads: NOTHING, opportunities: NOTHING });
  return written.size;
}
