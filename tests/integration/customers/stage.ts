import type { Answer } from '../../harness/client.ts';
import { buildWorld, type PersonName, type World } from '../access/world.ts';

export interface Refused {
  errors: {
    message: string;
    extensions: { code: string; collection?: string; field?: string; path?: string; reason?: string; validation_message?: string };
  }[];
}

type Written = Answer<{ data: { id: string } } & Refused>;

/** A running host with people, and what the tests of customers say over and over. */
export interface Stage {
  world: World;
  industry: string;
  region: string;
  tag: string;
  /** Everything that a customer of the default set needs, except its contact. */
  complete(): Record<string, unknown>;
  post(collection: string, row: unknown, who?: PersonName): Promise<Written>;
  patch(collection: string, id: string, row: unknown, who?: PersonName): Promise<Written>;
  /** Creates a customer as a rep; its id. */
  enter(row: Record<string, unknown>): Promise<string>;
  customer(id: string): Promise<Record<string, unknown>>;
  count(collection: string): Promise<number>;
}

export const LI = { name: '李雷', position: '采购经理', phone: '138 0013 8000' };

/** Field and reason of every refusal in an answer. */
export const reasons = (answer: Answer<Refused>) => answer.body.errors.map(({ extensions }) => [extensions.field, extensions.reason]);

export async function setStage(db: 'sqlite' | 'pg', env: Record<string, string> = {}): Promise<Stage> {
  const world = await buildWorld(db, env);
  const { database } = world.host;
  const industry = (await database('crm_industries').where({ code: '65' }).first('id')).id;
  const region = (await database('crm_regions').where({ code: '330100' }).first('id')).id;
  const tag = (await database('crm_tags').where({ active: true }).first('id')).id;
  await database('directus_users').where({ id: world.id.repA1 }).update({ language: 'zh-CN' });
  await database('directus_users').where({ id: world.id.repA2 }).update({ language: 'en-US' });
  return {
    world,
    industry,
    region,
    tag,
    complete: () => ({ name: '启明软件有限公司', industry, region, needs: '采购系统' }),
    post: (collection, row, who = 'repA1') => world.as[who].request('POST', `/items/${collection}`, row),
    patch: (collection, id, row, who = 'repA1') => world.as[who].request('PATCH', `/items/${collection}/${id}`, row),
    enter: async (row) => (await world.create('repA1', 'crm_customers', row)).id,
    customer: (id) => world.row('crm_customers', id),
    count: async (collection) => Number((await database(collection).count({ n: '*' }).first())!['n']),
  };
}
