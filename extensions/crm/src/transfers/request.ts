import { requestApproval } from '../approvals/index.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import type { AfterWrite } from '../platform/api/write-pipeline.ts';
import { saysSomething } from '../privacy/index.ts';
import { belongsTo, loadPerson, managesSegments } from '../segments/index.ts';
import { carryOut } from './carry-out.ts';
import type { TransferPorts } from './ports.ts';
import { transferRefusal } from './refuse.ts';
import { decideRequest, type TransferRequest } from './rules/transfer-request.ts';
import { CUSTOMERS, OPEN_STATES, TRANSFERS, type TransferRow } from './transfer-row.ts';

/** A customer as far as its moving goes. */
export interface Movable {
  id: string;
  segment: string;
  owner: string;
  status: string;
  name: string;
  kind: string;
}

/** The customer, held to the end of the transaction: whoever writes below it waits for its move, or was there before. */
export const holdCustomer = async (database: Knex, id: string): Promise<Movable | undefined> =>
  database(CUSTOMERS).where({ id }).forNoKeyUpdate().first('id', 'segment', 'owner', 'status', 'name', 'kind');

/** Whether somebody works in a segment at this moment, and goes on doing so until the transaction ends. */
export async function worksIn(database: Knex, user: string, segment: string): Promise<boolean> {
  await database('directus_users').where({ id: user }).forShare().first('id');
  const person = await loadPerson(database, user);
  return person !== null && belongsTo(person, segment);
}

/** Whom group marketing names of another segment stands where the segment that gives the customer away does not read it (ORG-2). */
export const namedApart = (owner: string | null) => ({ named_owner: owner, to_owner: null });

const askerOf = ({ admin, role }: Actor): TransferRequest['asker'] => {
  if (admin || role === 'system_admin') return 'staff';
  return managesSegments(role) ? 'manager' : 'other';
};

/**
 * What becomes of a request in the transaction that files it (Q2, ORG-3): stamped with where the customer stands, then carried
 * out at once, or asked of whoever approves, or left to group marketing.
 */
export async function takeRequest(ports: TransferPorts, { database, item, actor }: AfterWrite): Promise<void> {
  if (!actor) return;
  const row: TransferRow = await database(TRANSFERS).where({ id: item }).first();
  const customer = (await holdCustomer(database, row.customer))!;
  const decided = decideRequest(await lookUp(database, actor, row, customer));
  if (!decided.accepted) throw transferRefusal(decided.reason, actor.language);
  const { kind, next } = decided.value;
  await database(TRANSFERS)
    .where({ id: item })
    .update({
      requested_by: actor.user,
      from_segment: customer.segment,
      from_owner: customer.owner,
      state: next === 'ask' ? 'requested' : 'approved',
      ...(kind === 'across' ? namedApart(row.to_owner) : {}),
    });
  const transfer = { ...row, requested_by: actor.user };
  if (next === 'execute') {
    const executed = { owner: row.to_owner!, basis: null, passesPersonal: false, erasesContacts: false };
    await carryOut(database, ports, { transfer, customer, executed, actor, isNew: true });
  }
  if (next === 'ask')
    await requestApproval(database, ports.approvals, {
      ...{ kind: kind === 'within' ? 'owner_transfer' : 'segment_transfer', collection: TRANSFERS, item },
      ...{ about: { customer: customer.id }, segment: customer.segment, owner: customer.owner, title: customer.name },
      ...{
        asked: { to_segment: row.to_segment, to_owner: kind === 'within' ? row.to_owner : null },
        reason: row.reason,
        requestedBy: actor.user,
      },
    });
}

async function lookUp(database: Knex, actor: Actor, row: TransferRow, customer: Movable): Promise<TransferRequest> {
  const segments = await database('crm_segments')
    .whereIn('id', [row.to_segment, customer.segment])
    .select('id', 'active', 'is_group_pool', 'allocation_needs_approval');
  const target = segments.find(({ id }) => id === row.to_segment);
  const other = await database(TRANSFERS)
    .where({ customer: customer.id })
    .whereIn('state', [...OPEN_STATES])
    .whereNot({ id: row.id })
    .first('id');
  return {
    asker: askerOf(actor),
    customer,
    toSegment: target ? { id: target.id, active: Boolean(target.active), isPool: Boolean(target.is_group_pool) } : null,
    toOwner: row.to_owner,
    ownerFits: row.to_owner ? await worksIn(database, row.to_owner, row.to_segment) : null,
    reasonSays: saysSomething(row.reason),
    isAnotherOpen: Boolean(other),
    needsApproval: Boolean(segments.find(({ id }) => id === customer.segment)?.allocation_needs_approval),
  };
}
