import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Rows } from '../../kernel/rows.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { FAULT_NOTES } from './locale/texts.ts';

export const FAULTS = 'crm_faults';
export type FaultRow = Rows['crm_faults'];

/** Tells active people of a fault, in the transaction of what happened to it. */
async function tell(
  database: Knex,
  people: Knex.QueryBuilder,
  note: keyof typeof FAULT_NOTES,
  values: Record<string, string>,
): Promise<void> {
  const { subject, message } = FAULT_NOTES[note];
  for (const { id, language } of await people.where({ status: 'active' }).orderBy('id').select('id', 'language')) {
    const tongue = toLanguage(language);
    await database('directus_notifications').insert({
      ...{ recipient: id, subject: say(subject, tongue, values).slice(0, 255), message: say(message, tongue, values), status: 'inbox' },
    });
  }
}

/** IT, which is group marketing here (Q22), hears of every fault. */
export const tellOfFault = (database: Knex, { title, what }: Pick<FaultRow, 'title' | 'what'>): Promise<void> =>
  tell(database, database('directus_users').where({ role: ROLE_IDS.system_admin }), 'filed', { title, what: what ?? '' });

export async function tellOfSolution(database: Knex, { title, answer, owner }: FaultRow): Promise<void> {
  if (owner) await tell(database, database('directus_users').where({ id: owner }), 'solved', { title, answer: answer ?? '' });
}
