import type { Accountability, HostContext, Knex } from '../../platform/api/host.ts';
import type { Doctor } from './doctor.ts';

/** The person stands in the host's activity log, while the right to change rules is our decision, taken before. */
export const inNameOf = (user: string): Accountability =>
  ({ user, role: null, roles: [], admin: true, app: true, ip: null, share: null }) as unknown as Accountability;

/**
 * Runs `work` in one transaction and lets the doctor look at the result, who makes the host forget cached permissions: the
 * services did so before the commit, when others could still read the old rows back.
 */
export async function changeRights(context: HostContext, doctor: Doctor, work: (knex: Knex) => Promise<void>): Promise<void> {
  await context.database.transaction(work);
  doctor.suspect();
  await doctor.settle();
}
