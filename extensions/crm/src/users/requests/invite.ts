import { setTimeout as wait } from 'node:timers/promises';
import { toLanguage } from '../../platform/api/actor.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { INVITATION } from './locale/notices.ts';
import { USERS } from './request-row.ts';

/** Whoever carries a form out waits no longer for a mail server. */
const LONGEST_MS = 10_000;

interface Invitation {
  user: string;
  link: string;
  /** ISO moment. */
  expires_at: string;
}

/**
 * Sends somebody new the one-time link, in their language, by the mail server of the host.
 *
 * @returns whether the server took it; a link that went nowhere is handed over by the executor, so nothing here fails.
 */
export async function invite(
  { database, services, getSchema, logger }: Pick<HostContext, 'database' | 'services' | 'getSchema' | 'logger'>,
  { user, link, expires_at: at }: Invitation,
): Promise<boolean> {
  const send = async (): Promise<boolean> => {
    const {
      email,
      language,
      first_name: first,
      last_name: last,
    } = await database(USERS).where({ id: user }).first('email', 'language', 'first_name', 'last_name');
    const tongue = toLanguage(language);
    const until = new Intl.DateTimeFormat(tongue, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Shanghai' }).format(
      new Date(at),
    );
    const values = { name: [last, first].filter(Boolean).join(' ') || email, link, until };
    const mail = { to: email, subject: say(INVITATION.subject, tongue, values), text: say(INVITATION.message, tongue, values) };
    await new services.MailService({ schema: await getSchema(), knex: database }).send(mail);
    return true;
  };
  try {
    return await Promise.race([send(), wait(LONGEST_MS, false, { ref: false })]);
  } catch (error) {
    // Neither the address nor the link (SEC-1).
    logger.warn(`crm: an invitation was not mailed: ${(error as { code?: string }).code ?? (error as Error).name}`);
    return false;
  }
}
