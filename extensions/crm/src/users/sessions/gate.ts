import { setTimeout as wait } from 'node:timers/promises';
import type { Express, Request } from 'express';
import { beforeAnswer } from '../../guard/before-answer.ts';
import { forgetCookie } from '../../guard/dead-cookie.ts';
import { claimsOf, isOpenPath, type TokenClaims, type UserState } from '../../guard/rules/token-claims.ts';
import { untilOutlived } from '../../guard/rules/token-second.ts';
import { userStates, type UserStates } from '../../guard/user-state.ts';
import { roleOf } from '../../kernel/roles.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, EventContext, HostContext, Row } from '../../platform/api/host.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { invalidCredentials } from '../../platform/api/refusal.ts';
import { keepLogIn } from '../logins/log-in-row.ts';
import { endDay } from './day-end.ts';
import { sessionRefusal } from './refuse.ts';
import { countsUse, judgeSession, noteEvery, usedAt, type SessionState } from './rules/session-state.ts';
import { carryOver, endAll, endPlainTokens, endSession, HOST_SESSIONS, keyOf, noteSession, type Standing } from './session-notes.ts';
import { isSigned } from './signed-token.ts';
import { standings, type Standings } from './standings.ts';

export interface GateRegister {
  filter(event: string, handler: (payload: unknown, meta: Row, context: EventContext) => unknown): void;
  init(event: string, handler: (meta: { app: Express }) => void): void;
}

interface LogInMeta {
  provider?: unknown;
  accountability: Accountability | null | undefined;
}

type TokenRequest = Request & { token?: string | null };

const decode = (part: string): string => Buffer.from(part, 'base64url').toString('utf8');
/** What the screen itself needs to be drawn, and what opens it again. */
const OPEN_WHILE_LOCKED = /^\/crm\/(session(\/unlock)?|health)\/?$/iu;

interface Gate {
  host: Pick<HostContext, 'database' | 'env'>;
  clock: Clock;
  known: Standings;
  states: UserStates;
}

/** The day of the person's segment is over, and nobody has looked yet: done before anything else. */
async function settleDay({ host, clock }: Gate, { segment, settings }: Standing): Promise<boolean> {
  const { dayEnd, timeZone } = settings;
  return segment !== null && dayEnd !== null && endDay(host.database, clock, { id: segment, dayEnd, timeZone });
}

async function judge(gate: Gate, request: TokenRequest, claims: TokenClaims & { id: string }): Promise<void> {
  const { clock, host, known } = gate;
  const standing = await known.of(claims.id);
  const { settings, notes } = standing;
  const key = keyOf(claims.id, claims.session);
  const note = notes.get(key) ?? null;
  const isScreen = claims.session !== null;
  const now = clock.now();
  const state = judgeSession({ settings, note, issuedAt: claims.issuedAt, isScreen, now });
  if (state === 'day_end') await settleDay(gate, standing);
  if (state === 'locked') {
    if (OPEN_WHILE_LOCKED.test(request.path)) return;
    throw sessionRefusal('locked', toLanguage(request.headers['accept-language']));
  }
  if (state !== 'valid') {
    await endFor(gate, claims, state);
    forgetCookie(request, host.env);
    throw sessionRefusal(state, toLanguage(request.headers['accept-language']));
  }
  if (!countsUse(settings)) return;
  const used = usedAt(now, request.headers['x-crm-idle']);
  const seen = note?.seenAt ?? new Date(claims.issuedAt * 1000);
  if (used.getTime() - seen.getTime() < (note ? noteEvery(settings) : 0)) return;
  await noteSession(host.database, claims.id, key, { seen_at: used });
  known.forget(claims.id);
}

async function endFor({ host, clock, known }: Gate, claims: TokenClaims & { id: string }, state: SessionState): Promise<void> {
  // Ended by a log-in elsewhere: what was noted of it goes on saying so, whatever else of the page asks.
  if (state === 'ended') return;
  if (claims.session !== null) await endSession(host.database, claims.id, claims.session);
  else if (state === 'idle') await endPlainTokens(host.database, claims.id, clock.now());
  known.forget(claims.id);
}

/** A log-in that succeeded: the day before it is closed first, and earlier sessions end where there is to be one (ACC-1, ACC-2). */
async function atLogIn(gate: Gate, user: string, session: string | null, standing: Standing): Promise<void> {
  const { clock, host, known } = gate;
  await settleDay(gate, standing);
  const now = clock.now();
  if (standing.settings.oneSession) await endAll(host.database, user, now);
  // A browser's is always noted: that is how it is known for one when it is renewed.
  if (session !== null || countsUse(standing.settings)) await noteSession(host.database, user, keyOf(user, session), { seen_at: now });
  known.forget(user);
}

