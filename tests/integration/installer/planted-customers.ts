import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { GROUP_COMPANY_ID, ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';

export const REP_TOKEN = 'the-token-of-a-rep';

/** Two segments, a rep in each and a customer for each rep; the token belongs to the first one. */
export async function plantCustomers(database: Knex): Promise<{ own: string; foreign: string }> {
  const plant = async (code: string, name: string, token: string | null) => {
    const [segment, user, customer] = [randomUUID(), randomUUID(), randomUUID()];
    await database('crm_segments').insert({ id: segment, code, name, company: GROUP_COMPANY_ID });
    await database('directus_users').insert({
      id: user,
      email: `rep.${code}@example.com`,
      role: ROLE_IDS.sales_rep,
      token,
      crm_segment: segment,
      status: 'active',
      provider: 'default',
    });
    await database('crm_customers').insert({ id: customer, name: `${name}的客户`, segment, owner: user });
    return customer;
  };
  return { own: await plant('p01', '甲', REP_TOKEN), foreign: await plant('p02', '乙', null) };
}
