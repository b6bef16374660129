import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { inBetween } from '../../harness/test-database.ts';
import type { PersonName, World } from '../access/world.ts';
import { crowd as crowdOf, ended, expectTrue, handedOver, handOver, newcomer, refusal, undo, undone } from './desk.ts';

const CUSTOMERS = 400;
const EACH = 5;
/** So many that a freeze in the middle comes before the end on a fast machine too. */
const MANY = 2500;

const VAST = 10_000;

/** ACC-10: a process that dies in the middle leaves nothing that another does not finish. */
export function killedSuite(world: () => World): void {
  const crowd = (name: PersonName) => crowdOf(world(), name, { customers: CUSTOMERS, each: EACH });
  const many = (name: PersonName) => crowdOf(world(), name, { customers: MANY, each: 1 });
  const counted = async (collection: string, name: PersonName) =>
    (await world().host.database(collection).where({ owner: world().id[name] }).select('id')).length;

  test('ACC-10: killed in the middle, the next process goes on to the same end; so does an undo', { timeout: 300_000 }, async () => {
    const [name, to] = [await newcomer(world()), await newcomer(world())];
    await crowd(name);
    const { database } = world().host;
    const handing = handOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id[to] }] }).catch(() => null);
    await expect.poll(() => counted('crm_customers', to), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await world().host.crash();
    await handing;
    const { id, state } = await database('crm_handovers').where({ from: world().id[name] }).first();
    await expectTrue(world());
    const moved = await counted('crm_customers', to);
    expect([state, moved < CUSTOMERS]).toEqual(['running', true]);
    const done = await ended(world(), id, 'done');
    expect([await counted('crm_customers', to), await counted('crm_activities', to), await counted('crm_customers', name)]).toEqual([
      CUSTOMERS,
      CUSTOMERS * EACH,
      0,
    ]);
    expect(done.counts.moved).toEqual({ crm_customers: CUSTOMERS, crm_activities: CUSTOMERS * EACH });
    const entries = await database('crm_audit')
      .where({ collection: 'crm_activities', action: 'update' })
      .andWhere('after', 'like', `%${world().id[to]}%`)
      .select('item')
      .catch(async () =>
        database('crm_audit')
          .where({ collection: 'crm_activities', action: 'update' })
          .whereRaw('cast(after as text) like ?', [`%${world().id[to]}%`])
          .select('item'),
      );
    expect([entries.length, new Set(entries.map(({ item }) => item)).size], 'one entry a row').toEqual([
      CUSTOMERS * EACH,
      CUSTOMERS * EACH,
    ]);
    await expectTrue(world());

    const taking = undo(world(), 'adminA', id).catch(() => null);
    await expect.poll(() => counted('crm_customers', name), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await world().host.crash();
    await taking;
    const back = await ended(world(), id, 'undone');
    expect([await counted('crm_customers', name), await counted('crm_activities', name), back.spared]).toEqual([
      CUSTOMERS,
      CUSTOMERS * EACH,
      0,
    ]);
    await expectTrue(world());
  });

  test('ACC-10: two hand-overs of one person at once are one; others go on working', async () => {
    const [name, to] = [await newcomer(world()), await newcomer(world())];
    await crowd(name);
    const body = { from: world().id[name], rules: [{ to: world().id[to] }] };
    const answers = Promise.all([handOver(world(), 'adminA', body), handOver(world(), 'sysadmin', body)]);
    const slowest: number[] = [];
    let isOver = false;
    void answers.then(() => (isOver = true));
    while (!isOver) {
      const began = performance.now();
      const { status } = await world().as.repA1.request('GET', '/items/crm_customers?limit=5');
      expect(status).toBe(200);
      slowest.push(performance.now() - began);
      await wait(5);
    }
    const found = await answers;
    const statuses = found.map((answer) => refusal(answer));
    expect(statuses.filter(([status]) => status === 201 || status === 202)).toHaveLength(1);
    expect(statuses.filter(([, reason]) => reason === 'running' || reason === 'nothing_matches')).toHaveLength(1);
    const { id } = found.find(({ status }) => status < 300)!.body;
    await ended(world(), id, 'done');
    expect(await counted('crm_customers', to)).toBe(CUSTOMERS);
    await undone(world(), 'adminA', id);
  });

  test.each([
    ['frozen', false],
    ['held back until an exam', true],
  ])('ACC-9 … ACC-11: whoever takes over and is %s in the middle gets nothing more', async (_name, isHeld) => {
    const [name, to] = [await newcomer(world()), await newcomer(world())];
    await many(name);
    const { database } = world().host;
    const team = randomUUID();
    await database('crm_teams').insert({ id: team, name: '三部', leader: world().id[name], segment: world().segment.a });
    const handing = handOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id[to] }] });
    await expect.poll(() => counted('crm_customers', to), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    const now = isHeld ? { crm_pending_exam: true } : { status: 'suspended' };
    await inBetween(database, () => database('directus_users').where({ id: world().id[to] }).update(now));
    const { body } = await handing;
    const done = await ended(world(), body.id, 'done');
    const [went, left] = [await counted('crm_customers', to), await counted('crm_customers', name)];
    expect([went > 0, left > 0, went + left]).toEqual([true, true, MANY]);
    expect(await world().row('crm_teams', team), 'a post neither').toMatchObject({ leader: world().id[name] });
    expect(done.counts.left['crm_teams']).toBe(1);
    expect([done.counts.moved['crm_customers'], done.counts.left['crm_customers'] ?? 0]).toEqual([went, left]);
    await expectTrue(world());
  });

  test('ACC-9, ACC-10: an asker who is frozen in the middle gives nothing more', async () => {
    const { database } = world().host;
    const asker = await newcomer(world(), 'segment_admin', { crm_managed_segments: [{ crm_segment: world().segment.a }] });
    const [giver, taker] = [await newcomer(world()), await newcomer(world())];
    await many(giver);
    const again = handOver(world(), asker, { from: world().id[giver], rules: [{ to: world().id[taker] }] }).catch(() => null);
    await expect.poll(() => counted('crm_customers', taker), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await inBetween(database, () => database('directus_users').where({ id: world().id[asker] }).update({ status: 'suspended' }));
    await again;
    const { id } = await database('crm_handovers').where({ from: world().id[giver] }).first('id');
    const stopped = await ended(world(), id, 'done');
    const [given, kept] = [await counted('crm_customers', taker), await counted('crm_customers', giver)];
    expect([given > 0, kept > 0, given + kept]).toEqual([true, true, MANY]);
    expect(stopped.counts.left['crm_customers']).toBe(kept);
    await expectTrue(world());
  });

  test(
    'ACC-10: killed in the middle of 50,000 records that a condition picks, the next process brings all of them',
    { timeout: 240_000 },
    async () => {
      const [name, to] = [await newcomer(world()), await newcomer(world())];
      const { database } = world().host;
      await crowdOf(world(), name, { customers: VAST, each: 4 });
      // More than the host gives in one page of a list.
      const rules = [{ to: world().id[to], where: { kind: { _eq: 'company' } } }];
      const handing = handOver(world(), 'adminA', { from: world().id[name], rules }).catch(() => null);
      await expect.poll(() => counted('crm_customers', to), { timeout: 60_000, interval: 20 }).toBeGreaterThan(VAST / 10);
      await world().host.crash();
      await handing;
      const { id, state } = await database('crm_handovers').where({ from: world().id[name] }).first();
      const moved = await counted('crm_customers', to);
      expect([state, moved < VAST]).toEqual(['running', true]);
      const done = await ended(world(), id, 'done');
      expect(done.counts).toMatchObject({ moved: { crm_customers: VAST, crm_activities: 4 * VAST }, left: {} });
      for (const collection of ['crm_customers', 'crm_activities'])
        expect([collection, await counted(collection, name)]).toEqual([collection, 0]);
      const theirs = database('crm_activities')
        .where({ owner: world().id[to] })
        .select(database.raw('cast(?? as text)', ['id']));
      const [entries] = await database('crm_audit')
        .where({ collection: 'crm_activities', action: 'update' })
        .whereIn('item', theirs)
        .count({ rows: '*' });
      expect(Number(entries!['rows']), 'one entry a row').toBe(4 * VAST);
    },
  );

  test('ACC-10, N5: what can no longer be taken back is forgotten by the next process; what an undo spared stays listed', async () => {
    const { database } = world().host;
    const [name, later] = [await newcomer(world()), await newcomer(world())];
    await crowdOf(world(), name, { customers: 3, each: 1 });
    await crowdOf(world(), later, { customers: 2, each: 1 });
    const [old, young] = [
      await handedOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id.repA2 }] }),
      await handedOver(world(), 'adminA', { from: world().id[later], rules: [{ to: world().id.repA2 }] }),
    ];
    const noted = async (id: string): Promise<string[]> =>
      database('crm_handover_rows').where({ handover: id }).orderBy('state').pluck('state');
    const { id: first } = await database('crm_handover_rows').where({ handover: old.id }).orderBy('id').first('id');
    await database('crm_handover_rows').where({ id: first }).update({ state: 'kept' });
    expect([await noted(old.id), await noted(young.id)]).toEqual([
      ['done', 'done', 'kept'],
      ['done', 'done'],
    ]);
    await database('crm_handovers')
      .where({ id: old.id })
      .update({ undo_until: new Date(Date.now() - 1000) });
    await world().host.restart();
    await expect.poll(() => noted(old.id), { timeout: 30_000 }).toEqual(['kept']);
    expect(await noted(young.id)).toEqual(['done', 'done']);
  });

  test('SAL-9, ACC-9: leads are never routed to whoever is frozen or closed', async () => {
    const { database } = world().host;
    const region = (await database('crm_regions').first('id'))?.id ?? null;
    const frozen = (await world().user({ role: ROLE_IDS.sales_rep, crm_segment: world().segment.b, status: 'suspended' })).body.data.id;
    const closed = (await world().user({ role: ROLE_IDS.sales_rep, crm_segment: world().segment.b, status: 'archived' })).body.data.id;
    for (const user of [frozen, closed])
      await database('crm_lead_routes').insert({ id: randomUUID(), user, active: true, segment: world().segment.b, region });
    // The least loaded gets a lead: each of the two has fewer than the one who works.
    await database('crm_lead_routes').insert({ id: randomUUID(), user: world().id.repB, active: true, segment: world().segment.b, region });
    const leads: { id: string; owner: string }[] = [];
    for (let n = 0; n < 3; n += 1)
      leads.push(
        await world().create('adminB', 'crm_leads', {
          ...{ title: '公司线索', source: 'company', grade: 'A', status: 'qualified', region, company_name: `乙${n}` },
          ...{ contact_name: '李', phone: `1360013600${n}`, owner: null },
        }),
      );
    expect(leads.map(({ owner }) => owner)).toEqual(Array(3).fill(world().id.repB));
    const lead = leads[0]!;
    const given = await world().as.adminB.request('POST', `/crm/leads/${lead.id}/allocate`, { owner: frozen });
    expect(given.status).toBeGreaterThanOrEqual(400);
  });
}
