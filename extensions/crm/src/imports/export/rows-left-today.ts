import type { Actor } from '../../platform/api/actor.ts';
import { rowAllowance, rowsLeft } from '../rules/export-right.ts';
import { EXPORTS } from './export-row.ts';
import type { ExportPorts } from './make-export.ts';

const DAY_MS = 86_400_000;

/** How many rows somebody may still take out, after those of the last 24 hours (SEC-5); what left no file does not count. */
export async function rowsLeftToday({ context: { database }, settings, clock }: ExportPorts, actor: Actor): Promise<number> {
  const [taken] = await database(EXPORTS)
    .where({ owner: actor.user })
    .whereIn('status', ['running', 'done'])
    .where('date_created', '>', new Date(clock.now().getTime() - DAY_MS))
    .sum({ rows: 'rows_total' });
  return rowsLeft(rowAllowance(actor, settings.allowances), settings.dayTimes, Number(taken?.['rows'] ?? 0));
}
