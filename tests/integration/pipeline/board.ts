import { randomUUID } from 'node:crypto';
import { LI, setStage, type Stage } from '../customers/stage.ts';
import type { PersonName } from '../access/world.ts';
import type { Answer } from '../../harness/client.ts';

export interface Refusals {
  errors: {
    message: string;
    extensions: { code: string; reason?: string; field?: string; fields?: string[]; missing?: string[]; next?: string };
  }[];
}

type Body = { id: string; stage: { id: string; key: string }; change: { id: string } | null } & Refusals;

/** A running host with the shared stages by key, a complete customer, and what the tests of the pipeline say over and over. */
export interface Board {
  stage: Stage;
  ids: Record<string, string>;
  customer: string;
  start(row?: object, who?: PersonName): Promise<string>;
  read(id: string): Promise<Record<string, unknown>>;
  history(id: string): Promise<Record<string, unknown>[]>;
  /** POST /crm/opportunities/:id/stage. */
  move(id: string, body: unknown, who?: PersonName): Promise<Answer<Body>>;
  /** Walks an opportunity to a stage, with what each one asks for. */
  walk(id: string, to: string): Promise<void>;
  sign(opportunity: string, row?: object): Promise<string>;
  /** The head of the segment approves. */
  approve(approval: string): Promise<void>;
}

const WAY = ['initial_contact', 'needs_analysis', 'proposal', 'negotiation', 'won'];
export const ASKED: Record<string, Record<string, unknown>> = {
  needs_analysis: { needs: '采购系统', amount: 100_000 },
  proposal: { expected_close_on: '2099-01-15' },
  lost: { lost_reason: '价格' },
};

/** Code and fields of every refusal in an answer. */
export const codes = (answer: Answer) => ((answer.body as Refusals).errors ?? []).map(({ extensions }) => extensions.code);

export async function setBoard(db: 'sqlite' | 'pg'): Promise<Board> {
  const stage = await setStage(db);
  const { world } = stage;
  const { database } = world.host;
  const rows = await database('crm_stages').whereNull('segment').select('id', 'key');
  const ids = Object.fromEntries(rows.map(({ id, key }) => [key, id]));
  const board: Board = {
    stage,
    ids,
    customer: await stage.enter({ ...stage.complete(), contacts: [LI] }),
    start: async (row = {}, who = 'repA1') =>
      (await world.create(who, 'crm_opportunities', { title: '商机', customer: board.customer, ...row })).id,
    read: async (id) => (await world.as.sysadmin.request('GET', `/items/crm_opportunities/${id}`)).body.data,
    history: (id) => database('crm_stage_changes').where({ opportunity: id }).orderBy('changed_at') as never,
    move: (id, body, who = 'repA1') => world.as[who].request('POST', `/crm/opportunities/${id}/stage`, body),
    sign: async (opportunity, row = {}) =>
      (await world.create('repA1', 'crm_orders', { opportunity, number: 'DD-1', amount: 100_000, signed_on: '2026-11-20', ...row })).id,
    async approve(approval) {
      const link = { crm_user: world.id.headA, crm_segment: world.segment.a };
      if (!(await database('crm_user_segments').where(link).first('id')))
        await database('crm_user_segments').insert({ id: randomUUID(), ...link });
      const { version } = (await world.as.headA.request('GET', `/crm/approvals/${approval}`)).body;
      const answer = await world.as.headA.request('POST', `/crm/approvals/${approval}/decide`, { decision: 'approve', version });
      if (answer.status !== 200) throw new Error(`${approval}: ${answer.status} ${answer.text}`);
    },
    async walk(id, to) {
      const { stage: now } = await board.read(id);
      const keyNow = Object.keys(ids).find((key) => ids[key] === now)!;
      const way = to === 'lost' ? ['lost'] : WAY.slice(WAY.indexOf(keyNow) + 1, WAY.indexOf(to) + 1);
      for (const key of way) {
        if (key === 'won') await board.sign(id);
        const answer = await board.move(id, { stage: key, fields: ASKED[key] ?? {} });
        if (answer.status !== 200) throw new Error(`${key}: ${answer.status} ${answer.text}`);
      }
    },
  };
  return board;
}
