import { ROLE_IDS, roleOf } from '../../kernel/roles.ts';
import { loadActor, toLanguage } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { TECHNICAL_LOG_IN } from './locale/notices.ts';

/** Tells every system admin of a log-in of the technical administrator of the host: each of them, each time (design.md 12). */
export async function tellOfTechnicalLogIn(
  database: Knex,
  clock: Clock,
  { user, address }: { user: string; address: string | null },
): Promise<void> {
  const row = await database('directus_users').where({ id: user }).first('email', 'role');
  if (!row || roleOf(row.role)) return;
  const actor = await loadActor(database, { user } as never);
  if (!actor?.admin) return;
  const values = { email: row.email ?? '', at: clock.now().toISOString(), address: address ?? '–' };
  const { subject, message } = TECHNICAL_LOG_IN;
  const admins = await database('directus_users')
    .where({ role: ROLE_IDS.system_admin, status: 'active' })
    .orderBy('id')
    .select('id', 'language');
  const notes = admins.map(({ id, language }) => {
    const tongue = toLanguage(language);
    return { recipient: id, subject: say(subject, tongue, values), message: say(message, tongue, values), status: 'inbox' };
  });
  // All of them or none: what is tried again is told once.
  if (notes.length) await database('directus_notifications').insert(notes);
}
