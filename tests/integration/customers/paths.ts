import type { Answer } from '../../harness/client.ts';
import type { Refused, Stage } from './stage.ts';

/** A collection whose rows hang on a customer and hold a person with a phone. */
export interface Kind {
  collection: 'crm_contacts' | 'crm_leads';
  /** The list on the customer's form. */
  list: 'contacts' | 'leads';
  /** Where the person's name stands. */
  person: 'name' | 'contact_name';
  /** The least that a row needs. */
  least: Record<string, string | boolean>;
}

/** The host's GraphQL asks for every switch, although the column has a default. */
const SWITCHES = { is_decision_maker: false, is_primary: false };

export const KINDS: Kind[] = [
  { collection: 'crm_contacts', list: 'contacts', person: 'name', least: { name: '原名', ...SWITCHES } },
  { collection: 'crm_leads', list: 'leads', person: 'contact_name', least: { title: '线索' } },
];

type Send = (sent: { customer: string; id: string; row: Record<string, unknown> }) => Promise<Answer<Refused>>;

/** Every path by which a client brings a new row in. */
export function creatingPaths(stage: () => Stage, { collection, list, least }: Kind): Record<string, Send> {
  const rep = () => stage().world.as.repA1;
  const onCustomer = (customer: string, rows: unknown) => stage().patch('crm_customers', customer, { [list]: rows });
  return {
    'a form': ({ customer, row }) => stage().post(collection, { ...least, ...row, customer }),
    'a batch': ({ customer, row }) => stage().post(collection, [{ ...least, ...row, customer }]),
    'the customer’s form': ({ customer, row }) => onCustomer(customer, { create: [{ ...least, ...row }], update: [], delete: [] }),
    'a list on the customer': ({ customer, id, row }) => onCustomer(customer, [id, { ...least, ...row }]),
    'a new customer': ({ row }) => stage().post('crm_customers', { name: '新建有限公司', [list]: [{ ...least, ...row }] }),
    'a row that names its customer by record': ({ customer, row }) =>
      stage().post(collection, { ...least, ...row, customer: { id: customer } }),
    // The host's GraphQL knows a customer in a new row by its contents only.
    GraphQL: ({ row }) =>
      rep().graphql(`mutation ($row: create_${collection}_input!) { create_${collection}_item(data: $row) { id } }`, {
        row: { ...least, ...row, customer: { name: '新建有限公司' } },
      }),
    'a GraphQL batch': ({ row }) =>
      rep().graphql(`mutation ($rows: [create_${collection}_input!]) { create_${collection}_items(data: $rows) { id } }`, {
        rows: [{ ...least, ...row, customer: { name: '新建有限公司' } }],
      }),
    'a new customer by GraphQL': ({ row }) =>
      rep().graphql('mutation ($row: create_crm_customers_input!) { create_crm_customers_item(data: $row) { id } }', {
        row: { name: '新建有限公司', [list]: [{ ...least, ...row }] },
      }),
  };
}

/** Every path by which a client changes a row that is there. */
export function changingPaths(stage: () => Stage, { collection, list }: Kind): Record<string, Send> {
  const rep = () => stage().world.as.repA1;
  const update = (more: string, name: string, call: string) =>
    `mutation (${more}$row: update_${collection}_input!) { update_${collection}_${name}(${call}, data: $row) { id } }`;
  return {
    'a form': ({ id, row }) => stage().patch(collection, id, row),
    'keys and one row for all': ({ id, row }) => rep().request('PATCH', `/items/${collection}`, { keys: [id], data: row }),
    'a batch of rows': ({ id, row }) => rep().request('PATCH', `/items/${collection}`, [{ id, ...row }]),
    'the customer’s form': ({ customer, id, row }) =>
      stage().patch('crm_customers', customer, { [list]: { create: [], update: [{ id, ...row }], delete: [] } }),
    'a list on the customer': ({ customer, id, row }) => stage().patch('crm_customers', customer, { [list]: [{ id, ...row }] }),
    GraphQL: ({ id, row }) => rep().graphql(update('$id: ID!, ', 'item', 'id: $id'), { id, row }),
    'GraphQL keys': ({ id, row }) => rep().graphql(update('$ids: [ID]!, ', 'items', 'ids: $ids'), { ids: [id], row }),
  };
}
