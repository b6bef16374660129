import { forbidden } from '../platform/api/refusal.ts';
import type { AfterWrite, WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import type { Row } from '../platform/api/host.ts';
import { mayReach, writeNotes } from '../segments/index.ts';
import { disputeStep } from './disputes/dispute-step.ts';
import { followUpStep } from './follow-up.ts';
import type { TransferPorts } from './ports.ts';
import { transferRefusal } from './refuse.ts';
import { holdCustomer, namedApart, takeRequest, worksIn } from './request.ts';
import { CUSTOMERS, OPEN_STATES, TRANSFERS, type TransferRow } from './transfer-row.ts';

/** What group marketing fills in before it executes (ORG-3). */
const CHANGEABLE: readonly string[] = ['to_owner', 'basis', 'basis_note', 'with_contacts'];

/** Whether the last write of a request took its owner back: the row itself says the same of one that never had any. */
const takenBack = writeNotes<{ owner: boolean }>();

/** Early answers; the rights say the same to everybody but the technical administrator. */
function judgeChange(payload: Row, keys: readonly string[], { accountability }: WriteContext): void {
  for (const key of keys) takenBack.note(TRANSFERS, String(key), { owner: payload['to_owner'] === null });
  if (accountability && Object.keys(payload).some((field) => !CHANGEABLE.includes(field))) throw forbidden();
}

/** What is closed stays as it is, and whoever is named works where the customer goes. */
async function settleChange({ database, item, actor }: AfterWrite): Promise<void> {
  const found: TransferRow | undefined = await database(TRANSFERS).where({ id: item }).first();
  if (!found || !actor) return;
  await holdCustomer(database, found.customer);
  const row: TransferRow = await database(TRANSFERS).where({ id: item }).first();
  if (!OPEN_STATES.includes(row.state)) throw transferRefusal('not_changeable', actor.language);
  if (row.to_owner && !(await worksIn(database, row.to_owner, row.to_segment))) throw transferRefusal('owner_elsewhere', actor.language);
  const [isWithin, isTakenBack] = [row.from_segment === row.to_segment, Boolean(takenBack.of(TRANSFERS, item)?.owner)];
  if (isWithin && !row.to_owner) throw transferRefusal('owner_needed', actor.language);
  if (!isWithin && (row.to_owner || isTakenBack)) await database(TRANSFERS).where({ id: item }).update(namedApart(row.to_owner));
}

const requestStep = (ports: TransferPorts): WriteStep => ({
  name: 'transfers/request',
  collections: [TRANSFERS],
  beforeUpdate: judgeChange,
  async afterWrite(change) {
    if (change.action === 'create') await takeRequest(ports, change);
    if (change.action === 'update') await settleChange(change);
  },
});

/**
 * Where a segment wants every allocation approved (Q2), nobody changes the owner on the customer itself. Said only of rows that the
 * caller reaches: the host refuses the others like absent ones.
 */
const switchStep: WriteStep = {
  name: 'transfers/switch',
  collections: [CUSTOMERS],
  async beforeUpdate(payload, keys, { database, actor }) {
    if (!actor || !('owner' in payload) || ['sales_rep', 'group_executive'].includes(actor.role ?? '')) return;
    const rows: { id: string; segment: string; owner: string }[] = await database(CUSTOMERS)
      .whereIn('id', [...keys])
      .select('id', 'segment', 'owner');
    if (rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row))) return;
    const changed = rows.filter(({ owner }) => owner !== ownerIn(payload)).map(({ segment }) => segment);
    const careful = await database('crm_segments').whereIn('id', changed).where({ allocation_needs_approval: true }).first('id');
    if (careful) throw transferRefusal('ask_for_transfer', actor.language);
  },
};

/** A form sends a person as the key, or as a row with it. */
function ownerIn({ owner }: Row): unknown {
  return typeof owner === 'object' && owner !== null ? (owner as Row)['id'] : owner;
}

/** What this slice does with every write of the CRM, after the place of rows and what follows from them are settled. */
export const transferSteps = (ports: TransferPorts): readonly WriteStep[] => [switchStep, requestStep(ports), followUpStep, disputeStep];
