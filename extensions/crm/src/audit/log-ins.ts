import { changeLog } from '../platform/api/change-log.ts';
import type { EventContext, HostContext, Row } from '../platform/api/host.ts';
import { withOrigin } from '../platform/api/origin.ts';
import { isUuid } from '../kernel/uuid.ts';

interface Register {
  filter(event: string, handler: (payload: Row, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/** Not the collection of people: who changed somebody is read without every log-in in between. */
export const LOG_INS = 'directus_sessions';

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * Log-ins and failed ones. A log-in is logged where the host writes its own activity, awaited before the answer: what cannot
 * be logged is no log-in. A failure has no such place; it is logged by the `auth.login` action, which every way of logging
 * in passes (REST, GraphQL, single sign-on) while the host still holds the answer back. What was typed is not kept: people
 * type their password into the wrong field.
 */
export function registerLogIns({ filter, action }: Register, { database, logger }: HostContext): void {
  filter('activity.create', async (activity, _meta, context) => {
    const { action: what, user, ip, user_agent } = activity;
    if (what !== 'login') return activity;
    const item = text(user);
    await withOrigin({ user: item, ip: text(ip), userAgent: text(user_agent) }, () =>
      changeLog().event(context.database, { action: 'login', collection: LOG_INS, item }),
    );
    return activity;
  });

  action('auth.login', async ({ status, user, provider }, { accountability }) => {
    if (status !== 'fail') return;
    const item = isUuid(user) ? user : null;
    const origin = {
      user: null,
      ...(accountability ? { ip: accountability.ip ?? null, userAgent: accountability.userAgent ?? null } : {}),
    };
    const after = { provider: text(provider), known: item !== null };
    await withOrigin(origin, () => changeLog().event(database, { action: 'login_failed', collection: LOG_INS, item, after })).catch(
      (error: unknown) => logger.error(`crm: a failed log-in was not logged: ${String(error)}`),
    );
  });
}
