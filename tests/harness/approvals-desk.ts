/** A desk of approvals on a database in memory: one segment with a head and two reps, another one, the group staff, one kind. */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach } from 'vitest';
import { modelInMemory } from './model-in-memory.ts';
import { ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { loadActor } from '../../extensions/crm/src/platform/api/actor.ts';
import { decideApproval } from '../../extensions/crm/src/approvals/decide.ts';
import { requestApproval, type ApprovalKind } from '../../extensions/crm/src/approvals/index.ts';

const TABLES = [
  ...['crm_approvals', 'crm_approval_decisions', 'crm_approval_rules', 'crm_approval_steps', 'crm_calendar_days', 'crm_segments'],
  ...['crm_user_segments', 'crm_install_state', 'crm_customers', 'crm_leads', 'crm_opportunities'],
];
export const ids = Object.fromEntries(
  ['s01', 's02', 'rule', 'step', 'customer', 'rep', 'rep2', 'head', 'head2', 'sysadmin', 'executive', 'otherRep'].map((name) => [
    name,
    randomUUID(),
  ]),
) as Record<string, string>;
export const id = (name: string): string => ids[name]!;

export let database: Knex;
let now: Date;
export const clock = { now: () => now };
export const effects: string[] = [];

/** A change of owner, as small as it may be: what is asked about is the customer's name. */
const transfer: ApprovalKind = {
  kind: 'owner_transfer',
  fingerprint: async (from, { item }) => (await from('crm_customers').where({ id: item }).first('name'))?.name ?? '',
  async approved(inside, { item, asked, state }) {
    if (asked['owner'] === 'nobody') throw new Error('not to be had');
    effects.push(`approved while ${state}`);
    await inside('crm_customers').where({ id: item }).update({ owner: asked['owner'] });
  },
  rejected: async () => void effects.push('rejected'),
  withdrawn: async (_inside, _approval, actor) => void effects.push(actor ? 'withdrawn' : 'void'),
};
export const ports = { clock, kinds: [transfer] };

const user = (name: string, role: RoleName, segment: string, managed: string[] = []) => ({ name, role, segment, managed });
const PEOPLE = [
  user('rep', 'sales_rep', 's01'),
  user('rep2', 'sales_rep', 's01'),
  user('otherRep', 'sales_rep', 's02'),
  user('head', 'segment_head', 's01', ['s01']),
  user('head2', 'segment_head', 's02', ['s02']),
  user('sysadmin', 'system_admin', 's00'),
  user('executive', 'group_executive', 's00'),
];

/** A new desk for every test, opened on a Thursday. */
export function useDesk(): void {
  beforeEach(async () => {
    now = new Date('2026-11-26T02:00:00Z');
    effects.length = 0;
    database = await modelInMemory(TABLES);
    for (const segment of ['s01', 's02'])
      await database('crm_segments').insert({ id: id(segment), code: segment, name: segment, timezone: 'Asia/Shanghai' });
    for (const { name, role, segment, managed } of PEOPLE) {
      const language = name === 'rep2' ? 'en-US' : 'zh-CN';
      await database('directus_users').insert({
        ...{ id: id(name), first_name: name, role: ROLE_IDS[role], status: 'active', language, crm_segment: ids[segment] ?? segment },
      });
      for (const one of managed) await database('crm_user_segments').insert({ id: randomUUID(), crm_user: id(name), crm_segment: id(one) });
    }
    await database('crm_customers').insert({ id: id('customer'), name: 'Acme', segment: id('s01'), owner: id('rep') });
    await addRule('rule', null, [{ id: id('step'), by: 'role', role: 'segment_head', sort: 1 }]);
  });
  afterEach(() => database.destroy());
}

export const setNow = (moment: string): void => void (now = new Date(moment));

export async function addRule(name: string, segment: string | null, steps: object[], values: object = {}): Promise<void> {
  ids[name] ??= randomUUID();
  await database('crm_approval_rules').insert({
    ...{ id: id(name), name, kind: 'owner_transfer', mode: 'any_of', limit_days: 2, escalate_to: 'group_executive', active: true, segment },
    ...values,
  });
  for (const step of steps) await database('crm_approval_steps').insert({ id: randomUUID(), rule: id(name), segment, ...step });
}

export const ask = (values: object = {}) =>
  database.transaction((inside) =>
    requestApproval(inside, ports, {
      ...{ kind: 'owner_transfer' as const, collection: 'crm_customers', item: id('customer'), about: { customer: id('customer') } },
      ...{
        segment: id('s01'),
        owner: id('rep'),
        title: 'Acme',
        asked: { owner: id('rep2') },
        reason: 'moved away',
        requestedBy: id('rep'),
      },
      ...values,
    }),
  );
export const actor = async (name: string) => (await loadActor(database, { user: id(name) } as never))!;
export const decide = async (name: string, approval: string, values: object = {}) =>
  decideApproval(database, ports, await actor(name), approval, { decision: 'approve', comment: null, version: 1, ...values });
export const history = (approval: string): Promise<string[]> =>
  database('crm_approval_decisions').where({ approval }).orderBy('at').pluck('decision');
export const told = async (name: string): Promise<string[]> =>
  database('directus_notifications')
    .where({ recipient: id(name) })
    .pluck('subject');
export const stored = (approval: string) => database('crm_approvals').where({ id: approval }).first();
export const suspend = (name: string) =>
  database('directus_users')
    .where({ id: id(name) })
    .update({ status: 'suspended' });
export const refused = (reason: string) => ({ extensions: { reason } });
