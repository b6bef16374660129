import type { Answer } from '../../harness/client.ts';
import type { PersonName, World } from '../access/world.ts';
import { LI, setStage } from '../customers/stage.ts';

interface View {
  id: string;
  state: string;
  version: number;
  due_on: string;
  escalated: boolean;
  mayDecide: boolean;
  mayWithdraw: boolean;
  waitsFor: string[];
  lines: { label: string; value: string }[];
  decisions: { decision: string; comment: string | null; by: { id: string; name: string | null } | null }[];
  errors: { message: string; extensions: { code: string; reason?: string } }[];
}
export type Said = Answer<View>;

/** A running host with opportunities whose discount somebody has to approve. */
export interface Office {
  world: World;
  /** An opportunity of the rep with a discount above the segment's threshold. */
  deal(): Promise<string>;
  /** POST /crm/approvals. */
  ask(item: string, who?: PersonName): Promise<Said>;
  /** Asks for a new opportunity; the id of the approval, and of the opportunity. */
  asked(who?: PersonName): Promise<{ id: string; deal: string }>;
  look(id: string, who?: PersonName): Promise<Said>;
  act(what: 'decide' | 'withdraw' | 'comment', id: string, body: unknown, who?: PersonName): Promise<Said>;
  approve(id: string, version?: number, who?: PersonName): Promise<Said>;
  inbox(who: PersonName, box?: 'waiting' | 'asked'): Promise<string[]>;
  said(id: string): Promise<string[]>;
  told(who: PersonName): Promise<{ subject: string; message: string }[]>;
}

export const reasonOf = ({ body }: Said) => body.errors?.[0]?.extensions.reason;
export const codeOf = ({ body }: Said) => body.errors?.[0]?.extensions.code;

export async function openOffice(db: 'sqlite' | 'pg'): Promise<Office> {
  const stage = await setStage(db);
  const { world } = stage;
  const { database } = world.host;
  const customer = await stage.enter({ ...stage.complete(), contacts: [LI] });
  const office: Office = {
    world,
    deal: async () =>
      (await world.create('repA1', 'crm_opportunities', { title: '折扣商机', customer, amount: 90_000, discount_percent: 25 })).id,
    ask: (item, who = 'repA1') => world.as[who].request('POST', '/crm/approvals', { kind: 'discount', item, asked: {}, reason: '老客户' }),
    async asked(who = 'repA1') {
      const deal = await office.deal();
      const answer = await office.ask(deal, who);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      return { id: answer.body.id, deal };
    },
    look: (id, who = 'headA') => world.as[who].request('GET', `/crm/approvals/${id}`),
    act: (what, id, body, who = 'headA') => world.as[who].request('POST', `/crm/approvals/${id}/${what}`, body),
    approve: (id, version = 1, who = 'headA') => office.act('decide', id, { decision: 'approve', version }, who),
    inbox: async (who, box = 'waiting') =>
      (await world.as[who].request<{ approvals: View[] }>('GET', `/crm/approvals/inbox?limit=100&box=${box}`)).body.approvals.map(
        ({ id }) => id,
      ),
    said: async (id) => (await office.look(id, 'exec')).body.decisions.map(({ decision }) => decision),
    told: (who) => database('directus_notifications').where({ recipient: world.id[who] }).orderBy('id').select('subject', 'message'),
  };
  return office;
}
