import { randomUUID } from 'node:crypto';
import { GROUP_SEGMENT_ID, roleOf } from '../../kernel/roles.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { LogInFault } from './contract.ts';
import { FAULTS, tellOfFault } from './fault-row.ts';
import { attemptsOf, sayBefore, wordsOf, type ToldFault } from './rules/log-in-report.ts';

interface Reporter {
  id: string;
  segment: string;
  attempts: number;
}

/** Whose address it is, of people of a segment; nobody else's stands in a row. */
async function reporterOf(database: Knex, email: string | null): Promise<Reporter | null> {
  const user = await database('directus_users')
    .whereRaw('LOWER(??) = ?', ['email', email ?? ''])
    .first('id', 'role', 'crm_segment');
  const last = await database('crm_logins')
    .where({ user: user?.id ?? null })
    .orderBy('at', 'desc')
    .first('attempts');
  if (!user || !roleOf(user.role) || !user.crm_segment) return null;
  return { id: user.id, segment: user.crm_segment, attempts: Number(last?.attempts ?? 0) };
}

const HOUR_MS = 3_600_000;
const QUARTER_MS = 15 * 60_000;

/** Whether somebody whom we know has failed to log in from this network within the hour. */
export async function hasFailedLately(database: Knex, clock: Clock, address: string): Promise<boolean> {
  const row = await database('crm_logins')
    .where({ address })
    .whereIn('kind', ['failure', 'refused'])
    .whereNotNull('user')
    .where('at', '>', new Date(clock.now().getTime() - HOUR_MS))
    .first('id');
  return row !== undefined;
}

/** IT hears of the first report of a quarter of an hour, with how many there were in the one before: strangers fill no inbox. */
async function tellOfLogIns(database: Knex, clock: Clock, id: string, { title, what }: ToldFault): Promise<void> {
  const begins = Math.floor(clock.now().getTime() / QUARTER_MS) * QUARTER_MS;
  const reports = () => database(FAULTS).whereNull('user_created').whereNotNull('error_text').whereNot({ id });
  const told = await reports().where('date_created', '>=', new Date(begins)).first('id');
  if (told !== undefined) return;
  const counted = await reports()
    .where('date_created', '>=', new Date(begins - QUARTER_MS))
    .count({ before: '*' })
    .first();
  const before = Number((counted as { before?: unknown } | undefined)?.before ?? 0);
  await tellOfFault(database, { title, what: [what, before > 0 ? sayBefore(before) : null].filter(Boolean).join('\n') });
}

/**
 * Files a report of somebody who cannot log in (ACC-4). The same work for an address that somebody has and for one that nobody has, and
 * the same answer.
 */
export async function fileLogInFault(database: Knex, clock: Clock, report: LogInFault, device: string | null): Promise<void> {
  const email = report.email ?? null;
  await database.transaction(async (transaction) => {
    const reporter = await reporterOf(transaction, email);
    const attempts = attemptsOf(report.attempts, reporter?.attempts ?? null);
    const words = wordsOf({ email, attempts });
    const id = randomUUID();
    await transaction(FAULTS).insert({
      ...{ id, ...words, state: 'new_fault', error_text: report.error_text, attempts, page: report.page ?? null, device },
      ...{ owner: reporter?.id ?? null, segment: reporter?.segment ?? GROUP_SEGMENT_ID, date_created: clock.now() },
    });
    await changeLog().created(transaction, FAULTS, [id]);
    await tellOfLogIns(transaction, clock, id, words);
  });
}
