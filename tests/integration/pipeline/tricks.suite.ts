import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../harness/client.ts';
import { ASKED, codes, type Board, type Refusals } from './board.ts';

const ITEMS = '/items/crm_opportunities';
const JSON_BODY = { headers: { 'content-type': 'application/json' } };
const COMPLETE = { needs: '要', amount: 5, expected_close_on: '2099-01-01' };

/** SAL-2, SAL-3, F7, F36: what somebody may try who knows the host better than its forms. */
export function tricks(board: () => Board): void {
  describe('tricks', () => {
    const world = () => board().stage.world;
    const idOf = (key: string) => board().ids[key]!;
    const rep = () => world().as.repA1;
    const won = () => ({ stage: idOf('won'), ...COMPLETE });
    const onlyUpdate = (row: object) => ({ create: [], update: [row], delete: [] });

    interface Place {
      id: string;
      /** Another opportunity of the same customer, a lead and a stage of another segment, a stage that is switched off. */
      other: string;
      lead: string;
      elsewhere: string;
      off: string;
    }

    const send = (method: string, path: string, body?: unknown) => rep().request(method, path, body);
    const patch = (id: string, body: unknown) => send('PATCH', `${ITEMS}/${id}`, body);
    const raw = (id: string, text: string) => rep().request('PATCH', `${ITEMS}/${id}`, text, JSON_BODY);
    const graph = (query: string, id: string) =>
      rep().graphql(`mutation ($row: update_crm_opportunities_input!, $next: update_crm_opportunities_input!) { ${query} }`, {
        row: { stage: idOf('won'), id },
        next: { stage: idOf('proposal') },
      });
    const order = (row: object) => send('POST', '/items/crm_orders', { number: 'LIST', ...row });

    const TRICKS: Record<string, (place: Place) => Promise<Answer>> = {
      'a new row under a key that stands': ({ id }) => send('POST', ITEMS, { id, title: '新', customer: board().customer, ...won() }),
      'a list of rows, the second one further on': ({ id }) =>
        send('POST', ITEMS, [
          { title: '半', customer: board().customer },
          { id, title: '半', customer: board().customer, ...won() },
        ]),
      'rows of one request, one right and one wrong': ({ id, other }) =>
        send('PATCH', ITEMS, [
          { id: other, stage: idOf('needs_analysis'), ...COMPLETE },
          { id, ...won() },
        ]),
      'keys of one request': ({ id, other }) => send('PATCH', ITEMS, { keys: [other, id], data: won() }),
      'a query instead of keys': ({ id }) => send('PATCH', ITEMS, { query: { filter: { id: { _eq: id } } }, data: won() }),
      'the customer’s list as a list': ({ id, other }) =>
        send('PATCH', `/items/crm_customers/${board().customer}`, { opportunities: [other, { id, ...won() }] }),
      'a lead’s customer’s list': ({ id, lead }) =>
        send('PATCH', `/items/crm_leads/${lead}`, { customer: { id: board().customer, opportunities: onlyUpdate({ id, ...won() }) } }),
      'what a lead was converted to': ({ id, lead }) => send('PATCH', `/items/crm_leads/${lead}`, { converted_to: { id, ...won() } }),
      'an order that brings its opportunity': ({ id }) => order({ signed_on: '2026-11-01', opportunity: { id, ...won() } }),
      'an activity that brings its opportunity': ({ id }) =>
        send('POST', '/items/crm_activities', { type: 'call', subject: '电', opportunity: { id, ...won() } }),
      'an attachment that brings its opportunity': ({ id }) => send('POST', '/items/crm_attachments', { opportunity: { id, ...won() } }),
      'two mutations under two names': ({ id }) =>
        graph(
          `a: update_crm_opportunities_item(id: "${id}", data: $next) { id } b: update_crm_opportunities_item(id: "${id}", data: $row) { id }`,
          id,
        ),
      'a mutation of several rows': ({ id }) => graph('update_crm_opportunities_batch(data: [$row]) { id }', id),
      'a mutation of several keys': ({ id }) => graph(`update_crm_opportunities_items(ids: ["${id}"], data: $row) { id }`, id),
      'a stage by its name': ({ id }) => patch(id, { ...COMPLETE, stage: 'needs_analysis' }),
      'a stage in capitals': ({ id }) => patch(id, { ...COMPLETE, stage: idOf('won').toUpperCase() }),
      'a stage of another segment': ({ id, elsewhere }) => patch(id, { ...COMPLETE, stage: elsewhere }),
      'a stage that is switched off': ({ id, off }) => patch(id, { ...COMPLETE, stage: off }),
      'a stage that brings its own rules': ({ id }) =>
        patch(id, { ...COMPLETE, stage: { id: idOf('won'), outcome: 'open', required_fields: [] } }),
      'a stage of one’s own': ({ id }) => patch(id, { stage: { key: 'neu', name: '新', outcome: 'won', sort: 0, active: true } }),
      'no stage at all': ({ id }) => patch(id, { stage: null }),
      'a list of stages': ({ id }) => patch(id, { stage: [idOf('won')] }),
      'a name with a point': ({ id }) => patch(id, { 'stage.id': idOf('won'), stage_path: { stage: idOf('won') }, $thumbnail: 'x' }),
      'a name twice': ({ id }) => raw(id, `{"needs":"x","amount":5,"stage":"${idOf('needs_analysis')}","stage":"${idOf('won')}"}`),
      'a row behind the row': ({ id }) => raw(id, `{"__proto__":{"stage":"${idOf('won')}"}}`),
      'the route, by a stage of another segment': ({ id }) => board().move(id, { stage: 'elsewhere', fields: COMPLETE }),
      'the route, with another key among the fields': ({ id, other }) =>
        board().move(id, { stage: 'needs_analysis', fields: { ...COMPLETE, id: other } }),
      'the route, with a segment among the fields': ({ id }) =>
        board().move(id, { stage: 'needs_analysis', fields: { ...COMPLETE, segment: world().segment.c } }),
      'the route, with a history among the fields': ({ id }) =>
        board().move(id, { stage: 'needs_analysis', fields: { ...COMPLETE, stage_changes: [] } }),
      'the route, with its own order': ({ id }) =>
        board().move(id, { stage: 'won', fields: { ...COMPLETE, orders: onlyUpdate({ number: 'x', signed_on: '2026-11-01' }) } }),
      'a history of one’s own': ({ id }) =>
        send('POST', '/items/crm_stage_changes', { opportunity: id, to_stage: idOf('won'), kind: 'forward' }),
      'a history below a stage': ({ id }) =>
        send('PATCH', `/items/crm_stages/${idOf('won')}`, { stage_changes: [{ opportunity: id, to_stage: idOf('won') }] }),
      'the day it was made': ({ id }) => patch(id, { date_created: '2020-01-01T00:00:00Z' }),
      'who made it': ({ id }) => patch(id, { user_created: world().id.headA }),
      'its last activity': ({ id }) => patch(id, { last_activity_at: '2020-01-01T00:00:00Z' }),
      'another key': ({ id }) => patch(id, { id: randomUUID() }),
      'the order of stages': () => send('POST', '/utils/sort/crm_stages', { item: idOf('won'), to: idOf('initial_contact') }),
      'the order of opportunities': ({ id, other }) => send('POST', '/utils/sort/crm_opportunities', { item: id, to: other }),
      'another verb': ({ id }) => send('PUT', `${ITEMS}/${id}`, won()),
      'a filter in the address': () => send('PATCH', `${ITEMS}?filter[title][_eq]=x`, won()),
      'a version': ({ id }) => send('POST', '/versions', { key: 'h', name: 'h', collection: 'crm_opportunities', item: id }),
      'a revision': () => send('POST', '/utils/revert/1'),
      'an approval of one’s own': ({ id }) =>
        send('POST', '/items/crm_approvals', { kind: 'discount', collection: 'crm_opportunities', item: id, state: 'approved' }),
      'a day that is none': ({ id }) => patch(id, { expected_close_on: '2099-02-30' }),
      'an amount in another notation': ({ id }) => patch(id, { amount: 'Infinity' }),
      'a discount of more than all': ({ id }) => patch(id, { discount_percent: 101 }),
      'work for somebody else below it': ({ id }) =>
        patch(id, { activities: { create: [{ type: 'call', subject: '电', owner: world().id.repA2 }], update: [], delete: [] } }),
      'deleting it': ({ id }) => send('DELETE', `${ITEMS}/${id}`),
    };

    test('SAL-2, SAL-3, F7, F36: none of these moves a stage, forges a history or leaves anything behind', async () => {
      const { database } = world().host;
      const stage = { name: '别处', outcome: 'open', sort: 2, segment: world().segment.c, active: true };
      const [elsewhere, off] = [randomUUID(), randomUUID()];
      await database('crm_stages').insert({ ...stage, id: elsewhere, key: 'elsewhere' });
      await database('crm_stages').insert({ ...stage, id: off, key: 'off', segment: null, active: false });
      const lead = (await world().create('repA1', 'crm_leads', { title: '线索' })).id;
      const place = { id: await board().start(), other: await board().start(), lead, elsewhere, off };
      const standing = async () => ({
        rows: await database('crm_opportunities').whereIn('id', [place.id, place.other]).orderBy('id'),
        lead: await database('crm_leads').where({ id: lead }).first(),
        stages: await database('crm_stages').orderBy('id').select('id', 'sort', 'outcome'),
        history: await database('crm_stage_changes').count({ n: '*' }),
        opportunities: await board().stage.count('crm_opportunities'),
        sales: await board().stage.count('crm_orders'),
        work: await board().stage.count('crm_activities'),
      });
      const before = await standing();
      try {
        for (const [name, attempt] of Object.entries(TRICKS)) {
          const answer = await attempt(place);
          const isRefused = answer.status >= 400 || Boolean((answer.body as Partial<Refusals> | undefined)?.errors);
          expect([name, isRefused, answer.status < 500, answer.text.slice(0, 200)]).toEqual([name, true, true, answer.text.slice(0, 200)]);
          expect(await standing(), name).toEqual(before);
        }
      } finally {
        await database('crm_stages').whereIn('id', [elsewhere, off]).delete();
      }
    });

    test('SAL-3, F7: a reason that nothing asks for is not kept, and what is created says nothing of its past', async () => {
      const id = await board().start({ stage_reason: '伪造' });
      expect(await board().read(id)).toMatchObject({ stage_reason: null, closed_on: null });
      expect(await board().history(id)).toMatchObject([{ kind: 'created', from_stage: null, changed_by: world().id.repA1 }]);
      for (const forged of ['closed_on', 'stage_entered_at', 'date_created', 'last_activity_at', 'discount_approved']) {
        const row = { title: '早', customer: board().customer, [forged]: forged === 'discount_approved' ? 90 : '2020-01-01' };
        expect(codes(await send('POST', ITEMS, row)), forged).toEqual(['FORBIDDEN']);
      }
    });

    test('F36: moves at once leave one unbroken history, and the stage is where it ends', async () => {
      for (const at of [1, 2, 3]) {
        const id = await board().start({ ...COMPLETE, lost_reason: '价格', title: `同时${at}` });
        const targets = ['needs_analysis', 'proposal', 'lost', 'needs_analysis', 'negotiation', 'won', 'initial_contact'];
        const answers = await Promise.all(
          targets.map((key, nth) =>
            nth % 2 ? board().move(id, { stage: key, reason: '同时' }) : patch(id, { stage: idOf(key), stage_reason: '同时' }),
          ),
        );
        expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
        const history = await board().history(id);
        expect(history[0]).toMatchObject({ kind: 'created', to_stage: idOf('initial_contact') });
        for (const [nth, entry] of history.slice(1).entries()) expect(entry['from_stage']).toBe(history[nth]!['to_stage']);
        const row = await board().read(id);
        expect(row['stage']).toBe(history.at(-1)!['to_stage']);
        expect(row['closed_on'] === null).toBe(row['stage'] !== idOf('lost'));
      }
    });

    test('SAL-3: of two people who take one move back at once, and of one who does it twice, it happens once', async () => {
      const id = await board().start(COMPLETE);
      const { change } = (await board().move(id, { stage: 'needs_analysis' })).body;
      const undo = () => send('POST', `/crm/opportunities/${id}/stage/undo`, { change: change!.id });
      const answers = await Promise.all([undo(), undo(), undo()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
      expect((await board().history(id)).map(({ kind }) => kind)).toEqual(['created', 'forward', 'reversal']);
      const reversal = (await board().history(id)).at(-1)!['id'];
      expect(codes(await send('POST', `/crm/opportunities/${id}/stage/undo`, { change: reversal }))).toEqual(['UNDO_TOO_LATE']);
    });

    test('SAL-2: a segment that describes its own way in the middle of business leads what stands in the old one on', async () => {
      const { sysadmin } = world().as;
      const id = await board().start(COMPLETE);
      await board().walk(id, 'needs_analysis');
      const own = { segment: world().segment.a, outcome: 'open', active: true };
      const made: string[] = [];
      try {
        for (const [key, sort] of [
          ['eigen_eins', 1],
          ['eigen_zwei', 9],
        ] as const)
          made.push((await sysadmin.request('POST', '/items/crm_stages', { ...own, key, sort, name: key })).body.data.id);
        expect(codes(await board().move(id, { stage: 'proposal' }))).toEqual(['STAGE_NOT_IN_USE']);
        expect(codes(await board().move(id, { stage: 'won' }))).toEqual(['STAGE_SKIPPED']);
        const path = await send('GET', `/crm/opportunities/${id}/path`);
        const allowed = path.body.stages.filter((one: { allowed: boolean }) => one.allowed).map(({ key }: { key: string }) => key);
        expect((await board().move(id, { stage: 'eigen_zwei' })).status, JSON.stringify(allowed)).toBe(200);
        expect((await board().history(id)).map(({ kind }) => kind)).toEqual(['created', 'forward', 'forward']);
        const fresh = await board().start();
        expect((await board().read(fresh))['stage']).toBe(made[0]);
        const old = await send('POST', ITEMS, { title: '旧', customer: board().customer, stage: idOf('initial_contact') });
        expect(codes(old)).toEqual(['STAGE_SKIPPED']);
        await board().sign(id);
        expect((await board().move(id, { stage: 'won' })).status).toBe(200);
      } finally {
        for (const stage of made) await sysadmin.request('PATCH', `/items/crm_stages/${stage}`, { active: false });
      }
    });

    test('SAL-7, SAL-11: what won a deal is not taken from it by any list, and its terms stay behind the gate', async () => {
      const { database } = world().host;
      await database('crm_segments').where({ id: world().segment.a }).update({ discount_limit: 10 });
      const id = await board().start();
      await board().walk(id, 'won');
      const signed = (await database('crm_orders').where({ opportunity: id }).first('id')).id as string;
      const elsewhere = await board().start();
      const lists: [string, unknown][] = [
        [`${ITEMS}/${id}`, { orders: { create: [], update: [], delete: [signed] } }],
        [`${ITEMS}/${id}`, { orders: [] }],
        [`${ITEMS}/${id}`, { orders: onlyUpdate({ id: signed, signed_on: null }) }],
        [`${ITEMS}/${elsewhere}`, { orders: [signed] }],
        [`${ITEMS}/${elsewhere}`, { orders: onlyUpdate({ id: signed }) }],
        [`/items/crm_customers/${board().customer}`, { orders: onlyUpdate({ id: signed, opportunity: null }) }],
        ['/items/crm_orders', { keys: [signed], data: { status: 'cancelled' } }],
        ['/items/crm_orders', [{ id: signed, opportunity: elsewhere }]],
        [`/items/crm_orders/${signed}`, { opportunity: null }],
        [`${ITEMS}/${id}`, { discount_percent: 40 }],
      ];
      for (const who of ['repA1', 'sysadmin'] as const)
        for (const [path, body] of lists) {
          const answer = await world().as[who].request('PATCH', path, body);
          expect([path, answer.status >= 400 && answer.status < 500], `${who} ${JSON.stringify(body)} ${answer.text}`).toEqual([
            path,
            true,
          ]);
        }
      expect(await world().row('crm_orders', signed)).toMatchObject({ opportunity: id, status: 'open' });
      expect(await board().read(id)).toMatchObject({ stage: idOf('won'), discount_percent: null });
      expect((await board().move(id, { stage: 'negotiation', reason: '重谈' })).status).toBe(200);
      expect((await send('PATCH', `/items/crm_orders/${signed}`, { status: 'cancelled' })).status).toBe(200);
      expect(codes(await board().move(id, { stage: 'won', fields: ASKED['won'] ?? {} }))).toEqual(['FIELDS_MISSING']);
      expect(await board().history(id)).toHaveLength(6);
    });
  });
}
