import { isEndedBy } from './token-second.ts';

/** What a token of the host says about its holder. Read, not verified: the host verifies the signature right after. */
export interface TokenClaims {
  id: string | null;
  role: string | null;
  /** The share that it is for. */
  share: string | null;
  /** The session of a browser; null for a plain token. */
  session: string | null;
  /** When it was given out, in whole seconds; 0 where it does not say. */
  issuedAt: number;
}

/** The claims inside a token of the host; null for static tokens, which the host checks against the user itself. */
export function claimsOf(token: unknown, decode: (base64url: string) => string): TokenClaims | null {
  const part = typeof token === 'string' ? token.split('.')[1] : undefined;
  if (!part) return null;
  try {
    const claims = JSON.parse(decode(part)) as Record<string, unknown>;
    if (claims['iss'] !== 'directus') return null;
    return {
      id: typeof claims['id'] === 'string' ? claims['id'] : null,
      role: typeof claims['role'] === 'string' ? claims['role'] : null,
      share: typeof claims['share'] === 'string' ? claims['share'] : null,
      session: typeof claims['session'] === 'string' ? claims['session'] : null,
      issuedAt: typeof claims['iat'] === 'number' ? claims['iat'] : 0,
    };
  } catch {
    return null;
  }
}

/** The user behind a token, as the database knows them at this moment. */
export interface UserState {
  status: string;
  role: string | null;
  hasSecondFactor: boolean;
  /** Whether a policy of theirs demands it now: a token knows it at the log-in only, and forgets it with its first renewal. */
  demandsSecondFactor: boolean;
  /** The last thaw: what was given out before the freeze stays dead (ACC-9). */
  thawedAt: Date | null;
  /** The last change of the password: what was given out before ends, but for the session in which it was changed. */
  passwordChangedAt: Date | null;
  hold: Hold | null;
}

/** Why somebody who is logged in has no rights yet: the exam is not passed (ACC-11), or the password is not their own (ACC-5). */
export type Hold = 'exam' | 'password';

interface Held {
  crm_pending_exam?: unknown;
  crm_must_change_password?: unknown;
  provider?: unknown;
}

/**
 * The exam comes first: who waits for it does nothing at all, a new password included. Whoever logs in by another service has no
 * password here that could be changed.
 */
export const holdOf = ({ crm_pending_exam: exam, crm_must_change_password: due, provider = 'default' }: Held): Hold | null =>
  exam ? 'exam' : due && provider === 'default' ? 'password' : null;

const PLAIN_FIELD = /^(\*|\w+)$/u;
const namesIn = (fields: unknown): unknown[] =>
  fields === undefined ? [] : Array.isArray(fields) ? fields : typeof fields === 'string' ? fields.split(',') : [fields];

/**
 * What stays open to somebody who is held: logging in and out, the server, the own page without a step into other rows, and of
 * ours only what says so and ends it.
 */
export function isOpenWhileHeld(hold: Hold, { method, path, fields }: { method: string; path: string; fields?: unknown }): boolean {
  const plain = path.toLowerCase().replace(/(?<=.)\/+$/u, '');
  if (/^\/(auth|server)(\/|$)/u.test(plain)) return true;
  if (plain === '/users/me')
    return ['GET', 'HEAD'].includes(method) && namesIn(fields).every((name) => typeof name === 'string' && PLAIN_FIELD.test(name));
  if (method === 'GET' && /^\/crm\/(session|health)$/u.test(plain)) return true;
  return hold === 'password' && method === 'POST' && plain === '/crm/session/password';
}

/** Whether the second factor is to be set up before anything else (ACC-7), whatever the credential is. */
export const lacksSecondFactor = (state: Pick<UserState, 'hasSecondFactor' | 'demandsSecondFactor'>): boolean =>
  state.demandsSecondFactor && !state.hasSecondFactor;

export type SignIn = 'valid' | 'ended' | 'role_changed' | 'second_factor_missing';

/**
 * Whether a token still stands: its holder is active, still has the role that the token names, and has the second
 * factor that a policy demands now (F2, F3, traps 5 and 8). A freeze ends a token for good, also when it is over (ACC-9).
 */
export function decideSignIn(claims: TokenClaims, state: UserState | null): SignIn {
  if (state?.status !== 'active') return 'ended';
  // Nobody logs in while frozen, so whatever is older than the thaw is older than the freeze too.
  if (isEndedBy(claims.issuedAt, state.thawedAt)) return 'ended';
  // The sessions of browsers the host ends itself, all but the one that changed it.
  if (claims.session === null && isEndedBy(claims.issuedAt, state.passwordChangedAt)) return 'ended';
  if (state.role !== claims.role) return 'role_changed';
  return lacksSecondFactor(state) ? 'second_factor_missing' : 'valid';
}

/** Whether a share still stands: it is only as alive as whoever made it, and what their freeze has ended stays so (N4). */
export const decideShare = (
  { issuedAt }: Pick<TokenClaims, 'issuedAt'>,
  maker: Pick<UserState, 'status' | 'hold' | 'thawedAt'> | null,
): SignIn => (maker && (maker.status !== 'active' || maker.hold || isEndedBy(issuedAt, maker.thawedAt)) ? 'ended' : 'valid');

/** Paths that answer everybody, so that a person whose log-in has ended can log in again. */
export function isOpenPath(path: string): boolean {
  return /^\/(auth|server|shares\/(auth|info))(\/|$)/.test(path.toLowerCase());
}

/**
 * What is the same for everybody and asks nobody who they are: scripts of the pages, the Studio's extensions too (a page that is loaded
 * anew after a change of role would be without them), and the pages and calls of people who cannot log in.
 * A dead credential that a browser still sends with them is nobody's (ACC-4, ACC-9).
 */
export function isForAnybody(method: string, path: string): boolean {
  const plain = path.toLowerCase().replace(/\/+$/u, '');
  return method === 'POST'
    ? /^\/crm\/(session\/reset|faults\/login|first-admin)$/u.test(plain)
    : /^\/(crm\/([\w-]+\.js|reset-password|first-admin)|extensions\/sources\/[\w.-]+)$/u.test(plain);
}

/** A field of the row itself, or of what the Studio draws itself with; behind any other link stand colleagues and their places. */
export const NARROW_FIELD = /^(\*|\w+|(avatar|role|roles|policies|project_\w+|public_\w+)\.[\w*]+)$/u;

/** What the Studio needs to show the page on which the second factor is set up; none of it is business data. */
export function isSetUpPath(method: string, path: string, fields?: unknown): boolean {
  const plain = path.toLowerCase();
  if (!namesIn(fields).every((name) => typeof name === 'string' && NARROW_FIELD.test(name))) return false;
  if (/^\/users\/me(\/tfa\/|\/?$|\/track\/)/.test(plain)) return true;
  return (
    method === 'GET' &&
    /^\/(settings|translations|extensions|collections|fields|relations|presets|permissions\/me|policies\/me|roles\/me)(\/|$)/.test(plain)
  );
}
