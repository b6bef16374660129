import type { Accountability, HostContext, Knex } from '../../platform/api/host.ts';

/** How somebody logs in, as far as a password goes; null where another service asks for it and we cannot. */
const WITH_PASSWORD: ReadonlySet<unknown> = new Set(['local', 'ldap']);

export function hasPassword(env: Readonly<Record<string, unknown>>, provider: string): boolean {
  return provider === 'default' || WITH_PASSWORD.has(env[`AUTH_${provider.toUpperCase()}_DRIVER`]);
}

const isWrong = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'INVALID_CREDENTIALS';

/** Asks the host whether a password is somebody's, as at a log-in. */
export async function isPasswordOf(
  { services, getSchema }: Pick<HostContext, 'services' | 'getSchema'>,
  user: string,
  password: string,
): Promise<boolean> {
  const service = new services.AuthenticationService({ schema: await getSchema(), accountability: null });
  try {
    await service.verifyPassword(user, password);
    return true;
  } catch (error) {
    if (isWrong(error)) return false;
    throw error;
  }
}

/** The host holds a new password against its policy (a setting of the administrator) and says so with a pattern. */
export function isAboutPassword(error: unknown): boolean {
  const reasons = Array.isArray(error) ? error : [error];
  return reasons.some((reason) => (reason as { extensions?: { field?: string } } | null)?.extensions?.field === 'password');
}

interface NewPassword {
  user: string;
  password: string;
  /** Whoever changes it themselves keeps the session in which they do; with a link all of them end. */
  accountability: Accountability | null;
}

/** Sets somebody's password through the host's own service: its policy holds, and sessions end, also the one of a static token. */
export async function setPassword(
  { services, getSchema }: Pick<HostContext, 'services' | 'getSchema'>,
  database: Knex,
  { user, password, accountability }: NewPassword,
): Promise<void> {
  const people = new services.UsersService({
    ...{ schema: await getSchema({ database }), knex: database },
    // No role of ours may write it as a field; here its owner has just said the old one.
    accountability: accountability && { ...accountability, admin: true },
  });
  await people.updateOne(user, { password });
  // Its entry in the log is that of the change itself.
  await database('directus_users').where({ id: user }).update({ token: null });
}
