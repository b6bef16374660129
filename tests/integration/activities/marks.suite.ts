import type { Knex } from 'knex';
import { expect, test } from 'vitest';
import { recountMarks } from '../../../extensions/crm/src/customers/recount-marks.ts';
import { Draw } from '../../isolation/draw.ts';
import type { Stage } from '../customers/stage.ts';

const MARKS = { crm_customers: 'customer', crm_leads: 'lead', crm_opportunities: 'opportunity' } as const;
const moment = (value: unknown): number | null => (value === null || value === undefined ? null : new Date(value as string).getTime());

/** The marks of a record, as slowly as they can be counted. */
async function slowly(database: Knex, collection: keyof typeof MARKS, id: string) {
  const rows: Record<string, unknown>[] = await database('crm_activities').where({ [MARKS[collection]]: id });
  if (collection === 'crm_customers')
    for (const [table, link] of [
      ['crm_leads', 'lead'],
      ['crm_opportunities', 'opportunity'],
    ] as const) {
      const below: string[] = await database(table).where({ customer: id }).pluck('id');
      rows.push(...(await database('crm_activities').whereIn(link, below)));
    }
  const done = rows.flatMap(({ done_at }) => moment(done_at) ?? []);
  const open = rows
    .filter(({ done_at, assignment }) => !done_at && assignment !== 'declined')
    .flatMap(({ due_on }) => moment(due_on) ?? []);
  return { last: done.length ? Math.max(...done) : null, next: open.length ? Math.min(...open) : null };
}

/** `last_activity_at` and `next_due_on` are those of the activities, whoever wrote these and how. */
export function marksSuite(stage: () => Stage): void {
  const world = () => stage().world;

  test(
    'SAL-5, SAL-8, USE-3: after any sequence of writes the marks are what a slow count of the activities gives',
    { timeout: 600_000 },
    async () => {
      const { database } = world().host;
      const chance = new Draw(20261123);
      const customers = [await stage().enter({ name: '记号一有限公司' }), await stage().enter({ name: '记号二有限公司' })];
      const made = async (collection: 'crm_leads' | 'crm_opportunities', customer: string) =>
        (await world().create('repA1', collection, { title: '记号', customer })).id;
      const leads = [await made('crm_leads', customers[0]!), await made('crm_leads', customers[1]!)];
      const opportunities = [await made('crm_opportunities', customers[0]!), await made('crm_opportunities', customers[1]!)];
      const activities: string[] = [];
      const due = () => new Date(Date.now() + chance.below(60) * 86_400_000 + 86_400_000).toISOString().slice(0, 10);
      const done = () => new Date(Date.UTC(2026, chance.below(10), 1 + chance.below(28))).toISOString();
      const parent = () =>
        chance.pick([
          { customer: chance.pick(customers), lead: null, opportunity: null },
          { customer: null, lead: chance.pick(leads), opportunity: null },
          { customer: null, lead: null, opportunity: chance.pick(opportunities) },
          { customer: null, lead: null, opportunity: null },
        ]);
      const state = () => chance.pick([{ due_on: due() }, { done_at: done() }, { due_on: due(), done_at: done() }, {}]);
      const one = () => chance.pick(activities);
      const post = async (path: string, body: object) => void (await world().as.repA1.request('POST', path, body));
      const create = async (who: 'repA1' | 'headA') => {
        const place = parent();
        const owner = who === 'headA' && !place.customer && !place.lead && !place.opportunity ? { owner: world().id.repA1 } : {};
        activities.push(
          (await world().create(who, 'crm_activities', { type: 'call', subject: '记号', ...place, ...state(), ...owner })).id,
        );
      };
      const moves: (() => Promise<unknown>)[] = [
        () => create('repA1'),
        () => create('headA'),
        () => stage().patch('crm_activities', one(), parent()),
        () =>
          stage().patch(
            'crm_activities',
            one(),
            chance.pick([{ done_at: null }, { done_at: done() }, { due_on: due() }, { due_on: null }]),
          ),
        () => world().as.repA1.request('PATCH', '/items/crm_activities', { keys: [one(), one()], data: { done_at: done() } }),
        () => post(`/crm/activities/${one()}/done`, chance.pick([{}, { next: { type: 'task', subject: '下一步', due_on: due() } }])),
        () => post(`/crm/activities/${one()}/respond`, chance.pick([{ answer: 'accept' }, { answer: 'decline', reason: '不行' }])),
        () => world().as.sysadmin.request('DELETE', `/items/crm_activities/${one()}`),
        () => stage().patch('crm_leads', chance.pick(leads), { customer: chance.pick(customers) }),
        () => stage().patch('crm_opportunities', chance.pick(opportunities), { customer: chance.pick(customers) }),
      ];
      for (let count = 0; count < 4; count++) await create('headA');
      const wrong: string[] = [];
      for (let step = 0; step < 60; step++) {
        const move = chance.below(moves.length);
        await moves[move]!();
        for (const [collection, ids] of Object.entries({ crm_customers: customers, crm_leads: leads, crm_opportunities: opportunities }))
          for (const id of ids) {
            const row = await world().row(collection, id);
            const right = await slowly(database, collection as keyof typeof MARKS, id);
            const stands = { last: moment(row['last_activity_at']), next: moment(row['next_due_on']) };
            if (stands.last !== right.last || stands.next !== right.next) wrong.push(`${step}: after move ${move} ${collection} ${id}`);
          }
      }
      expect(wrong).toEqual([]);
    },
  );

  test('CUS-8, SAL-8: a mark that was broken past the host is found by the recount and brought back', async () => {
    const { database } = world().host;
    const customer = await stage().enter({ name: '重算有限公司' });
    const lead = (await world().create('repA1', 'crm_leads', { title: '重算', customer })).id;
    await world().create('repA1', 'crm_activities', { type: 'task', subject: '待办', lead, due_on: '2027-01-08' });
    expect(await recountMarks(database)).toEqual([]);
    await database('crm_leads').where({ id: lead }).update({ next_due_on: null });
    await database('crm_customers').where({ id: customer }).update({ last_activity_at: new Date() });
    expect(await recountMarks(database)).toEqual([
      { collection: 'crm_customers', count: 1 },
      { collection: 'crm_leads', count: 1 },
    ]);
    expect(await recountMarks(database, { repair: true })).toHaveLength(2);
    expect(await recountMarks(database)).toEqual([]);
    const { data } = (await world().as.repA1.request('GET', `/items/crm_leads/${lead}?fields=next_due_on`)).body;
    expect(data.next_due_on).toBe('2027-01-08');
    expect((await stage().customer(customer))['last_activity_at']).toBeNull();
  });
}
