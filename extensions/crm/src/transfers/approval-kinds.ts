import type { ApprovalKind, ApprovalRow } from '../approvals/index.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { carryOut } from './carry-out.ts';
import type { MovingPorts } from './ports.ts';
import { transferRefusal } from './refuse.ts';
import { holdCustomer, worksIn } from './request.ts';
import { tell } from './tell.ts';
import { OPEN_STATES, TRANSFERS, type TransferRow } from './transfer-row.ts';

const transferOf = (database: Knex, { item }: Pick<ApprovalRow, 'item'>): Promise<TransferRow | undefined> =>
  database(TRANSFERS).where({ id: item }).first();

const close = (database: Knex, { item }: ApprovalRow, state: string) =>
  updateLogged(database, TRANSFERS, (rows) => rows.where({ id: item }).whereIn('state', [...OPEN_STATES]), { state });

/** Both kinds end alike where they are not approved. */
const ENDINGS: Pick<ApprovalKind, 'rejected' | 'withdrawn'> = {
  async rejected(database, approval) {
    await close(database, approval, 'rejected');
    await tell(database, [approval.requested_by], 'rejected', null);
  },
  withdrawn: (database, approval) => close(database, approval, 'withdrawn'),
};

/** What has to be as it was when it was asked: the customer’s place, and the request itself. */
async function standingOf(database: Knex, approval: ApprovalRow, fields: readonly (keyof TransferRow)[]): Promise<string> {
  const transfer = await transferOf(database, approval);
  const customer = transfer && (await database('crm_customers').where({ id: transfer.customer }).first('segment', 'owner'));
  return JSON.stringify([customer?.segment ?? null, ...fields.map((field) => transfer?.[field] ?? null)]);
}

/** By kind, what has to be as it was when it was asked. */
export const transferFingerprints: Record<'owner_transfer' | 'segment_transfer', ApprovalKind['fingerprint']> = {
  async owner_transfer(database, approval) {
    const transfer = await transferOf(database, approval);
    const customer = transfer && (await database('crm_customers').where({ id: transfer.customer }).first('owner'));
    return `${await standingOf(database, approval, ['to_segment', 'to_owner'])} ${customer?.owner ?? ''}`;
  },
  segment_transfer: (database, approval) => standingOf(database, approval, ['to_segment']),
};

/** Within the segment: whoever approves moves the customer (Q2). */
function ownerTransfer(ports: MovingPorts): ApprovalKind {
  return {
    kind: 'owner_transfer',
    ...ENDINGS,
    fingerprint: transferFingerprints.owner_transfer,
    async approved(database, approval, actor) {
      const found = (await transferOf(database, approval))!;
      const customer = (await holdCustomer(database, found.customer))!;
      const transfer: TransferRow = await database(TRANSFERS).where({ id: found.id }).forNoKeyUpdate().first();
      if (!OPEN_STATES.includes(transfer.state)) throw transferRefusal('not_open', actor.language);
      if (!(await worksIn(database, transfer.to_owner!, transfer.to_segment))) throw transferRefusal('owner_elsewhere', actor.language);
      const executed = { owner: transfer.to_owner!, basis: null, passesPersonal: false, erasesContacts: false };
      await carryOut(database, ports, { transfer, customer, executed, actor });
    },
  };
}

/** Across segments: group marketing says yes; it names the owner and the basis when it executes (ORG-3). */
const segmentTransfer: ApprovalKind = {
  kind: 'segment_transfer',
  ...ENDINGS,
  fingerprint: transferFingerprints.segment_transfer,
  async approved(database, { item }, actor) {
    const { state } = await database(TRANSFERS).where({ id: item }).forNoKeyUpdate().first('state');
    if (state !== 'requested') throw transferRefusal('not_open', actor.language);
    await updateLogged(database, TRANSFERS, (rows) => rows.where({ id: item }), { state: 'approved' });
  },
};

/** The kinds of approval of this slice, for the engine. */
export const transferKinds = (ports: MovingPorts): readonly ApprovalKind[] => [ownerTransfer(ports), segmentTransfer];
