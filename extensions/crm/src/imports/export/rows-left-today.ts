import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { rowAllowance, rowsLeft } from '../rules/export-right.ts';
import { EXPORTS } from './export-row.ts';
import type { ExportSettings } from './settings.ts';

const DAY_MS = 86_400_000;

interface Ports {
  context: Pick<HostContext, 'database'>;
  settings: ExportSettings;
  clock: Clock;
}

/** How many rows somebody may still take out, after those of the last 24 hours (SEC-5); what left no file does not count, nor what somebody approved. */
export async function rowsLeftToday({ context: { database }, settings, clock }: Ports, actor: Actor): Promise<number> {
  const [taken] = await database(EXPORTS)
    .where({ owner: actor.user })
    .whereNull('approved_rows')
    .whereIn('status', ['running', 'done'])
    .where('date_created', '>', new Date(clock.now().getTime() - DAY_MS))
    .sum({ rows: 'rows_total' });
  return rowsLeft(rowAllowance(actor, settings.allowances), settings.dayTimes, Number(taken?.['rows'] ?? 0));
}
