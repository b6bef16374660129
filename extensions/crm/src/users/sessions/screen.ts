import type { Actor } from '../../platform/api/actor.ts';
import type { Accountability } from '../../platform/api/host.ts';
import { hasPassword } from './check-password.ts';
import type { SessionPorts } from './ports.ts';
import { provePassword } from './prove-password.ts';
import { sessionRefusal } from './refuse.ts';
import { keyOf, noteScreen, SESSIONS } from './session-notes.ts';

function screenOf(actor: Actor, accountability: Accountability): string {
  const { session } = accountability as { session?: string };
  if (!session) throw sessionRefusal('no_screen', actor.language);
  return session;
}

/** Locks the screen of the session that asks (ACC-3): until the password is said, the server answers it nothing. */
export async function lockScreen(
  { context: { database }, clock }: SessionPorts,
  actor: Actor,
  accountability: Accountability,
): Promise<void> {
  const session = screenOf(actor, accountability);
  const known = await database(SESSIONS)
    .where({ session: keyOf(actor.user, session) })
    .first('seen_at');
  const now = clock.now();
  await noteScreen(database, actor.user, session, { seen_at: known ? new Date(known.seen_at) : now, locked_at: now });
}

/** Opens a locked screen with the password; a wrong one is an attempt like every other (ACC-3, ACC-4). */
export async function unlockScreen(ports: SessionPorts, actor: Actor, accountability: Accountability, password: string): Promise<void> {
  const { context, clock } = ports;
  const { database, env } = context;
  const { user, language } = actor;
  const session = screenOf(actor, accountability);
  const { provider } = await database('directus_users').where({ id: user }).first('provider');
  if (!hasPassword(env, provider)) throw sessionRefusal('elsewhere', language);
  await provePassword(ports, { user, language, provider, accountability, refusal: 'wrong_password' }, password);
  await noteScreen(database, user, session, { seen_at: clock.now(), locked_at: null, wrong: 0 });
}
