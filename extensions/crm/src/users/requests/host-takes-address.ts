import type { HostContext, Knex } from '../../platform/api/host.ts';

/**
 * Whether the host would open a log-in with this address: it knows the top-level domains that there are, and a form for any other would
 * be approved in vain.
 */
export async function hostTakesAddress(
  { services, getSchema }: Pick<HostContext, 'services' | 'getSchema'>,
  database: Knex,
  address: string,
): Promise<boolean> {
  const people = new services.UsersService({ schema: await getSchema({ database }), knex: database, accountability: null });
  try {
    people.validateEmail(address);
    return true;
  } catch {
    return false;
  }
}