/** A token that is renewed: by somebody who was away for too long, or after the end of the day, it is not. */
async function atRenewal(gate: Gate, user: string, session: string | null, standing: Standing): Promise<void> {
  const { clock, host, known } = gate;
  const isOver = await settleDay(gate, standing);
  const stands = session === null || (await carryOver(host.database, user, session));
  known.forget(user);
  const { settings, notes } = await known.of(user);
  const note = notes.get(keyOf(user, session)) ?? null;
  const now = clock.now();
  const whole = Math.ceil(now.getTime() / 1000);
  const state = note ? judgeSession({ settings, note, issuedAt: whole, isScreen: session !== null, now }) : 'valid';
  if (stands && !isOver && state !== 'idle' && state !== 'ended') {
    // Where use is not counted it counts from here on, should somebody set that.
    if (session !== null && (!note || !countsUse(settings))) await noteSession(host.database, user, keyOf(user, session), { seen_at: now });
    return;
  }
  if (session !== null) await endSession(host.database, user, session);
  else if (state === 'idle') await endPlainTokens(host.database, user, now);
  throw sessionRefusal(isOver ? 'day_end' : state === 'idle' ? 'idle' : 'ended', null);
}

/** The token that is given out next has to be younger than whatever has ended those before it. */
async function outlive({ known }: Gate, user: string, session: string | null, state: UserState): Promise<void> {
  const { notes } = await known.of(user);
  const ofPlain = session === null ? [state.passwordChangedAt, notes.get(keyOf(user, null))?.endedAt ?? null] : [];
  const rest = untilOutlived(new Date(), [state.thawedAt, ...ofPlain]);
  if (rest > 0) await wait(rest);
}

/** Closed while the log-in was under way, or by it: the attempt that locks an account may bring the right password (F12). */
async function keepRefused({ host, clock }: Gate, user: string, { provider, accountability }: LogInMeta): Promise<void> {
  const by = { provider: typeof provider === 'string' ? provider : null };
  const from = { address: accountability?.ip ?? null, userAgent: accountability?.userAgent ?? null };
  await keepLogIn(host.database, clock, { user, outcome: 'fail', ...by, ...from }, false);
  await withOrigin({ user: null, ip: from.address, userAgent: from.userAgent }, () =>
    changeLog().event(host.database, { action: 'login_failed', collection: HOST_SESSIONS, item: user, after: { ...by, known: true } }),
  );
}

/**
 * Holds people's sessions to what their segment says (ACC-1 … ACC-3): the server does it, whatever the page in the browser does. Static
 * tokens are programs' and have no session.
 */
export function registerSessionGate({ filter, init }: GateRegister, host: HostContext, clock: Clock): void {
  const gate: Gate = { host, clock, known: standings(host.database, clock), states: userStates(host.database) };

  filter('authenticate', async (accountability, { req }) => {
    const request = req as TokenRequest;
    const claims = claimsOf(request.token, decode);
    if (!claims?.id || !roleOf(claims.role) || isOpenPath(request.path)) return accountability;
    if (isSigned(request.token, host.env['SECRET'], clock.now())) await judge(gate, request, { ...claims, id: claims.id });
    return accountability;
  });

  filter('auth.jwt', async (payload, { type, provider }, { accountability }) => {
    const { id, role, session } = payload as { id?: unknown; role?: string | null; session?: unknown };
    if (typeof id !== 'string' || !roleOf(role)) return payload;
    const key = typeof session === 'string' ? session : null;
    const state = await gate.states.now(id);
    if (state?.status !== 'active') {
      if (type !== 'refresh') await keepRefused(gate, id, { provider, accountability });
      throw invalidCredentials();
    }
    gate.known.forget(id);
    const standing = await gate.known.of(id);
    await (type === 'refresh' ? atRenewal : atLogIn)(gate, id, key, standing);
    await outlive(gate, id, key, state);
    return payload;
  });

  // Locking and unlocking, and a segment's settings, hold from the answer on.
  init('routes.before', ({ app }) =>
    app.use((request, response, next) => {
      if (request.method !== 'GET' && /^\/(crm\/session|items\/crm_segments|graphql|users)(\/|$)/iu.test(request.path))
        beforeAnswer(response, () => gate.known.forgetAll());
      next();
    }),
  );
}
