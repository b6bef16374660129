import { holdRows, refreshMarks } from '../../customers/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Accountability, HostContext, Knex, Row, SchemaOverview } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import type { Keys } from '../../platform/api/keys.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { blindIndexes, indexColumn, requireRing, sealedFieldsOf } from '../../privacy/index.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import type { ConvertAnswer, ConvertRequest } from './contract.ts';
import { findDuplicates } from './find-duplicates.ts';
import { holdLead, LEADS, toSettled } from './lead-row.ts';
import { CONTACT_OF } from './locale/texts.ts';
import { openMeans, requireWorker, whyNotConverted, type OpenLead } from './open-lead.ts';
import type { LeadPorts } from './ports.ts';
import { leadRefusal } from './refuse.ts';
import { planConversion, type ConversionPlan, type Means } from './rules/plan-conversion.ts';

export interface ConvertPorts extends LeadPorts {
  context: Pick<HostContext, 'database' | 'services'>;
  keys: Keys;
}

export interface ConvertOrder {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  item: string;
  wish: ConvertRequest;
}

/** What a conversion works with, inside its transaction. */
interface Converting extends ConvertOrder {
  database: Knex;
  ring: Keyring;
  ports: ConvertPorts;
  lead: OpenLead;
}

/**
 * Makes customer, contact and opportunity of a lead in one transaction: all of it stands, or nothing (SAL-1). The rows are
 * written through the host with the caller's own rights, so that every rule, the log and the sealing hold for them as for a form;
 * they belong to the lead's owner. The lead keeps its history and joins the customer's tree.
 */
export async function convertLead(ports: ConvertPorts, order: ConvertOrder): Promise<ConvertAnswer> {
  const { actor, item, wish } = order;
  const ring = requireRing(ports.keys, actor.language);
  return ports.context.database.transaction(async (database) => {
    const seen = await database(LEADS).where({ id: item }).first('segment', 'owner', 'customer');
    requireWorker(actor, seen);
    const named = wish.customer?.toLowerCase() ?? null;
    if (seen.customer && named && named !== seen.customer) throw leadRefusal('in_tree', actor.language);
    const chosen = seen.customer ?? named;
    // The customer comes first, as in every write.
    if (chosen) await holdRows(database, 'crm_customers', [chosen]);
    const lead = (await holdLead(database, item)) as OpenLead | undefined;
    requireWorker(actor, lead);
    const fault = whyNotConverted(lead, actor);
    if (fault) throw fault;
    if (lead.customer !== seen.customer) throw leadRefusal('in_tree', actor.language);
    const converting: Converting = { ...order, database, ring, ports, lead: lead };
    const means = await openMeans(database, ring, lead, actor);
    const plan = planConversion(lead, means, wish, (name) => say(CONTACT_OF, actor.language, { name }));
    if (!plan) throw leadRefusal('nameless', actor.language, {}, { fields: ['name'] });
    if (chosen) await requireFitting(converting, chosen);
    else await refuseDuplicates(converting, plan, means);
    return write(converting, plan, means, chosen);
  });
}

async function requireFitting({ database, actor, lead }: Converting, id: string): Promise<void> {
  const customer: (Place & { status: string }) | undefined = await database('crm_customers')
    .where({ id })
    .first('segment', 'owner', 'status');
  if (!customer || !mayReach(actor, customer)) throw forbidden();
  if (customer.owner !== lead.owner || customer.segment !== lead.segment) throw leadRefusal('other_owner', actor.language);
  if (customer.status === 'merged' || customer.status === 'archived') throw leadRefusal('customer_closed', actor.language);
}

async function refuseDuplicates({ database, ring, actor, lead, wish }: Converting, plan: ConversionPlan, means: Means): Promise<void> {
  if (wish.duplicates === 'accept') return;
  const found = await findDuplicates(database, ring, actor, { segment: lead.segment, name: plan.customer.name, means });
  if (!found.duplicates.length && !found.elsewhere) return;
  throw leadRefusal(found.duplicates.length ? 'duplicates' : 'duplicates_elsewhere', actor.language, {}, { ...found });
}

async function write(converting: Converting, plan: ConversionPlan, means: Means, chosen: string | null): Promise<ConvertAnswer> {
  const { database, actor, lead, ports } = converting;
  // A rep sends neither: what a rep enters is the rep's, and so is the lead.
  const place = actor.role === 'sales_rep' ? {} : { segment: lead.segment, owner: lead.owner };
  const customer = chosen ?? (await create(converting, 'crm_customers', { ...plan.customer, ...place }));
  const isKnown = chosen && (await hasContact(converting, chosen, plan, means));
  const contact =
    plan.contact && !isKnown
      ? await create(converting, 'crm_contacts', { ...plan.contact, customer, ...(chosen ? {} : { is_primary: true }) })
      : null;
  const opportunity = plan.opportunity ? await create(converting, 'crm_opportunities', { ...plan.opportunity, customer }) : null;
  const status = 'converted';
  await updateLogged(database, LEADS, (rows) => rows.where({ id: lead.id }), {
    customer,
    status,
    converted_at: ports.clock.now(),
    converted_to: opportunity,
    settled: toSettled({ status, owner: lead.owner }),
  });
  await refreshMarks(database, { customers: new Set([customer]), leads: new Set(), opportunities: new Set() });
  await ports.voidApprovals(database, lead.id);
  return { id: lead.id, customer, contact, opportunity };
}

/** Whether the customer has this person already: by number or address, else by name. */
async function hasContact({ database, ring }: Converting, customer: string, plan: ConversionPlan, means: Means): Promise<boolean> {
  const indexes = sealedFieldsOf('crm_contacts').flatMap(({ field, mask }) => {
    const value = means[field as keyof Means];
    return value ? [[indexColumn(field), blindIndexes(ring, mask, value)] as const] : [];
  });
  const known = await database('crm_contacts')
    .where({ customer })
    .andWhere((same) => {
      void same.where({ name: plan.contact?.name ?? '' });
      for (const [column, values] of indexes) void same.orWhereIn(column, values);
    })
    .first('id');
  return Boolean(known);
}

/** Writes a row as the caller would, inside the conversion. */
async function create({ database, accountability, schema, ports }: Converting, collection: string, row: Row): Promise<string> {
  const items = new ports.context.services.ItemsService(collection, { accountability, schema, knex: database });
  // What the host tells after a write would be told of one that is undone, too.
  return String(await items.createOne(row, { bypassEmitAction: () => undefined }));
}
