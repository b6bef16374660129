import type { Request } from 'express';

type Env = Readonly<Record<string, unknown>>;

const SAME_SITE = ['strict', 'lax', 'none'] as const;

/**
 * A dead cookie would leave the Studio on an error page: without it the next load shows the log-in page. A browser drops only the one of
 * the domain and the kind that it was given, so it is named as the host names it.
 */
export function forgetCookie(request: Request, env: Env): void {
  const text = (name: string): string | undefined => (typeof env[name] === 'string' && env[name] ? env[name] : undefined);
  const name = text('SESSION_COOKIE_NAME') ?? 'directus_session_token';
  const cookies = request.cookies as Record<string, string> | undefined;
  if (!cookies?.[name]) return;
  const domain = text('SESSION_COOKIE_DOMAIN');
  const sameSite = SAME_SITE.find((one) => one === text('SESSION_COOKIE_SAME_SITE')?.toLowerCase()) ?? 'strict';
  const secure = Boolean(env['SESSION_COOKIE_SECURE']);
  request.res?.clearCookie(name, { httpOnly: true, secure, sameSite, ...(domain ? { domain } : {}) });
}
