import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { expectTreeAt, plant, upload } from '../access/tree.ts';
import type { PersonName, World } from '../access/world.ts';
import { approvalAbout, ask, decide, expectSees, ofAnotherCompany, refusal, transferOf } from './desk.ts';

/** CUS-13: disputed customers, leads and opportunities are settled, with reasons. */
export function disputesSuite(world: () => World): void {
  const raise = async (who: PersonName, more: object = {}) => {
    const row = { subject: '启明软件', claim: '九月起我一直在跟进该客户', ...more };
    return (await world().create(who, 'crm_disputes', row)).id;
  };
  const post = (who: PersonName, id: string, what: string, body?: unknown) =>
    world().as[who].request('POST', `/crm/disputes/${id}/${what}`, body);
  const about = (collection: string, record: string) => ({ collection, record });
  const disputeOf = (id: string) => world().host.database('crm_disputes').where({ id }).first();

  test('CUS-13: a claim upheld in the segment makes the claimant the owner, with the whole tree; the reasons are kept', async () => {
    const tree = await plant(world(), 'repA1', '有争议的客户');
    const id = await raise('repA2');
    const evidence = await world().as.adminA.request(
      'GET',
      `/crm/disputes/${id}/evidence?collection=crm_customers&record=${tree.customer.id}`,
    );
    expect(evidence.status, evidence.text).toBe(200);
    expect(evidence.body).toMatchObject({
      record: { id: tree.customer.id, owner: { id: world().id.repA1, name: 'repA1' } },
      first_entry: { by: { id: world().id.repA1, name: 'repA1' } },
      people: [{ by: { id: world().id.repA1 }, activities: 2 }],
    });
    const answer = await post('adminA', id, 'rule', {
      ruling: 'uphold',
      reason: '首次接触在先',
      ...about('crm_customers', tree.customer.id),
    });
    expect([answer.status, answer.body.state], answer.text).toEqual([200, 'upheld']);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA2 });
    await expectSees(world(), 'repA1', tree, 403);
    expect(await disputeOf(id)).toMatchObject({ ruling_reason: '首次接触在先', ruled_by: world().id.adminA, state: 'upheld' });
    expect(await transferOf(world(), answer.body.transfer)).toMatchObject({ state: 'executed', reason: '首次接触在先' });
    const seen = await world().as.repA2.request('GET', `/items/crm_disputes/${id}`);
    expect(seen.body.data).toMatchObject({ state: 'upheld', ruling_reason: '首次接触在先' });
    expect(seen.body.data).not.toHaveProperty('record');
    const again = await world().as.adminA.request(
      'GET',
      `/crm/disputes/${id}/evidence?collection=crm_customers&record=${tree.customer.id}`,
    );
    expect(again.body.owners).toMatchObject([
      { by: { id: world().id.adminA }, from: { id: world().id.repA1 }, to: { id: world().id.repA2 } },
    ]);
    const notes = await world().as.repA1.request('GET', '/notifications?limit=-1&fields=*&sort=-timestamp');
    expect(notes.text).not.toContain(world().id.repA2);
    expect(notes.text).not.toContain('有争议的客户');
    expect(notes.body.data.map(({ subject }: { subject: string }) => subject)).toEqual(
      expect.arrayContaining([expect.stringMatching(/争议已裁定|was ruled/u)]),
    );
  });

  test('CUS-13: an opportunity follows its customer, a lead of its own goes alone', async () => {
    const customer = await world().create('repA1', 'crm_customers', { name: '商机争议' });
    const opportunity = await world().create('repA1', 'crm_opportunities', { customer: customer.id, title: '商机', stage: world().stage });
    const lead = await world().create('repA1', 'crm_leads', { title: '线索' });
    const activity = await world().create('repA1', 'crm_activities', { lead: lead.id, type: 'call', subject: '电话' });
    for (const [collection, record] of [
      ['crm_opportunities', opportunity.id],
      ['crm_leads', lead.id],
    ] as const) {
      const answer = await post('adminA', await raise('repA2'), 'rule', {
        ruling: 'uphold',
        reason: '证据充分',
        ...about(collection, record),
      });
      expect(answer.status, answer.text).toBe(200);
      expect(await world().row(collection, record)).toMatchObject({ owner: world().id.repA2 });
    }
    expect(await world().row('crm_customers', customer.id)).toMatchObject({ owner: world().id.repA2 });
    expect(await world().row('crm_activities', activity.id)).toMatchObject({ owner: world().id.repA2 });
  });

  test('CUS-13: dismissed or taken back, everything stays; what is closed is not ruled again', async () => {
    const { id: record } = await world().create('repA1', 'crm_customers', { name: '不成立' });
    const id = await raise('repA2');
    expect(refusal(await post('adminA', id, 'rule', { ruling: 'dismiss' }))).toEqual([400, 'ruling_reason_needed', 'reason']);
    expect((await post('adminA', id, 'rule', { ruling: 'dismiss', reason: '无证据', ...about('crm_customers', record) })).body.state).toBe(
      'dismissed',
    );
    expect(refusal(await post('adminA', id, 'rule', { ruling: 'dismiss', reason: '再裁' }))).toEqual([409, 'dispute_closed', null]);
    expect(await world().row('crm_customers', record)).toMatchObject({ owner: world().id.repA1 });
    const other = await raise('repA2');
    for (const who of ['repA1', 'headA', 'adminA', 'repB'] as const) expect((await post(who, other, 'withdraw')).status, who).toBe(403);
    expect((await post('repA2', other, 'withdraw')).body.state).toBe('withdrawn');
    expect(refusal(await post('repA2', other, 'withdraw'))).toEqual([409, 'dispute_closed', null]);
  });

  test('CUS-13: neither side rules, nor anybody without the office; foreign disputes and records look absent', async () => {
    const mine = await world().create('adminA', 'crm_customers', { name: '管理员自己的客户' });
    const foreign = await world().create('repB', 'crm_customers', { name: '别的版块的客户' });
    const id = await raise('repA2');
    const uphold = (record: string) => ({ ruling: 'uphold', reason: '证据充分', ...about('crm_customers', record) });
    expect(refusal(await post('adminA', id, 'rule', uphold(mine.id)))).toEqual([403, 'own_dispute', null]);
    expect(refusal(await post('adminA', await raise('adminA'), 'rule', uphold(mine.id)))).toEqual([403, 'own_dispute', null]);
    const forAnother = await raise('adminA', { owner: world().id.repA2 });
    expect(await disputeOf(forAnother)).toMatchObject({ owner: world().id.repA2, user_created: world().id.adminA });
    const theirs = await world().create('repA1', 'crm_customers', { name: '代人主张' });
    expect(refusal(await post('adminA', forAnother, 'rule', uphold(theirs.id)))).toEqual([403, 'own_dispute', null]);
    for (const who of ['repA1', 'repA2', 'headA', 'headB', 'adminB', 'exec'] as const)
      for (const what of ['rule', 'refer'] as const) {
        const [there, nowhere] = [
          await post(who, id, what, what === 'rule' ? uphold(mine.id) : {}),
          await post(who, randomUUID(), what, what === 'rule' ? uphold(mine.id) : {}),
        ];
        expect([there.status, there.text], `${who} ${what}`).toEqual([403, nowhere.text]);
      }
    const [there, nowhere] = [await post('adminA', id, 'rule', uphold(foreign.id)), await post('adminA', id, 'rule', uphold(randomUUID()))];
    expect([there.status, there.text]).toEqual([403, nowhere.text]);
    const look = (record: string) =>
      world().as.adminA.request('GET', `/crm/disputes/${id}/evidence?collection=crm_customers&record=${record}`);
    expect((await look(foreign.id)).text).toBe((await look(randomUUID())).text);
    for (const bad of ['', 'collection=crm_users&record=1', `collection=crm_customers`])
      expect((await world().as.adminA.request('GET', `/crm/disputes/${id}/evidence?${bad}`)).status, bad).toBe(400);
    for (const body of [
      undefined,
      [],
      { ruling: 'maybe' },
      { ruling: 'uphold', record: 7 },
      { ruling: 'uphold', reason: 'x', state: 'upheld' },
    ])
      expect((await post('adminA', id, 'rule', body)).status, JSON.stringify(body)).toBe(400);
    expect(refusal(await post('adminA', id, 'rule', { ruling: 'uphold', reason: '证据充分' }))).toEqual([400, 'record_needed', 'record']);
  });

  test('CUS-13, ORG-3: across segments the admin refers it, and group marketing’s ruling is a transfer', async () => {
    const tree = await plant(world(), 'repB', '跨版块争议');
    const id = await raise('repA1');
    expect((await post('adminA', id, 'refer')).body.state).toBe('referred');
    expect((await post('adminA', id, 'rule', { ruling: 'dismiss', reason: '不再由本版块裁定' })).status).toBe(403);
    const answer = await post('sysadmin', id, 'rule', {
      ...{ ruling: 'uphold', reason: '该客户由甲版块先行接触', basis: 'contract' },
      ...about('crm_customers', tree.customer.id),
    });
    expect(answer.status, answer.text).toBe(200);
    await expectTreeAt(world(), tree, { segment: world().segment.a, owner: world().id.repA1 });
    await expectSees(world(), 'repB', tree, 403);
    await expectSees(world(), 'headB', tree, 403);
    expect(await transferOf(world(), answer.body.transfer)).toMatchObject({ state: 'executed', from_segment: world().segment.b });
  });

  test('CUS-13, PIPL 23: a lead of no customer goes to another company on a basis, is written down, and nothing waits on', async () => {
    await ofAnotherCompany(world(), world().segment.b);
    const { database } = world().host;
    const lead = await world().create('repB', 'crm_leads', { title: '有争议的线索', contact_name: '钱七', phone: '13700137000' });
    const waiting = { ...{ id: randomUUID(), kind: 'lead_allocation', state: 'pending', title: '线索', asked: '{}', step: 1, version: 1 } };
    await database('crm_approvals').insert({
      ...{ ...waiting, collection: 'crm_leads', item: lead.id, lead: lead.id, requested_by: world().id.headB },
      ...{ segment: world().segment.b, owner: world().id.repB, date_created: new Date() },
    });
    const id = await raise('repA1');
    const uphold = (more: object) =>
      post('sysadmin', id, 'rule', { ruling: 'uphold', reason: '甲版块先行接触', ...about('crm_leads', lead.id), ...more });
    expect((await uphold({ basis: 'because' })).status).toBe(400);
    expect(refusal(await uphold({ basis: 'same_handler' }))).toEqual([400, 'not_same_handler', 'basis']);
    expect(await world().row('crm_leads', lead.id)).toMatchObject({ segment: world().segment.b, owner: world().id.repB });
    const answer = await uphold({ basis: 'consent' });
    expect([answer.status, answer.body.state], answer.text).toEqual([200, 'upheld']);
    const place = { segment: world().segment.a, owner: world().id.repA1 };
    expect(await world().row('crm_leads', lead.id)).toMatchObject(place);
    expect(await approvalAbout(world(), lead.id)).toMatchObject({ state: 'void', ...place });
    const given = await database('crm_allocations').where({ lead: lead.id, to_owner: world().id.repA1 }).first();
    expect(given).toMatchObject({
      ...place,
      from_owner: world().id.repB,
      by: world().id.sysadmin,
      how: 'by_hand',
      reason: '甲版块先行接触',
    });
    const entry = await database('crm_audit').where({ action: 'transfer', item: lead.id }).first();
    expect(JSON.stringify(entry.after)).toContain('crm_leads.phone');
    const log = await world().as.adminA.request('GET', `/items/crm_audit?filter[item][_eq]=${id}&limit=-1`);
    expect(log.text, 'the key of the record in the log of the claimant’s segment').not.toContain(lead.id);
    expect(log.text).toContain('甲版块先行接触');

    const unnamed = await world().create('repB', 'crm_leads', { title: '未写依据的线索', contact_name: '李十', phone: '13500135001' });
    const followed = await post('sysadmin', await raise('repA1'), 'rule', {
      ...{ ruling: 'uphold', reason: '甲版块先行接触' },
      ...about('crm_leads', unnamed.id),
    });
    expect(followed.status, followed.text).toBe(200);
    const stated = await database('crm_audit').where({ action: 'transfer', item: unnamed.id }).first();
    expect(stated.reason).toBe('甲版块先行接触');
    expect(JSON.stringify(stated.after)).toContain('request_reason');

    const alone = await world().create('repB', 'crm_leads', { title: '只转线索', contact_name: '孙八', phone: '13600136000' });
    const ruled = await post('sysadmin', await raise('repA1'), 'rule', {
      ...{ ruling: 'uphold', reason: '甲版块先行接触', with_contacts: false },
      ...about('crm_leads', alone.id),
    });
    expect(ruled.status, ruled.text).toBe(200);
    expect(await world().row('crm_leads', alone.id)).toMatchObject({ contact_name: '孙八', phone: null, phone_sealed: null, ...place });
    expect(await database('crm_subject_keys').where({ item: alone.id })).toHaveLength(0);
  });

  test('ORG-3, F8: what else was asked for about the customer ends by a ruling, and its approval with it', async () => {
    const { id: customer } = await world().create('repA1', 'crm_customers', { name: '另有申请' });
    const open = (await ask(world(), 'repA1', { customer, to_segment: world().segment.b })).body.data.id;
    const answer = await post('adminA', await raise('repA2'), 'rule', {
      ...{ ruling: 'uphold', reason: '证据充分' },
      ...about('crm_customers', customer),
    });
    expect(answer.status, answer.text).toBe(200);
    expect(await transferOf(world(), open)).toMatchObject({ state: 'withdrawn' });
    expect(await approvalAbout(world(), open)).toMatchObject({ state: 'void' });
    expect((await decide(world(), 'sysadmin', open, 'approve')).status).toBe(409);
    expect((await ask(world(), 'repA2', { customer, to_segment: world().segment.b })).status).toBe(200);
  });

  test('CUS-13: a lead whose file hangs on somebody else’s record too stays, and the answer says why', async () => {
    const lead = await world().create('repA1', 'crm_leads', { title: '共用附件的线索' });
    const file = await upload(world(), 'repA1');
    const customer = await world().create('repA1', 'crm_customers', { name: '共用附件的客户' });
    await world().create('repA1', 'crm_attachments', { lead: lead.id, file });
    await world().create('repA1', 'crm_attachments', { customer: customer.id, file });
    const answer = await post('adminA', await raise('repA2'), 'rule', {
      ...{ ruling: 'uphold', reason: '证据充分' },
      ...about('crm_leads', lead.id),
    });
    expect(refusal(answer)).toEqual([409, 'file_shared', null]);
    expect(await world().row('crm_leads', lead.id)).toMatchObject({ owner: world().id.repA1 });
  });

  test('CUS-13: what becomes of a claim nobody writes, and a claim says something', async () => {
    const id = await raise('repA1');
    for (const who of ['repA1', 'headA', 'adminA', 'sysadmin'] as const)
      expect((await world().as[who].request('PATCH', `/items/crm_disputes/${id}`, { claim: '改口' })).status, who).toBe(403);
    expect((await world().root.request('PATCH', `/items/crm_disputes/${id}`, { state: 'upheld' })).status).toBe(403);
    const sent = await world().as.repA1.request('POST', '/items/crm_disputes', { subject: 'x', claim: 'y y', state: 'upheld' });
    expect(sent.status).toBe(403);
    const empty = await world().as.repA1.request('POST', '/items/crm_disputes', { subject: '某客户', claim: '。' });
    expect(refusal(empty)).toEqual([400, 'claim_needed', 'claim']);
    expect((await world().as.repA2.request('GET', `/items/crm_disputes/${id}`)).status, 'a colleague’s claim').toBe(403);
    expect((await world().as.headA.request('GET', `/items/crm_disputes/${id}`)).status).toBe(200);
  });
}
