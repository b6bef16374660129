import { randomUUID } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';

interface Entry {
  at: string;
  kind: string;
  id: string;
  about?: { collection: string; id: string; title: string | null };
  standing?: string;
  subject?: string;
  owner?: { id: string; name: string | null };
}

interface Timeline {
  entries: Entry[];
  next: string | null;
}

/** One list of all that happened to a record, with the rights of whoever asks. */
export function timelineSuite(stage: () => Stage): void {
  const ask = (who: PersonName, collection: string, id: string, query = '') =>
    stage().world.as[who].request<Timeline & { errors: { message: string }[] }>('GET', `/crm/records/${collection}/${id}/timeline${query}`);

  /** A customer with an opportunity, a lead, and something done with each of them. */
  async function worked(name: string) {
    const { world } = stage();
    const customer = await stage().enter({ name });
    const opportunity = (await world.create('repA1', 'crm_opportunities', { title: `${name}商机`, customer })).id;
    const lead = (await world.create('repA1', 'crm_leads', { title: `${name}线索`, customer })).id;
    const done = (more: object, day: string) =>
      world.create('repA1', 'crm_activities', { type: 'call', subject: day, done_at: `2026-11-${day}T02:00:00Z`, ...more });
    await done({ customer }, '01');
    await done({ opportunity }, '03');
    await done({ lead }, '02');
    await world.create('repA1', 'crm_activities', { type: 'task', subject: '报价', opportunity, due_on: '2027-01-08' });
    return { customer, opportunity, lead };
  }

  test('CUS-11: a customer shows all that was done with it, its leads and its opportunities, the newest first', async () => {
    const { customer, opportunity } = await worked('时间线有限公司');
    const answer = await ask('repA1', 'crm_customers', customer, '?kinds=activity');
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.entries.map(({ subject, standing }) => [subject, standing])).toEqual([
      ['报价', 'open'],
      ['03', 'done'],
      ['02', 'done'],
      ['01', 'done'],
    ]);
    expect(answer.body.next).toBeNull();
    expect(answer.body.entries[1]).toMatchObject({
      at: '2026-11-03T02:00:00.000Z',
      about: { collection: 'crm_opportunities', id: opportunity, title: '时间线有限公司商机' },
      owner: { id: stage().world.id.repA1, name: 'repA1' },
    });
    const own = await ask('repA1', 'crm_opportunities', opportunity, '?kinds=activity');
    expect(own.body.entries.map(({ subject }) => subject)).toEqual(['报价', '03']);
  });

  test('CUS-11: pages one after the other hold every entry once', async () => {
    const { customer } = await worked('分页有限公司');
    const whole = (await ask('repA1', 'crm_customers', customer, '?limit=100')).body.entries;
    expect(whole.length).toBeGreaterThanOrEqual(5);
    const seen: Entry[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page: Timeline = (await ask('repA1', 'crm_customers', customer, `?limit=2${next ? `&before=${encodeURIComponent(next)}` : ''}`))
        .body;
      seen.push(...page.entries);
      next = page.next;
    }
    expect(seen).toEqual(whole);
  });

  test('SAL-3, SAL-5: moves of stages stand in the list with the names of their stages', async () => {
    const { customer, opportunity } = await worked('阶段有限公司');
    const { database } = stage().world.host;
    await database('crm_stage_changes').where({ opportunity }).delete();
    const row = { id: randomUUID(), opportunity, to_stage: stage().world.stage, changed_at: new Date('2026-11-04T02:00:00Z') };
    await database('crm_stage_changes').insert({
      ...row,
      kind: 'created',
      segment: stage().world.segment.a,
      owner: stage().world.id.repA1,
    });
    for (const [collection, id] of [
      ['crm_customers', customer],
      ['crm_opportunities', opportunity],
    ] as const) {
      const { entries } = (await ask('repA1', collection, id, '?kinds=stage')).body;
      expect(entries).toEqual([
        expect.objectContaining({
          kind: 'stage',
          move: 'created',
          at: '2026-11-04T02:00:00.000Z',
          to_stage: { id: stage().world.stage, name: expect.any(String) },
        }),
      ]);
    }
  });

  test('SEC-3, SEC-5: who looked and what was changed is shown to those who may read it, and to nobody else', async () => {
    const { customer } = await worked('审计有限公司');
    await stage().patch('crm_customers', customer, { short_name: '审计' });
    const kindsOf = async (who: PersonName) =>
      new Set((await ask(who, 'crm_customers', customer, '?limit=100')).body.entries.map(({ kind }) => kind));
    expect([...(await kindsOf('repA1'))]).not.toContain('audit');
    expect([...(await kindsOf('headA'))]).not.toContain('audit');
    expect([...(await kindsOf('adminA'))]).toContain('audit');
    expect([...(await kindsOf('sysadmin'))]).toContain('audit');
    const { entries } = (await ask('repA1', 'crm_customers', customer, '?kinds=audit,reveal')).body;
    expect(entries).toEqual([]);
  });

  test('ORG-2: the timeline of a record of others, of an absent one and of none are one answer', async () => {
    const { customer } = await worked('他人有限公司');
    const absent = await ask('repB', 'crm_customers', randomUUID());
    expect(absent.status).toBe(403);
    for (const [who, collection, id] of [
      ['repB', 'crm_customers', customer],
      ['headB', 'crm_customers', customer],
      ['repA1', 'crm_customers', 'nonsense'],
      ['repA1', 'crm_leads', customer],
      ['repA1', 'crm_segments', stage().world.segment.a],
      ['repA1', 'directus_users', stage().world.id.repA1],
    ] as const)
      expect((await ask(who, collection, id)).body).toEqual(absent.body);
    // A colleague, who reads English.
    const colleague = await ask('repA2', 'crm_customers', customer);
    expect(colleague.body).toEqual((await ask('repA2', 'crm_customers', randomUUID())).body);
    expect(colleague.status).toBe(403);
    expect((await stage().world.host.anonymous.request('GET', `/crm/records/crm_customers/${customer}/timeline`)).status).toBe(403);
  });

  test.each(['?limit=0', '?limit=1000', '?before=yesterday', '?kinds=secrets', '?kinds=activity&kinds=stage'])(
    'CUS-11: Bad input: %s is refused in words',
    async (query) => {
      const { customer } = await worked('坏输入有限公司');
      const answer = await ask('repA1', 'crm_customers', customer, query);
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0]!.message).toMatch(/查询条件不符合要求：(limit|before|kinds)/u);
    },
  );

  test('CUS-11: what somebody opened last is kept for them, thirty records at most', async () => {
    const { database } = stage().world.host;
    const user = stage().world.id.repA2;
    const mine = (await stage().world.create('repA2', 'crm_customers', { name: '最近有限公司' })).id;
    const old = Array.from({ length: 30 }, (_, index) => ({
      id: randomUUID(),
      user,
      collection: 'crm_customers',
      item: randomUUID(),
      at: new Date(Date.UTC(2026, 0, 1, 0, index)),
    }));
    await database('crm_recent_records').insert(old);
    await Promise.all([ask('repA2', 'crm_customers', mine), ask('repA2', 'crm_customers', mine)]);
    await ask('repA2', 'crm_customers', mine);
    const kept = await database('crm_recent_records').where({ user }).orderBy('at', 'desc').select('item');
    expect(kept).toHaveLength(30);
    expect(kept.filter(({ item }) => item === mine)).toHaveLength(1);
    expect(kept[0].item).toBe(mine);
    expect(kept.map(({ item }) => item)).not.toContain(old[0]!.item);
  });

  test('CUS-11: a record counts as opened when its page reads it; one that is not theirs does not', async () => {
    const { world } = stage();
    const { database } = world.host;
    const mine = (await world.create('repA2', 'crm_customers', { name: '打开页面有限公司' })).id;
    const theirs = (await world.create('repB', 'crm_customers', { name: '他人页面有限公司' })).id;
    const opened = (item: string) => database('crm_recent_records').where({ item, user: world.id.repA2 });
    expect((await world.as.repA2.request('GET', `/items/crm_customers/${theirs}`)).status).toBe(403);
    expect((await world.as.repA2.request('GET', `/items/crm_customers/${mine}?fields=*`)).status).toBe(200);
    await vi.waitFor(async () => expect(await opened(mine)).toHaveLength(1));
    expect(await opened(theirs)).toEqual([]);
  });
}
