import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { treeRecount } from '../../../extensions/crm/src/segments/index.ts';
import type { PersonName, Stored, World } from './world.ts';

export const COLLECTIONS_OF_A_TREE = [
  'crm_contacts',
  'crm_customers_tags',
  'crm_leads',
  'crm_opportunities',
  'crm_activities',
  'crm_orders',
  'crm_order_lines',
  'crm_contracts',
  'crm_attachments',
] as const;

export interface Tree {
  customer: Stored;
  rows: Record<(typeof COLLECTIONS_OF_A_TREE)[number], Stored>;
  activityOnLead: Stored;
  file: string;
}

export async function upload(world: World, who: PersonName): Promise<string> {
  const form = new FormData();
  form.append('file', new Blob(['合同内容'], { type: 'text/plain' }), 'contract.txt');
  const answer = await world.as[who].request<{ data: { id: string } }>('POST', '/files', form);
  if (answer.status !== 200) throw new Error(`upload by ${who}: ${answer.status} ${answer.text}`);
  return answer.body.data.id;
}

async function aTag(world: World): Promise<string> {
  const standing = await world.host.database('crm_tags').first('id');
  if (standing) return standing.id;
  const id = randomUUID();
  await world.host.database('crm_tags').insert({ id, name: '测试标签', active: true });
  return id;
}

/** What everybody may sell. */
async function aProduct(world: World): Promise<string> {
  const standing = await world.host.database('crm_products').whereNull('segment').first('id');
  if (standing) return standing.id;
  const id = randomUUID();
  await world.host.database('crm_products').insert({ id, name: '测试产品', active: true });
  return id;
}

/** A customer with at least one row of every collection of its tree, entered by `who`. */
export async function plant(world: World, who: PersonName, name: string): Promise<Tree> {
  const customer = await world.create(who, 'crm_customers', { name });
  const about = { customer: customer.id };
  const file = await upload(world, who);
  const lead = await world.create(who, 'crm_leads', { title: '线索', ...about });
  const opportunity = await world.create(who, 'crm_opportunities', { title: '商机', stage: world.stage, ...about });
  const order = await world.create(who, 'crm_orders', { number: 'N1', opportunity: opportunity.id });
  return {
    customer,
    file,
    rows: {
      crm_contacts: await world.create(who, 'crm_contacts', { name: '联系人', ...about }),
      crm_customers_tags: await world.create(who, 'crm_customers_tags', { tag: await aTag(world), ...about }),
      crm_leads: lead,
      crm_opportunities: opportunity,
      crm_activities: await world.create(who, 'crm_activities', { type: 'call', subject: '电话', opportunity: opportunity.id }),
      crm_orders: order,
      crm_order_lines: await world.create(who, 'crm_order_lines', {
        order: order.id,
        product: await aProduct(world),
        quantity: 1,
        price: 1,
      }),
      crm_contracts: await world.create(who, 'crm_contracts', { title: '合同', opportunity: opportunity.id }),
      crm_attachments: await world.create(who, 'crm_attachments', { file, order: order.id }),
    },
    activityOnLead: await world.create(who, 'crm_activities', { type: 'call', subject: '线索电话', lead: lead.id }),
  };
}

/** Every row of the tree, its file included, stands at `place`, and nothing in the whole database stands elsewhere than its tree. */
export async function expectTreeAt(world: World, tree: Tree, place: { segment: string; owner: string }): Promise<void> {
  for (const collection of COLLECTIONS_OF_A_TREE) {
    expect(await world.row(collection, tree.rows[collection].id), collection).toMatchObject(place);
  }
  expect(await world.row('crm_activities', tree.activityOnLead.id)).toMatchObject(place);
  expect(await world.row('directus_files', tree.file)).toMatchObject(place);
  expect(await treeRecount(world.host.database)).toEqual([]);
}
