import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { PersonName, World } from '../access/world.ts';
import { everything, handedOver, handOver, newcomer, preview, refusal, undo, undone } from './desk.ts';

/** N5: rules in order, and what cannot be. */
export function rulesSuite(world: () => World): void {
  const customer = (who: PersonName, row: object) =>
    world().create(who, 'crm_customers', { name: `客户${randomUUID().slice(0, 8)}`, ...row });
  const ownerOf = async (id: string, collection = 'crm_customers') => (await world().row(collection, id)).owner;

  test('N5: the first rule that fits wins: by grade, open stage, by hand, leads, everything', async () => {
    const [name, one, two] = [await newcomer(world()), await newcomer(world()), await newcomer(world())];
    const [a, b] = [world().id[one], world().id[two]];
    const [graded, staged, chosen, plain] = [
      await customer(name, { grade: 'A' }),
      await customer(name, { grade: 'B' }),
      await customer(name, { grade: 'A' }),
      await customer(name, {}),
    ];
    const stage = world().stage;
    const opportunity = await world().create(name, 'crm_opportunities', { title: '在跟商机', stage, customer: staged.id });
    const [hot, cold] = [
      await world().create(name, 'crm_leads', { title: '热线索', grade: 'A' }),
      await world().create(name, 'crm_leads', { title: '冷线索', grade: 'C' }),
    ];
    const order = {
      from: world().id[name],
      rules: [
        { to: b, where: { id: { _in: [chosen.id] } } },
        { to: a, where: { grade: { _eq: 'A' } } },
        { to: a, where: { opportunities: { _some: { _and: [{ stage: { _eq: stage } }, { closed_on: { _null: true } }] } } } },
        { to: a, collection: 'crm_leads', where: { grade: { _eq: 'A' } } },
        { to: a, where: { date_created: { _gt: '$NOW(+1 day)' } } },
        { to: b },
      ],
    };
    const seen = await preview(world(), 'adminA', order);
    expect(seen.status, seen.text).toBe(200);
    expect(seen.body.rules.map(({ roots }) => roots)).toEqual([
      { crm_customers: 1 },
      { crm_customers: 1 },
      { crm_customers: 1 },
      { crm_leads: 1 },
      {},
      { crm_customers: 1, crm_leads: 1 },
    ]);
    expect(seen.body.warnings.map(({ reason, rule }) => [reason, rule])).toEqual([['rule_matches_nothing', 5]]);
    const done = await handedOver(world(), 'adminA', order);
    expect(await Promise.all([graded, staged, chosen, plain].map(({ id }) => ownerOf(id)))).toEqual([a, a, b, b]);
    expect(await ownerOf(opportunity.id, 'crm_opportunities')).toBe(a);
    expect([await ownerOf(hot.id, 'crm_leads'), await ownerOf(cold.id, 'crm_leads')]).toEqual([a, b]);
    await undone(world(), 'adminA', done.id);
    expect(await Promise.all([graded, staged, chosen, plain].map(({ id }) => ownerOf(id)))).toEqual(Array(4).fill(world().id[name]));
  });

  test('ACC-11: whoever is held back until an exam takes over nothing, and is not offered; what was theirs comes back to them', async () => {
    const name = await newcomer(world());
    const held = await newcomer(world());
    const hold = (who: PersonName, crm_pending_exam: boolean) =>
      world().host.database('directus_users').where({ id: world().id[who] }).update({ crm_pending_exam });
    const { id } = await customer(name, {});
    const order = { from: world().id[name], rules: [{ to: world().id[held] }] };
    await hold(held, true);
    for (const ask of [preview, handOver]) expect(refusal(await ask(world(), 'adminA', order))).toEqual([400, 'to_inactive']);
    const { people } = (await world().as.adminA.request('GET', '/crm/handovers/people')).body;
    expect(people.find((one: { id: string }) => one.id === world().id[held])).toMatchObject({ active: false, shut: false, at_home: true });
    await hold(held, false);
    const done = await handedOver(world(), 'adminA', order);
    expect(await ownerOf(id)).toBe(world().id[held]);
    await hold(name, true);
    await undone(world(), 'adminA', done.id);
    expect(await ownerOf(id)).toBe(world().id[name]);
    await hold(name, false);
  });

  test('N5: what no rule matches is told and stays', async () => {
    const name = await newcomer(world());
    const [yes, no] = [await customer(name, { grade: 'A' }), await customer(name, { grade: 'C' })];
    const answer = await handOver(world(), 'adminA', {
      from: world().id[name],
      rules: [{ to: world().id.repA2, where: { grade: { _eq: 'A' } } }],
    });
    expect([201, 202], answer.text).toContain(answer.status);
    expect(answer.body.warnings.map(({ reason }) => reason)).toEqual(['left']);
    expect([await ownerOf(yes.id), await ownerOf(no.id)]).toEqual([world().id.repA2, world().id[name]]);
  });

  test('N5: organisations of one group that go to one person stay together, others part, and all is as before after the undo', async () => {
    const name = await newcomer(world());
    const group = await customer(name, {});
    const [along, apart] = [await customer(name, { parent: group.id }), await customer(name, { parent: group.id, grade: 'C' })];
    const before = await everything(world());
    const done = await handedOver(world(), 'adminA', {
      from: world().id[name],
      rules: [{ to: world().id.repA1, where: { grade: { _eq: 'C' } } }, { to: world().id.repA2 }],
    });
    expect([(await world().row('crm_customers', along.id))['parent'], (await world().row('crm_customers', apart.id))['parent']]).toEqual([
      group.id,
      null,
    ]);
    await undone(world(), 'adminA', done.id);
    expect(await everything(world())).toEqual(before);
  });

  test('ACC-10: what cannot be is refused with what to do; other people answer as nobody', async () => {
    const name = await newcomer(world());
    await customer(name, {});
    const { id, segment } = world();
    const from = id[name];
    const frozen = (await world().user({ role: ROLE_IDS.sales_rep, crm_segment: segment.a, status: 'suspended' })).body.data.id;
    const before = await everything(world());
    const cases: [PersonName, object, unknown[]][] = [
      ['adminA', { from, rules: [] }, [400, 'rules_needed']],
      ['adminA', { from, rules: [{ to: from }] }, [400, 'same_person']],
      ['adminA', { from, rules: [{ to: frozen }] }, [400, 'to_inactive']],
      ['sysadmin', { from, rules: [{ to: id.repB }] }, [400, 'to_elsewhere']],
      ['adminA', { from, rules: [{ to: id.repB }] }, [403, 'FORBIDDEN']],
      ['adminA', { from, rules: [{ to: randomUUID() }] }, [403, 'FORBIDDEN']],
      ['adminA', { from: id.repB, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['adminA', { from: randomUUID(), rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['adminA', { from: id.sysadmin, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['adminB', { from, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['headA', { from, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['exec', { from, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['repA1', { from, rules: [{ to: id.repA1 }] }, [403, 'FORBIDDEN']],
      ['adminA', { from, rules: [{ to: id.repA1, where: { grade: { _eq: 'C' } } }] }, [400, 'nothing_matches']],
      ['adminA', { from, rules: [{ to: id.repA1, where: { nosuchfield: { _eq: 'C' } } }] }, [400, 'bad_filter']],
      ['adminA', { from, rules: [{ to: id.repA1, where: { phone_sealed: { _nnull: true } } }] }, [400, 'bad_filter']],
      ['adminA', { from, rules: [{ to: id.repA1, where: { owner: { email: { _contains: 'x' } } } }] }, [400, 'bad_filter']],
      ['adminA', { from, rules: [{ to: id.repA1, where: 'x' }] }, [400, 'bad_value']],
      ['adminA', { from, rules: [{ to: id.repA1, where: [] }] }, [400, 'bad_value']],
      ['adminA', { from, rules: [{ to: id.repA1, collection: 'crm_contacts' }] }, [400, 'bad_value']],
      ['adminA', { from: 'x', rules: [{ to: id.repA1 }] }, [400, 'bad_value']],
      ['adminA', { from, rules: Array(51).fill({ to: id.repA1 }) }, [400, 'bad_value']],
    ];
    for (const [who, body, expected] of cases) expect(refusal(await handOver(world(), who, body)), JSON.stringify(body)).toEqual(expected);
    for (const bad of [
      { name: { _foo: 1 } },
      { region: { _eq: 'x' } },
      { _and: 'x' },
      { name: { _in: { a: 1 } } },
      { __proto__: 1, x: { y: { z: {} } } },
    ]) {
      const { status } = await handOver(world(), 'adminA', { from, rules: [{ to: id.repA1, where: bad }] });
      expect(status, JSON.stringify(bad)).toBe(400);
    }
    const [there, nowhere] = [
      await handOver(world(), 'adminA', { from: id.repB, rules: [{ to: id.repA1 }] }),
      await handOver(world(), 'adminA', { from: randomUUID(), rules: [{ to: id.repA1 }] }),
    ];
    expect(there.text).toBe(nowhere.text);
    expect(await everything(world())).toEqual(before);
    expect(await world().host.database('crm_handovers').where({ from })).toEqual([]);
  });

  test('N5: hand-overs of other segments answer as none; two undos are one; after thirty days it is refused', async () => {
    const name = await newcomer(world());
    await customer(name, {});
    const done = await handedOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id.repA2 }] });
    for (const who of ['adminB', 'repA2', 'headA', 'exec', name] as const)
      for (const [method, path] of [
        ['GET', ''],
        ['POST', '/undo'],
        ['GET', '/certificate'],
      ] as const) {
        const answers = [done.id, randomUUID()].map((one) =>
          world().as[who].request(method, `/crm/handovers/${one}${path}`, method === 'POST' ? {} : undefined),
        );
        const [there, nowhere] = await Promise.all(answers);
        expect([there!.status, there!.text], `${who} ${path}`).toEqual([403, nowhere!.text]);
      }
    const { database } = world().host;
    await database('crm_handovers')
      .where({ id: done.id })
      .update({ undo_until: new Date(Date.now() - 1000) });
    expect(refusal(await undo(world(), 'adminA', done.id))).toEqual([409, 'undo_over']);
    await database('crm_handovers')
      .where({ id: done.id })
      .update({ undo_until: new Date(Date.now() + 60_000) });
    const answers = await Promise.all([undo(world(), 'adminA', done.id), undo(world(), 'sysadmin', done.id)]);
    for (const { status, text } of answers) expect([200, 202], text).toContain(status);
    expect(await database('crm_customers').where({ owner: world().id[name] })).toHaveLength(1);
  });

  test('N5: the certificate states what was done, in both languages, and its hash can be made again', async () => {
    const name = await newcomer(world(), 'sales_rep', { last_name: '<b>张', crm_employee_no: 'E-7' });
    await customer(name, { grade: 'A' });
    const done = await handedOver(world(), 'adminA', {
      ...{ from: world().id[name], reason: '调岗 <script>alert(1)</script>' },
      rules: [{ to: world().id.repA2, where: { grade: { _eq: 'A' } } }],
    });
    const page = await world().as.adminA.request('GET', `/crm/handovers/${done.id}/certificate`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.text).toContain('工作交接证明');
    expect(page.text).toContain('与存档一致');
    expect(page.text).toContain('E-7');
    expect(page.text).not.toMatch(/<script>|<b>张/);
    const data = /<pre id="data">(.*?)<\/pre>/su
      .exec(page.text)![1]!
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    const { createHash } = await import('node:crypto');
    expect(createHash('sha256').update(data).digest('hex')).toBe(done.certificate_hash);
    await world().host.database('directus_users').where({ id: world().id.adminA }).update({ language: 'en-US' });
    const english = await world().as.adminA.request('GET', `/crm/handovers/${done.id}/certificate`);
    await world().host.database('directus_users').where({ id: world().id.adminA }).update({ language: null });
    expect(english.text).toContain('Certificate of hand-over');
    expect(english.text).toContain('Agrees with what is stored');
    const { database } = world().host;
    await database('crm_handovers')
      .where({ id: done.id })
      .update({ certificate_hash: '0'.repeat(64) });
    expect((await world().as.adminA.request('GET', `/crm/handovers/${done.id}/certificate`)).text).toContain('请勿采信');
  });
}
