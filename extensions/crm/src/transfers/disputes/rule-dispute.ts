import { randomUUID } from 'node:crypto';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { saysSomething } from '../../privacy/index.ts';
import { belongsTo, loadPerson, managesSegments } from '../../segments/index.ts';
import { ROLE_IDS } from '../../kernel/roles.ts';
import { carryOut } from '../carry-out.ts';
import type { DisputeAnswer, RuleRequest } from '../contract.ts';
import { forgetCached, yielding, type ExecutePorts } from '../execute.ts';
import { personalIn } from '../personal-data.ts';
import { transferRefusal } from '../refuse.ts';
import { holdCustomer, worksIn } from '../request.ts';
import { decideRuling } from '../rules/ruling.ts';
import { tell } from '../tell.ts';
import { DISPUTES, TRANSFERS, type TransferRow } from '../transfer-row.ts';
import { decideGiving } from './decide-giving.ts';
import { DISPUTE_OPEN, requireJudged, requireRecord, type DisputedRecord, type DisputeRow, type Giving } from './dispute-row.ts';
import { giveLeadOver } from './give-lead-over.ts';

/**
 * Rules on a dispute (CUS-13): upheld, the claimant becomes the owner in the same transaction, by the very way by which every
 * transfer goes; the reasons stay with the dispute. An opportunity follows its customer, so the customer moves.
 */
export async function ruleDispute(ports: ExecutePorts, judge: Actor, id: string, body: RuleRequest): Promise<DisputeAnswer> {
  const answer = await yielding(ports, judge, (database) => inTransaction(database, ports, judge, id, body));
  await forgetCached(ports);
  return answer;
}

async function inTransaction(database: Knex, ports: ExecutePorts, judge: Actor, id: string, body: RuleRequest): Promise<DisputeAnswer> {
  await requireJudged(database, judge, id);
  const record = await heldRecord(database, judge, body);
  await database(DISPUTES).where({ id }).forNoKeyUpdate().first('id');
  const dispute = await requireJudged(database, judge, id);
  const claimant = await loadPerson(database, dispute.owner);
  const works = claimant && belongsTo(claimant, dispute.segment) ? dispute.segment : null;
  const decided = decideRuling({
    judge,
    dispute: { state: dispute.state, segment: dispute.segment, claimant: dispute.owner, filedBy: dispute.user_created },
    record,
    uphold: body.ruling === 'uphold',
    reasonSays: saysSomething(body.reason),
    claimantSegment: works,
  });
  if (!decided.accepted) throw transferRefusal(decided.reason, judge.language);
  const transfer = decided.value === 'none' ? null : await give(database, ports, judge, { dispute, record: record!, body });
  await updateLogged(database, DISPUTES, (rows) => rows.where({ id }), {
    ...{ state: body.ruling === 'uphold' ? 'upheld' : 'dismissed', ruling_reason: body.reason },
    ...{ ruled_by: judge.user, ruled_at: ports.clock.now(), record: record ? `${record.collection}/${record.id}` : null },
  });
  await tell(database, [dispute.owner], 'ruled', { collection: DISPUTES, item: id });
  await tell(database, [record?.owner ?? null], 'disputed', null);
  return { id, state: body.ruling === 'uphold' ? 'upheld' : 'dismissed', transfer };
}

/** The record with its tree held: the customer where it has one, else the lead itself. */
async function heldRecord(database: Knex, judge: Actor, { collection, record }: RuleRequest): Promise<DisputedRecord | null> {
  if (!record && !collection) return null;
  if (!record || !collection) throw transferRefusal('record_needed', judge.language);
  const found = await requireRecord(database, judge, collection, record);
  if (found.customer) await holdCustomer(database, found.customer);
  else await database(collection).where({ id: record }).forNoKeyUpdate().first('id');
  return requireRecord(database, judge, collection, record);
}

/** Makes the claimant the owner. @returns the transfer, where a customer moved. */
async function give(database: Knex, ports: ExecutePorts, judge: Actor, giving: Giving): Promise<string | null> {
  const { dispute, record, body } = giving;
  const to = { segment: dispute.segment, owner: dispute.owner };
  if (!(await worksIn(database, to.owner, to.segment))) throw transferRefusal('claimant_gone', judge.language);
  if (!record.customer) {
    await giveLeadOver(database, ports, judge, giving);
    return null;
  }
  const customer = (await holdCustomer(database, record.customer))!;
  const executed = await decideGiving(database, judge, giving, () => personalIn(database, { customer: customer.id }, { ...customer }));
  const transfer: Pick<TransferRow, 'id' | 'customer' | 'to_segment' | 'requested_by' | 'reason'> = {
    ...{ id: randomUUID(), customer: customer.id, to_segment: to.segment, requested_by: judge.user, reason: body.reason },
  };
  await database(TRANSFERS).insert({
    ...transfer,
    ...{ state: 'approved', from_segment: customer.segment, from_owner: customer.owner, with_contacts: body.with_contacts ?? true },
    ...{ segment: customer.segment, owner: customer.owner, date_created: ports.clock.now(), user_created: judge.user },
  });
  const note = body.basis_note === undefined ? {} : { basis_note: body.basis_note };
  await carryOut(database, ports, { transfer, customer, executed, actor: judge, note, isNew: true });
  await changeLog().created(database, TRANSFERS, [transfer.id]);
  return transfer.id;
}

/** The segment's admin hands a dispute that reaches into other segments to group marketing (CUS-13). */
export async function referDispute(ports: ExecutePorts, judge: Actor, id: string): Promise<DisputeAnswer> {
  return yielding(ports, judge, async (database) => {
    await database(DISPUTES).where({ id }).forNoKeyUpdate().first('id');
    const dispute = await requireJudged(database, judge, id);
    if (!managesSegments(judge.role)) throw forbidden();
    if (dispute.state !== 'open') throw transferRefusal('dispute_closed', judge.language);
    await updateLogged(database, DISPUTES, (rows) => rows.where({ id }), { state: 'referred' });
    const marketing: string[] = await database('directus_users').where({ role: ROLE_IDS.system_admin, status: 'active' }).pluck('id');
    await tell(database, marketing, 'referred', { collection: DISPUTES, item: id });
    return { id, state: 'referred', transfer: null };
  });
}

/** Whoever raised it takes it back. */
export async function withdrawDispute(ports: ExecutePorts, claimant: Actor, id: string): Promise<DisputeAnswer> {
  return yielding(ports, claimant, async (database) => {
    const dispute: DisputeRow | undefined = await database(DISPUTES).where({ id }).forNoKeyUpdate().first();
    if (dispute?.owner !== claimant.user) throw forbidden();
    if (!DISPUTE_OPEN.includes(dispute.state)) throw transferRefusal('dispute_closed', claimant.language);
    await updateLogged(database, DISPUTES, (rows) => rows.where({ id }), { state: 'withdrawn' });
    return { id, state: 'withdrawn', transfer: null };
  });
}
