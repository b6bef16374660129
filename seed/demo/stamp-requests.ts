import { toApproval, type ApprovalKind } from '../../extensions/crm/src/approvals/kinds.ts';
import { exportKind } from '../../extensions/crm/src/imports/export/approval-kind.ts';
import { EXPORTS } from '../../extensions/crm/src/imports/export/export-row.ts';
import { askedOf, type ExportRow } from '../../extensions/crm/src/imports/export/export-row.ts';
import { standingOf } from '../../extensions/crm/src/imports/export/standing.ts';
import { sealWish } from '../../extensions/crm/src/imports/export/wish.ts';
import { discountKind } from '../../extensions/crm/src/pipeline/discount/approval-kind.ts';
import { leadAllocationKind } from '../../extensions/crm/src/pipeline/leads/allocation-kind.ts';
import { loadActor } from '../../extensions/crm/src/platform/api/actor.ts';
import type { Accountability, Knex } from '../../extensions/crm/src/platform/api/host.ts';
import type { Keyring } from '../../extensions/crm/src/platform/api/keyring.ts';
import { newSubject, SUBJECT_KEYS } from '../../extensions/crm/src/privacy/index.ts';
import { transferFingerprints } from '../../extensions/crm/src/transfers/approval-kinds.ts';
import type { ApprovalDraft } from './plan/asked.ts';

const APPROVALS = 'crm_approvals';

/** Seals what a waiting export asks for, as its maker would have sent it: all that they see. */
async function sealExports(trx: Knex, ring: Keyring, now: Date): Promise<void> {
  const rows: ExportRow[] = await trx(EXPORTS).where({ status: 'asked' }).whereNull('wish');
  for (const row of rows) {
    const maker = (await loadActor(trx, { user: row.owner } as Accountability))!;
    const { subject, row: key } = newSubject(ring, EXPORTS, row.id, now);
    const wish = sealWish(subject, { ids: null, question: { filter: null, search: null, sort: [] }, fields: undefined });
    await trx(SUBJECT_KEYS).insert(key).onConflict('id').ignore();
    const asked = JSON.stringify({ ...askedOf(row), standing: standingOf(maker) });
    await trx(EXPORTS).where({ id: row.id }).update({ wish, asked });
  }
}

/** Binds what waits to its subject as it stands, by the kinds' own words: else each decision would be about something else (F8). */
export async function stampRequests(
  trx: Knex,
  approvals: readonly ApprovalDraft[],
  { ring, now }: { ring: Keyring; now: Date },
): Promise<void> {
  await sealExports(trx, ring, now);
  const clock = { now: () => now };
  const fingerprints: Record<string, ApprovalKind['fingerprint']> = {
    ...transferFingerprints,
    discount: discountKind.fingerprint,
    lead_allocation: leadAllocationKind(clock).fingerprint,
    export_over_limit: exportKind(clock, 0).fingerprint,
  };
  for (const { id, state } of approvals) {
    if (state !== 'pending') continue;
    const approval = toApproval(await trx(APPROVALS).where({ id }).first());
    if (approval.state !== 'pending' || 'state' in approval.asked) continue;
    const stamped = { ...approval.asked, state: await fingerprints[approval.kind]!(trx, approval) };
    await trx(APPROVALS)
      .where({ id })
      .update({ asked: JSON.stringify(stamped) });
  }
}
