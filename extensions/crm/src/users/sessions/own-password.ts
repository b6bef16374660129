import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Accountability } from '../../platform/api/host.ts';
import { hasPassword, isAboutPassword, setPassword } from './check-password.ts';
import type { SessionPorts } from './ports.ts';
import { provePassword } from './prove-password.ts';
import { sessionRefusal } from './refuse.ts';

interface OwnPassword {
  current: string;
  password: string;
}

/**
 * Somebody sets a new password of their own, after the old one (ACC-5, ACC-7): a first log-in ends with it. The session in which they
 * do goes on, whatever else was given out to them ends.
 */
export async function changeOwnPassword(
  ports: SessionPorts,
  actor: Actor,
  accountability: Accountability,
  { current, password }: OwnPassword,
): Promise<void> {
  const { context, clock } = ports;
  const { database, env } = context;
  const { user, language } = actor;
  const { provider } = await database('directus_users').where({ id: user }).first('provider');
  if (!hasPassword(env, provider) || provider !== 'default') throw sessionRefusal('elsewhere', language);
  await provePassword(ports, { user, language, provider, accountability, refusal: 'wrong_current' }, current);
  if (current === password) throw sessionRefusal('same_password', language);
  try {
    await database.transaction(async (transaction) => {
      await setPassword(context, transaction, { user, password, accountability });
      await updateLogged(transaction, 'directus_users', (rows) => rows.where({ id: user }), {
        ...{ crm_must_change_password: false, crm_password_changed_at: clock.now() },
      });
    });
  } catch (error) {
    throw isAboutPassword(error) ? sessionRefusal('weak_password', language) : error;
  }
}
