import type { Request } from 'express';
import type { Accountability, HostContext, Knex } from '../platform/api/host.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { toLanguage } from '../platform/api/actor.ts';
import { say } from '../platform/api/say.ts';
import { roleOf } from '../kernel/roles.ts';
import { beforeAnswer, changesPeople, changesRights } from './before-answer.ts';
import { callerOf } from './caller.ts';
import { forgetCookie } from './dead-cookie.ts';
import { REFUSALS } from './locale/refusals.ts';
import type { GuardRegister } from './ports.ts';
import { refusal } from './refuse.ts';
import { networkOf } from './rules/network.ts';
import {
  claimsOf,
  decideShare,
  decideSignIn,
  isForAnybody,
  isOpenPath,
  isOpenWhileHeld,
  isSetUpPath,
  lacksSecondFactor,
  type SignIn,
  type UserState,
} from './rules/token-claims.ts';
import { sharedHost } from './shared-host.ts';
import { userStates } from './user-state.ts';

type TokenRequest = Request & { token?: string | null };

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const decode = (part: string) => Buffer.from(part, 'base64url').toString('utf8');

/**
 * Ends a log-in at once when its user is suspended or has another role: the host goes by what the token remembers, for
 * up to fifteen minutes (directus-facts.md §8). Also demands the second factor that only the Studio asks for, and ends
 * the sessions that a lock-out leaves behind (F2–F5).
 */
export function registerSignInGate(
  { filter, action, init }: Pick<GuardRegister, 'filter' | 'action' | 'init'>,
  { database, env, logger }: HostContext,
): void {
  const states = userStates(database);
  const isShared = sharedHost(database);
  const known = async (state: Promise<UserState | null>, request: TokenRequest) =>
    state.catch((error: unknown) => {
      logger.error(`guard: the state of a user could not be read: ${String(error)}`);
      throw refusal('unavailable', requestLanguage(request));
    });
  /** Whoever made a share; null where they are none of ours. */
  const makerOf = async (share: string): Promise<UserState | null> => {
    const row = await database<{ id: string; user_created: string | null }>('directus_shares').where({ id: share }).first('user_created');
    const maker = row?.user_created ? await states.of(row.user_created) : null;
    return roleOf(maker?.role) ? maker : null;
  };

  filter('authenticate', async (accountability: unknown, { req }) => {
    const request = req as TokenRequest;
    // In place: a copy would stand for the whole answer of this filter.
    const asked = accountability as { ip?: string | null } | null;
    if (asked?.ip) asked.ip = networkOf(asked.ip);
    if (isForAnybody(request.method, request.path)) {
      request.token = null;
      return accountability;
    }
    const claims = claimsOf(request.token, decode);
    if (claims?.share) await known(makerOf(claims.share), request).then((maker) => judge(request, decideShare(claims, maker), env));
    if (!claims?.id) return accountability;
    const state = await known(states.of(claims.id), request);
    if (decideSignIn(claims, state) === 'valid') return accountability;
    // Nobody is refused for what was true a second ago: whoever logs in after a change of role has a token that fits.
    const standing = await known(states.now(claims.id), request);
    const isOfTheCrm = roleOf(claims.role) !== null || roleOf(standing?.role) !== null;
    if (!isOfTheCrm && (await isShared())) return accountability;
    judge(request, decideSignIn(claims, standing), env);
    return accountability;
  });

  for (const verb of ['update', 'delete']) {
    action(`users.${verb}`, ({ keys, payload }) => states.forget([...listOf(keys), ...listOf(payload)]));
  }
  init('routes.before', ({ app }) =>
    app.use((request, response, next) => {
      if (changesRights(request.method, request.path) || changesPeople(request.method, request.path))
        beforeAnswer(response, () => states.forgetAll());
      next();
    }),
  );
  // Whatever the credential is, a static token too: who asks is known by now, and no route has been reached.
  init('routes.before', ({ app }) =>
    app.use((request: TokenRequest & { accountability?: Accountability }, _response, next) => {
      const user = roleOf(request.accountability?.role) ? request.accountability?.user : null;
      if (!user) return void next();
      known(states.of(user), request)
        .then((state) => (state && lacksSecondFactor(state) ? known(states.now(user), request) : state))
        .then((state) => refuseHeld(request, state))
        .then(() => next(), next);
    }),
  );

  filter('websocket.authenticate', async (accountability: unknown, { message }) => {
    if (await namesOurPerson(database, message as SocketLogIn | undefined)) throw refusal('not_here', null);
    return accountability;
  });
  // Whoever got in by a token that only the host can read is known now, and leaves again.
  action('websocket.auth.success', ({ client }) => {
    const socket = client as { accountability?: Accountability; close?: () => void } | undefined;
    if (callerOf(socket?.accountability)?.role) socket?.close?.();
  });

  action('auth.login', async ({ status, user }) => {
    if (status === 'fail' && typeof user === 'string') await endSessionsOfLocked(database, user);
  });
}

interface SocketLogIn {
  access_token?: unknown;
  email?: unknown;
}

/** Whether a log-in at a socket is one of our people's: by the host's token, by a static one, or by address and password. */
async function namesOurPerson(database: Knex, { access_token: token, email }: SocketLogIn = {}): Promise<boolean> {
  const claims = claimsOf(token, decode);
  if (claims) return roleOf(claims.role) !== null;
  const known = typeof email === 'string' ? { email: email.toLowerCase() } : typeof token === 'string' ? { token } : null;
  if (!known) return false;
  const user = await database<{ role: string | null }>('directus_users').where(known).first('role');
  return roleOf(user?.role) !== null;
}

/** The host locks a user out by a raw update, which leaves the sessions alive (F4). */
export async function endSessionsOfLocked(database: Knex, user: string): Promise<void> {
  const locked = (await database('directus_users').where({ id: user }).whereNot({ status: 'active' }).first('id')) as unknown;
  if (locked) await database('directus_sessions').where({ user }).delete();
}

function judge(request: TokenRequest, verdict: SignIn, env: HostContext['env']): void {
  if (verdict === 'valid') return;
  const language = requestLanguage(request);
  if (verdict === 'second_factor_missing') {
    refuseWithoutFactor(request);
    return;
  }
  // Whoever has another role renews the token; every other one that is refused here is dead for good.
  if (verdict === 'ended') forgetCookie(request, env);
  if (isOpenPath(request.path)) {
    request.token = null;
    return;
  }
  if (verdict === 'role_changed') throw new Refusal({ code: 'TOKEN_EXPIRED', status: 401, message: say(REFUSALS.signed_out, language) });
  throw refusal('signed_out', language);
}

function refuseWithoutFactor(request: Request): void {
  if (isOpenPath(request.path) || isSetUpPath(request.method, request.path, request.query['fields'])) return;
  throw refusal('second_factor', requestLanguage(request));
}

function refuseHeld(request: Request, state: UserState | null): void {
  const { method, path, query } = request;
  // A static token has no claims: here it is asked for the second factor like every other credential (ACC-7).
  if (state && lacksSecondFactor(state)) refuseWithoutFactor(request);
  if (!state?.hold || isOpenWhileHeld(state.hold, { method, path, fields: query['fields'] })) return;
  throw refusal(state.hold === 'exam' ? 'exam_pending' : 'password_due', requestLanguage(request));
}

const requestLanguage = (request: Request) => toLanguage(request.headers['accept-language']);
