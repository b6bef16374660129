import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { areOfOneCompany } from '../execute.ts';
import { transferRefusal } from '../refuse.ts';
import { decideExecution, type Executed, type Execution } from '../rules/execution.ts';
import type { Giving } from './dispute-row.ts';

/** What an upheld claim takes along, or why it cannot be carried out: across segments as with any transfer (ORG-3, PIPL art. 23). */
export async function decideGiving(
  database: Knex,
  judge: Actor,
  { dispute, record, body }: Giving,
  personal: () => Promise<Execution['personal']>,
): Promise<Executed> {
  const isAcross = record.segment !== dispute.segment;
  const decided = decideExecution({
    ...{ state: 'approved', isUnmoved: true, owner: { user: dispute.owner, fits: true } },
    ...{ basis: body.basis ?? null, withContacts: body.with_contacts ?? true },
    personal: isAcross ? await personal() : { ofContacts: false, isPerson: false },
    sameCompany: isAcross ? await areOfOneCompany(database, record.segment, dispute.segment) : true,
  });
  if (!decided.accepted) throw transferRefusal(decided.reason, judge.language);
  return decided.value;
}
