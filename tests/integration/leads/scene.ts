import { randomUUID } from 'node:crypto';
import type { Answer } from '../../harness/client.ts';
import type { PersonName, World } from '../access/world.ts';

type Row = Record<string, unknown>;
interface Reply extends Row {
  id: string;
  owner: string | null;
  status: string;
  state: string;
  approval: string | null;
  customer: string;
  contact: string | null;
  opportunity: string | null;
  errors: { message: string; extensions: Row & { code: string; reason?: string; field?: string } }[];
}

/** What the tests of leads say over and over. */
export interface LeadScene {
  world: World;
  /** A lead as somebody enters it; ids of its rows are new. */
  enter(who: PersonName, row?: Row): Promise<string>;
  lead(id: string): Promise<Row>;
  patch(who: PersonName, id: string, row: Row): Promise<Answer<Reply>>;
  /** `[status, field or code, reason]` of a write's answer. */
  outcome(answer: Answer<Reply>): unknown[];
  allocate(who: PersonName, id: string, body: Row): Promise<Answer<Reply>>;
  convert(who: PersonName, id: string, body?: Row): Promise<Answer<Reply>>;
  preview(who: PersonName, id: string, query?: string): Promise<Answer<Reply>>;
  allocations(id: string): Promise<Row[]>;
  switchOn(segment: string, on: boolean): Promise<void>;
  region(code: string): Promise<string>;
}

let counter = 0;
/** A number that nobody else in the tests has. */
export const freshPhone = (): string => `139${String((counter += 1)).padStart(8, '0')}`;

export function leadScene(world: World): LeadScene {
  const { database } = world.host;
  const call = (who: PersonName, method: string, path: string, body?: Row) => world.as[who].request<Reply>(method, path, body);
  return {
    world,
    async enter(who, row = {}) {
      const named = { title: '线索', company_name: `线索${randomUUID().slice(0, 8)}有限公司`, phone: freshPhone(), ...row };
      return (await world.create(who, 'crm_leads', named)).id;
    },
    lead: (id) => world.row('crm_leads', id),
    patch: (who, id, row) => call(who, 'PATCH', `/items/crm_leads/${id}`, row),
    outcome: ({ status, body }) => {
      const { code, field, reason } = body?.errors?.[0]?.extensions ?? { code: undefined };
      return status === 200 ? [200] : [status, field ?? code, reason];
    },
    allocate: (who, id, body) => call(who, 'POST', `/crm/leads/${id}/allocate`, body),
    convert: (who, id, body = {}) => call(who, 'POST', `/crm/leads/${id}/convert`, body),
    preview: (who, id, query = '') => call(who, 'GET', `/crm/leads/${id}/convert${query}`),
    allocations: (id) => database('crm_allocations').where({ lead: id }).orderBy('at'),
    switchOn: async (segment, on) => void (await database('crm_segments').where({ id: segment }).update({ allocation_needs_approval: on })),
    region: async (code) => (await database('crm_regions').where({ code }).first('id')).id,
  };
}
