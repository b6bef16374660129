import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { eraseSubjects, findSubject, requireRing } from '../../privacy/index.ts';
import { EXPORTABLE } from '../rules/export-columns.ts';
import { endAsked } from './approval-kind.ts';
import { askedOf, EXPORTS, type ExportRow } from './export-row.ts';
import type { FileCaller } from './fetch-export.ts';
import type { ExportOrder, ExportPorts } from './make-export.ts';
import { exportRefusal } from './refuse.ts';
import { standingOf } from './standing.ts';
import { openWish } from './wish.ts';

const isLate = ({ start_by }: ExportRow, now: Date): boolean => new Date(start_by ?? 0).getTime() <= now.getTime();

const over = (reason: 'approval_over' | 'rights_changed') => ({
  ...{ from: 'approved' as const, to: 'stopped' as const, fault: JSON.stringify({ reason, values: {} }) },
});

/** Ends what was approved and not begun in time. */
export async function endLateStarts(database: Knex, now: Date): Promise<void> {
  const late: string[] = await database(EXPORTS).where({ status: 'approved' }).where('start_by', '<=', now).pluck('id');
  for (const id of late) await database.transaction((transaction) => endAsked(transaction, id, over('approval_over')));
}

/** What was approved, in the name of whoever asked, with the rights of this moment; refused where the maker is another one by now. */
export async function approvedOrder(
  { context: { database }, keys, clock }: ExportPorts,
  { actor, accountability, schema }: FileCaller,
  row: ExportRow,
): Promise<ExportOrder> {
  const refuse = (reason: 'not_approved' | 'approval_over' | 'rights_changed') => exportRefusal(reason, actor.language);
  if (row.status !== 'approved') throw refuse('not_approved');
  const ended = isLate(row, clock.now()) ? 'approval_over' : askedOf(row).standing === standingOf(actor) ? null : 'rights_changed';
  if (ended) {
    await database.transaction((transaction) => endAsked(transaction, row.id, over(ended)));
    throw refuse(ended);
  }
  const subject = await findSubject(database, requireRing(keys, actor.language), { collection: EXPORTS, item: row.id });
  const wish = subject.accepted ? openWish(subject.value, row) : null;
  const collection = EXPORTABLE.find((one) => one === row.collection);
  if (!wish || !collection) throw refuse('not_approved');
  const { ids, question, fields } = wish;
  return { actor, accountability, schema, collection, format: row.format, reason: row.reason, fields: fields ?? undefined, ids, question };
}

/** Begins it, once: of two clicks the later one finds it begun. What was asked for is not kept. */
export async function recordStarted(database: Knex, row: ExportRow, now: Date): Promise<ExportRow | null> {
  const values = { status: 'running' as const, started_at: now, wish: null, rows_total: 0 };
  return database.transaction(async (transaction) => {
    const begun = await changeLog().around(transaction, EXPORTS, [row.id], async () => {
      return (await transaction(EXPORTS).where({ id: row.id, status: 'approved' }).update(values)) === 1;
    });
    if (!begun) return null;
    await eraseSubjects(transaction, EXPORTS, [row.id]);
    return { ...row, ...values };
  });
}
