import { roleOf } from '../../kernel/roles.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { endPlainTokens } from './session-notes.ts';

const USERS = 'directus_users';
const notes = writeNotes<Row & { isSet: boolean }>();

/**
 * Whoever stops being active keeps nothing for the day on which they come back: the host ends their sessions, this ends what was given
 * out as tokens, static ones too (ACC-9, ACC-10).
 */
export async function endTokensOfClosed(database: Knex, clock: Clock, user: string): Promise<void> {
  const row = await database(USERS).where({ id: user }).first('role', 'status');
  if (!roleOf(row?.role) || row.status === 'active') return;
  await database(USERS).where({ id: user }).whereNotNull('token').update({ token: null });
  await endPlainTokens(database, user, clock.now());
}

/** The same where people are changed in a form. */
export const closedStep = (clock: Clock): WriteStep => ({
  name: 'users/sessions: whoever is closed',
  collections: [USERS],
  beforeUpdate(payload, keys) {
    for (const key of keys) notes.note(USERS, key, { isSet: 'status' in payload });
  },
  async afterWrite({ item, action, database }) {
    if (action === 'update' && notes.of(USERS, item)?.isSet) await endTokensOfClosed(database, clock, item);
  },
});
