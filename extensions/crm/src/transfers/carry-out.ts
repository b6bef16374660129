import { voidApprovals } from '../approvals/index.ts';
import { recountCompleteness } from '../customers/index.ts';
import { changeLog, updateLogged } from '../platform/api/change-log.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { rowsBelow } from '../segments/index.ts';
import { moveOrRefuse } from './move/move-or-refuse.ts';
import { logMove } from './move/move-tree.ts';
import type { Move } from './move/move.ts';
import { erasePersonal, passedFields } from './personal-data.ts';
import type { MovingPorts } from './ports.ts';
import type { Executed } from './rules/execution.ts';
import { tellMoved } from './tell.ts';
import { CUSTOMERS, OPEN_STATES, TRANSFERS, type TransferRow } from './transfer-row.ts';

/** A transfer that is to happen now; its customer is held by the caller's transaction. */
export interface Order {
  transfer: Pick<TransferRow, 'id' | 'customer' | 'to_segment' | 'requested_by' | 'reason'>;
  customer: { id: string; segment: string; owner: string };
  executed: Executed;
  actor: Actor;
  /** What else is recorded with it. */
  note?: Row;
  /** The row is being created in this very transaction: its entry in the log is still to come. */
  isNew?: boolean;
}

/**
 * Moves the customer, writes down who did it and on what basis, ends what else waits on the tree and tells those it concerns,
 * all in the caller's transaction (ORG-3, Q2): after it everything is at the new owner's, or nothing has happened.
 */
export async function carryOut(database: Knex, ports: MovingPorts, order: Order): Promise<void> {
  const { transfer, customer, executed, actor } = order;
  const move: Move = {
    root: CUSTOMERS,
    id: customer.id,
    from: { segment: customer.segment, owner: customer.owner },
    to: { segment: transfer.to_segment, owner: executed.owner },
    by: actor.user,
    at: ports.clock.now(),
  };
  const whose = { customer: customer.id };
  const isAcross = move.from.segment !== move.to.segment;
  if (isAcross) await voidWaiting(database, ports, move, transfer.id);
  if (executed.erasesContacts) await erasePersonal(database, whose);
  await closeOthers(database, ports, transfer);
  // Place and state in one change: what the former segment read of it before is all that it reads (ORG-2).
  await writeTransfer(database, order, {
    ...{ state: 'executed', to_owner: executed.owner, named_owner: null, from_owner: customer.owner, basis: executed.basis },
    ...{ executed_by: actor.user, executed_at: ports.clock.now(), ...order.note, ...move.to },
  });
  await moveOrRefuse(database, move, actor);
  await changeLog().around(database, CUSTOMERS, [customer.id], () => recountCompleteness(database, { customers: [customer.id] }));
  await logMove(database, move, {
    reason: transfer.reason,
    facts: {
      transfer: transfer.id,
      basis: executed.basis,
      passed: executed.passesPersonal ? passedFields(whose) : [],
      erased: executed.erasesContacts ? passedFields(whose) : [],
    },
  });
  await tellMoved(database, { move, actor, requestedBy: transfer.requested_by });
}

async function writeTransfer(database: Knex, { transfer: { id }, isNew }: Order, values: Row): Promise<void> {
  if (isNew) await database(TRANSFERS).where({ id }).update(values);
  else await updateLogged(database, TRANSFERS, (rows) => rows.where({ id }), values);
}

/** What waits for approval about the tree was asked of people who answer for it no more. */
export async function voidWaiting(database: Knex, { clock }: MovingPorts, { root, id }: Move, transfer?: string): Promise<void> {
  const ids = [...((await rowsBelow(database, root, id)).get('crm_approvals') ?? [])];
  for (let at = 0; at < ids.length; at += CHUNK) {
    const waiting = await database('crm_approvals')
      .whereIn('id', ids.slice(at, at + CHUNK))
      .where({ state: 'pending' })
      .andWhere((others) => void (transfer && others.whereNot({ item: transfer })))
      .select('collection', 'item', 'kind');
    for (const one of waiting) await voidApprovals(database, clock, one);
  }
}

/** Whatever else was asked for about this customer is overtaken, and so is what waits for approval with it. */
async function closeOthers(database: Knex, { clock }: MovingPorts, { id, customer }: Order['transfer']): Promise<void> {
  const others = (rows: Knex.QueryBuilder) =>
    rows
      .where({ customer })
      .whereIn('state', [...OPEN_STATES])
      .whereNot({ id });
  const items: string[] = await others(database(TRANSFERS)).orderBy('id').pluck('id');
  await updateLogged(database, TRANSFERS, others, { state: 'withdrawn' });
  for (const item of items) await voidApprovals(database, clock, { collection: TRANSFERS, item });
}

const CHUNK = 500;
