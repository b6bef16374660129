import type { Language } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability } from '../../platform/api/host.ts';
import { keepLogIn } from '../logins/log-in-row.ts';
import { isPasswordOf } from './check-password.ts';
import { takeTry } from './guesses.ts';
import type { SessionPorts } from './ports.ts';
import { sessionRefusal } from './refuse.ts';
import { countWrong, endPlainTokens, endSession } from './session-notes.ts';

/** So many wrong passwords, and the session ends: at the log-in page the host counts on. */
const MOST_WRONG = 5;

interface Asked {
  user: string;
  language: Language | null;
  provider: string;
  accountability: Accountability;
  /** What is said of a wrong one. */
  refusal: 'wrong_password' | 'wrong_current';
}

/**
 * Asks whoever is logged in for their password. Wherever it is asked for, a wrong one is an attempt like every other: counted, kept
 * and, after five of them, the end of the session (ACC-3, ACC-4).
 */
export async function provePassword(ports: SessionPorts, asked: Asked, password: string): Promise<void> {
  const { context, clock, guesses } = ports;
  const { database } = context;
  const { user, language, provider, accountability, refusal } = asked;
  await takeTry(guesses.person, user, language);
  if (await isPasswordOf(context, user, password)) return;
  const session = (accountability as { session?: string }).session ?? null;
  const attempt = { user, provider, address: accountability.ip ?? null, userAgent: accountability.userAgent ?? null };
  await keepLogIn(database, clock, { ...attempt, outcome: 'fail' }, false);
  await changeLog().event(database, {
    ...{ action: 'login_failed', collection: 'directus_sessions', item: user },
    after: { provider, screen: refusal === 'wrong_password' },
  });
  const now = clock.now();
  const left = MOST_WRONG - (await countWrong(database, { user, session, now }, refusal === 'wrong_password'));
  if (left > 0) throw sessionRefusal(refusal, language, { left });
  await (session === null ? endPlainTokens(database, user, now) : endSession(database, user, session));
  throw sessionRefusal('too_often_wrong', language);
}
