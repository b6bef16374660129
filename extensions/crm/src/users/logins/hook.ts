import { randomUUID } from 'node:crypto';
import type { Express, Request } from 'express';
import { networkOf } from '../../guard/rules/network.ts';
import { sharedHost } from '../../guard/shared-host.ts';
import { roleOf } from '../../kernel/roles.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, EventContext, HostContext, Row } from '../../platform/api/host.ts';
import { inOrder } from './in-order.ts';
import { keepLogIn, keepUse } from './log-in-row.ts';
import { tellOfTechnicalLogIn } from './tell-technical.ts';
import { usesOfNow } from './use-of-a-day.ts';

interface Register {
  filter(event: string, handler: (payload: unknown, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

type HostRequest = Request & { accountability?: Accountability };

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const from = (accountability: Accountability | null | undefined) => ({
  address: accountability?.ip ? networkOf(accountability.ip) : null,
  userAgent: accountability?.userAgent ?? null,
});

/** A page that nobody has touched for so many seconds asks by itself: no use of the day (Q15). */
const BY_ITSELF_SECONDS = 300;
const isByItself = (request: Request): boolean => Number(request.get('x-crm-idle') ?? 0) >= BY_ITSELF_SECONDS;

/** The Studio asks for the code only after the password: that it did not come with it is half of a log-in, and no failed one (ACC-7). */
const isFirstStep = (payload: unknown, error: unknown): boolean =>
  (error as { code?: unknown } | null | undefined)?.code === 'INVALID_OTP' && !(payload as Row | null | undefined)?.['otp'];

/**
 * Keeps who logs in, who fails to, and who is there on a day (ACC-1, ACC-4, USE-1, Q15). Beside the request and never in its way: nobody
 * is kept out because a row could not be written. The audit log has an entry of each log-in besides, inside the log-in itself.
 */
export function registerLogInRows({ filter, action, init }: Register, { database, logger }: HostContext, clock: Clock): void {
  const isShared = sharedHost(database);
  const keep = inOrder((error) => logger.error(`crm: a log-in was not kept: ${(error as Error).name}`));
  // Of its own: a flood of failures, or a row that cannot be written, keeps nobody from being told.
  const tell = inOrder((error) => logger.error(`crm: nobody was told of a log-in: ${(error as Error).name}`));

  action('auth.login', ({ status, user, provider, payload, error }, { accountability }) => {
    if (isFirstStep(payload, error)) return;
    const { address, userAgent } = from(accountability);
    const attempt = {
      id: randomUUID(),
      outcome: status === 'success' ? ('success' as const) : ('fail' as const),
      user: text(user),
      provider: text(provider),
    };
    void keep(async () => keepLogIn(database, clock, { ...attempt, address, userAgent }, !(await isShared())));
    const who = attempt.outcome === 'success' ? attempt.user : null;
    // In a Directus of others the administrator is theirs.
    if (who)
      void tell(async () => {
        if (!(await isShared())) await tellOfTechnicalLogIn(database, clock, { user: who, address });
      });
  });

  const uses = usesOfNow(clock);
  const used = (user: string, accountability: Accountability | null | undefined): void => {
    if (!uses.isFirst(user)) return;
    void keep(async () => {
      await keepUse(database, clock, { user, ...from(accountability) });
      return true;
    }).then((kept) => kept ?? uses.forget(user));
  };
  // A program that renews its tokens is there, too; a browser says so with the request itself.
  filter('auth.jwt', (payload, { type }, { accountability }) => {
    const { id, role, session } = payload as Row;
    if (type === 'refresh' && typeof id === 'string' && roleOf(text(role)) && session === undefined) used(id, accountability);
    return payload;
  });
  init('routes.before', ({ app }) =>
    app.use((request: HostRequest, _response, next) => {
      const { accountability } = request;
      const user = roleOf(accountability?.role) ? accountability?.user : null;
      if (user && !isByItself(request)) used(user, accountability);
      next();
    }),
  );
}
