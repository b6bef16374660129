import { customerForesight } from '../../customers/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { say } from '../../platform/api/say.ts';
import { requireRing } from '../../privacy/index.ts';
import type { PreviewAnswer } from './contract.ts';
import type { ConvertPorts } from './convert.ts';
import { findDuplicates } from './find-duplicates.ts';
import { LEADS } from './lead-row.ts';
import { CONTACT_OF } from './locale/texts.ts';
import { openMeans, requireWorker, whyNotConverted, type OpenLead } from './open-lead.ts';
import { leadRefusal } from './refuse.ts';
import { planConversion } from './rules/plan-conversion.ts';

/** What a conversion would make, what the customer would still need, and who may be the same (SAL-1); nothing is written. */
export async function previewConversion(ports: ConvertPorts, actor: Actor, item: string, name: string | undefined): Promise<PreviewAnswer> {
  const { database } = ports.context;
  const lead: OpenLead | undefined = await database(LEADS).where({ id: item }).first();
  requireWorker(actor, lead);
  const known = lead;
  const { phone = null, email = null, wechat = null } = known;
  const shown = planConversion(known, { phone, email, wechat }, { name }, (called) => say(CONTACT_OF, actor.language, { name: called }));
  const fault = whyNotConverted(known, actor) ?? (shown ? null : leadRefusal('nameless', actor.language));
  const isOpen = shown && known.status !== 'converted';
  const found = isOpen && !known.customer ? await lookUp(shown.customer.name) : { duplicates: [], elsewhere: false };
  const foreseen = shown && (await foresee(shown.customer, shown.contact));
  return {
    id: known.id,
    status: known.status,
    ready: !fault,
    why: fault?.message ?? null,
    customer: shown && foreseen && { name: shown.customer.name, kind: shown.customer.kind, status: foreseen.status },
    missing: foreseen?.missing ?? [],
    contact: shown?.contact ? { name: shown.contact.name, has: ['phone', 'email', 'wechat'].filter((way) => way in shown.contact!) } : null,
    opportunity: { title: known.title, needs: known.needs ?? null },
    ...found,
  };

  async function lookUp(called: string) {
    const ring = requireRing(ports.keys, actor.language);
    const means = await openMeans(database, ring, known, actor);
    return findDuplicates(database, ring, actor, { segment: known.segment, name: called, means });
  }

  async function foresee(customer: Record<string, unknown>, contact: Record<string, unknown> | null) {
    const look = await customerForesight(database);
    const row = { class: 'potential', segment: known.segment, ...customer };
    return look({ row, contacts: contact ? [{ status: 'active', is_primary: true, ...contact }] : [], tags: 0 });
  }
}
