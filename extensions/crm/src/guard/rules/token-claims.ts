/** What a token of the host says about its holder. Read, not verified: the host verifies the signature right after. */
export interface TokenClaims {
  id: string | null;
  role: string | null;
  share: boolean;
  session: boolean;
  enforceTfa: boolean;
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
      share: claims['share'] !== undefined,
      session: claims['session'] !== undefined,
      enforceTfa: claims['enforce_tfa'] === true,
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
}

export type SignIn = 'valid' | 'ended' | 'role_changed' | 'second_factor_missing';

/**
 * Whether a token still stands: its holder is active, still has the role that the token names, and has the second
 * factor that the role demands (F2, F3, traps 5 and 8).
 */
export function decideSignIn(claims: TokenClaims, state: UserState | null): SignIn {
  if (state?.status !== 'active') return 'ended';
  if (state.role !== claims.role) return 'role_changed';
  return claims.enforceTfa && !state.hasSecondFactor ? 'second_factor_missing' : 'valid';
}

/** Paths that answer everybody, so that a person whose log-in has ended can log in again. */
export function isOpenPath(path: string): boolean {
  return /^\/(auth|server|shares\/(auth|info))(\/|$)/.test(path.toLowerCase());
}

/** What the Studio needs to show the page on which the second factor is set up; none of it is business data. */
export function isSetUpPath(method: string, path: string): boolean {
  const plain = path.toLowerCase();
  if (/^\/users\/me(\/tfa\/|\/?$|\/track\/)/.test(plain)) return true;
  return (
    method === 'GET' &&
    /^\/(settings|translations|extensions|collections|fields|relations|presets|permissions\/me|policies\/me|roles\/me)(\/|$)/.test(plain)
  );
}
