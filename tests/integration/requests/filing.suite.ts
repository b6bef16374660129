import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toDayText } from '../../../extensions/crm/src/kernel/calendar/day-text.ts';
import type { World } from '../access/world.ts';
import { hire } from '../freeze/credentials.ts';
import { decide, execute, faultOf, file, filed, preview, TODAY, withdraw } from './desk.ts';

/** ACC-8: who files which form about whom, on every path, and what becomes of it until it is decided. */
export function filingSuite(world: () => World): void {
  const row = (id: string) => world().row('crm_access_requests', id);

  test('ACC-8, ORG-2: a segment admin files for their people; others’ people and nobody answer alike', async () => {
    const { as, id, segment } = world();
    const absent = await file(as.adminA, { kind: 'close', user: randomUUID() });
    expect(faultOf(absent)).toMatchObject({ status: 403, code: 'FORBIDDEN', reason: 'segment_of_others' });
    for (const user of [id.repB, id.headB, id.repC, id.exec, id.sysadmin, id.lostRep])
      for (const kind of ['close', 'move', 'rights', 'freeze', 'thaw']) {
        const answer = await file(as.adminA, { kind, user, to_role: 'sales_rep', to_segment: segment.a });
        expect([kind, answer.status, answer.text]).toEqual([kind, 403, absent.text]);
      }
    for (const who of ['repA1', 'headA', 'exec'] as const)
      expect([who, (await file(as[who], { kind: 'close', user: id.repA2 })).status]).toEqual([who, 403]);
    const elsewhere = { kind: 'open', last_name: '王', user_email: 'x@example.com', to_role: 'sales_rep', to_segment: segment.b };
    for (const to_segment of [segment.b, segment.c, segment.pool, randomUUID()])
      expect((await file(as.adminA, { ...elsewhere, to_segment })).text).toBe(absent.text);
    expect(await world().host.database('crm_access_requests')).toEqual([]);
    expect(await world().host.database('crm_approvals').where({ kind: 'access_request' })).toEqual([]);
  });

  test('ACC-8, ORG-2: whoever files elsewhere is told for which segments they file, in their language, and of nothing else', async () => {
    const { as, id, segment, host } = world();
    const both = await hire(world(), 'segment_admin', segment.c, {
      ...{ language: 'en-US', crm_managed_segments: [{ crm_segment: segment.a }] },
    });
    const open = { kind: 'open', last_name: '王', user_email: 'x@example.com', to_role: 'sales_rep', to_segment: segment.b };
    const textOf = async (client: typeof as.adminA, fields: object) => (await file(client, { ...fields })).body.errors[0].message as string;
    for (const fields of [open, { ...open, to_segment: randomUUID() }, { kind: 'move', user: id.repB, to_segment: segment.a }]) {
      const [zh, en] = [await textOf(as.adminA, fields), await textOf(both.client, fields)];
      expect([zh, en]).toEqual([
        '您只能为这些版块的人员提交审批表：版块a。请选择其中的人员或版块；其他版块由其版块管理员或系统管理员提交。',
        expect.stringMatching(/^You file for people of these segments only: 版块a, 版块c\. Choose a person/u),
      ]);
      expect(`${zh}${en}`).not.toContain('版块b');
    }
    const nowhere = { ...open, to_segment: null };
    expect(faultOf(await file(as.adminA, nowhere))).toMatchObject({ status: 400, reason: 'segment_needed', field: 'to_segment' });
    expect(faultOf(await file(as.adminA, { ...nowhere, to_role: 'group_executive' }))).toMatchObject({ status: 400, reason: 'role_above' });
    const graph = (fields: string) => `mutation { create_crm_access_requests_item(data: { ${fields} }) { id } }`;
    const fields = `kind: "move", user: "${id.repB}", segment: "${segment.a}", effective_on: "${TODAY}", reason: "x"`;
    expect((await as.adminA.graphql(graph(fields))).body.errors[0].message).toContain('版块a');
    expect(await host.database('crm_access_requests')).toEqual([]);
    await host.database('directus_users').where({ id: both.id }).update({ status: 'archived' });
  });

  test('ACC-8: a form without what its kind needs is refused at the field', async () => {
    const { as, id, segment } = world();
    const open = { kind: 'open', last_name: '王', user_email: 'new@example.com', to_role: 'sales_rep', to_segment: segment.a };
    for (const [fields, reason, field] of [
      [{ ...open, last_name: null }, 'name_needed', 'last_name'],
      [{ ...open, last_name: '王'.repeat(51) }, 'name_long', 'last_name'],
      [{ ...open, user_email: null }, 'email_needed', 'user_email'],
      [{ ...open, user_email: 'no address' }, 'email_bad', 'user_email'],
      [{ ...open, user_email: 'wang@group.nosuchdomain' }, 'email_bad', 'user_email'],
      [{ ...open, user_email: 'REPA1@example.com' }, 'email_taken', 'user_email'],
      [{ ...open, to_role: null }, 'role_needed', 'to_role'],
      [{ ...open, to_role: 'group_executive' }, 'role_above', 'to_role'],
      [{ ...open, to_role: 'system_admin' }, 'role_above', 'to_role'],
      [{ kind: 'close' }, 'person_needed', 'user'],
      [{ kind: 'rights', user: id.repA1 }, 'role_needed', 'to_role'],
      [{ kind: 'move', user: id.repA1, to_segment: segment.pool }, 'pool_for_staff', 'to_segment'],
      [{ kind: 'move', user: id.repA1, to_team: randomUUID() }, 'team_elsewhere', 'to_team'],
    ] as const)
      expect([fields, faultOf(await file(as.adminA, fields))]).toEqual([fields, { status: 400, code: 'FAILED_VALIDATION', reason, field }]);
    for (const [fields, reason] of [
      [{ kind: 'rights', user: id.repA1, to_role: 'sales_rep' }, 'nothing_new'],
      [{ kind: 'move', user: id.repA1, to_segment: segment.a }, 'nothing_new'],
      [{ kind: 'thaw', user: id.repA1 }, 'not_frozen'],
    ] as const)
      expect([fields, faultOf(await file(as.adminA, fields))]).toEqual([fields, expect.objectContaining({ status: 409, reason })]);
    for (const fields of [
      { kind: 'close', user: id.repA1, effective_on: '2026-02-30' },
      { kind: 'close', user: id.repA1, effective_on: null },
      { kind: 'close', user: id.repA1, reason: null },
      { kind: 'sack', user: id.repA1 },
    ])
      expect([fields, (await file(as.adminA, fields)).status]).toEqual([fields, 400]);
    expect(await world().host.database('crm_access_requests')).toEqual([]);
  });

  test('ACC-8: what is filed is stamped by the server, asked of the head, and refused a second time', async () => {
    const { as, id, segment, host } = world();
    const answer = await file(as.adminA, { kind: 'close', user: id.repA1, to_role: 'segment_head', user_email: 'y@example.com' });
    expect(answer.status, answer.text).toBe(200);
    const form = answer.body.data.id;
    expect(await row(form)).toMatchObject({
      ...{ state: 'requested', requested_by: id.adminA, owner: id.adminA, segment: segment.a, to_role: null, user_email: null },
    });
    expect((await row(form))['due_on']).not.toBeNull();
    const approval = await host.database('crm_approvals').where({ item: form }).first();
    expect(approval).toMatchObject({ kind: 'access_request', state: 'pending', segment: segment.a, requested_by: id.adminA });
    const inbox = await as.headA.request('GET', `/crm/approvals/${approval.id}`);
    expect(inbox.body).toMatchObject({ mayDecide: true });
    expect(inbox.body.lines.map(({ value }: { value: string }) => value)).toEqual(
      expect.arrayContaining(['repA1', toDayText(TODAY, 'zh-CN')]),
    );
    const again = await file(as.sysadmin, { kind: 'close', user: id.repA1 });
    expect([faultOf(again), again.body.errors[0].extensions.other]).toEqual([
      expect.objectContaining({ status: 409, code: 'ALREADY_PENDING' }),
      form,
    ]);
    for (const client of [as.adminA, as.headA, as.exec, as.adminB, as.repA1]) {
      const changed = await client.request('PATCH', `/items/crm_access_requests/${form}`, { reason: 'x', state: 'approved' });
      expect(changed.status).toBe(403);
    }
    expect((await as.adminB.request('GET', `/items/crm_access_requests/${form}`)).status).toBe(403);
    expect((await as.repA1.request('GET', '/items/crm_access_requests')).status).toBe(403);
    expect((await withdraw(as.adminB, form)).status).toBe(403);
    expect((await withdraw(as.headA, form)).status).toBe(403);
    expect((await withdraw(as.adminA, form)).body).toEqual({ id: form, state: 'withdrawn' });
    expect(await host.database('crm_approvals').where({ item: form }).first('state')).toEqual({ state: 'void' });
    expect(faultOf(await withdraw(as.adminA, form))).toMatchObject({ status: 409, reason: 'not_withdrawable' });
    expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 409, reason: 'is_over' });
  });

  test('ACC-8: GraphQL, batches and rows instead of keys go the same way; two at once, one comes first', async () => {
    const { as, id, host, segment } = world();
    const query = (user: string) =>
      `mutation { create_crm_access_requests_item(data: { kind: "close", user: "${user}", segment: "${segment.a}", effective_on: "${TODAY}", reason: "x" }) { id state } }`;
    expect((await as.adminA.graphql(query(id.repB))).body.errors[0].extensions.code).toBe('FORBIDDEN');
    const one = await as.adminA.graphql(query(id.repA2));
    expect(one.body.data?.create_crm_access_requests_item, one.text).toMatchObject({ state: 'requested' });
    await withdraw(as.adminA, one.body.data.create_crm_access_requests_item.id);
    const changed = await file(as.sysadmin, { kind: 'close', user: { id: id.repA2, status: 'archived', first_name: '改' } });
    expect(changed.status, changed.text).toBe(200);
    expect(await world().row('directus_users', id.repA2)).toMatchObject({ status: 'active', first_name: 'repA2' });
    await withdraw(as.sysadmin, changed.body.data.id);
    const fields = { kind: 'close', effective_on: TODAY, reason: 'x' };
    const batch = await as.adminA.request('POST', '/items/crm_access_requests', [
      { ...fields, user: id.repA2 },
      { ...fields, user: id.repB },
    ]);
    expect(batch.status).toBe(403);
    const both = await Promise.all([1, 2].map(() => file(as.adminA, { kind: 'close', user: id.repA2 })));
    expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([200, 409]);
    const open = await host.database('crm_access_requests').where({ user: id.repA2 }).whereIn('state', ['requested', 'approved']);
    expect(open).toHaveLength(1);
    await withdraw(as.adminA, open[0].id);
  });

  test('ACC-8: attachments are files of whoever files', async () => {
    const { as, id, host, segment } = world();
    const upload = async (owner: string) => {
      const key = randomUUID();
      await host.database('directus_files').insert({
        ...{ id: key, storage: 'local', filename_disk: `${key}.pdf`, filename_download: 'a.pdf', title: 'a', type: 'application/pdf' },
        ...{ uploaded_by: owner, owner, segment: segment.a },
      });
      return key;
    };
    const [own, others] = [await upload(id.adminA), await upload(id.repA1)];
    expect(faultOf(await file(as.adminA, { kind: 'close', user: id.repA2, form_file: others }))).toMatchObject({
      reason: 'file_of_others',
    });
    expect((await world().row('directus_files', others)).owner).toBe(id.repA1);
    const form = await filed(as.adminA, { kind: 'close', user: id.repA2, form_file: own });
    await withdraw(as.adminA, form);
  });

  test('F8: four eyes: neither who files nor whom it is about decides; another post in between makes it void', async () => {
    const { as, id, segment, host } = world();
    const head = await hire(world(), 'segment_head', segment.b);
    const own = await filed(as.adminB, { kind: 'rights', user: id.headB, to_role: 'sales_rep' });
    expect(faultOf(await decide(world(), own, as.headB))).toMatchObject({ status: 403, code: 'NOT_APPROVER' });
    expect((await decide(world(), own, head.client, 'reject')).status).toBe(200);
    expect(await row(own)).toMatchObject({ state: 'rejected' });
    const person = await hire(world(), 'sales_rep', segment.a);
    const form = await filed(as.adminA, { kind: 'rights', user: person.id, to_role: 'segment_head' });
    await host.database('directus_users').where({ id: person.id }).update({ crm_segment: segment.c });
    expect(faultOf(await decide(world(), form, as.headA))).toMatchObject({ status: 409, code: 'APPROVAL_CONFLICT' });
    expect(await row(form)).toMatchObject({ state: 'withdrawn' });
    await host.database('directus_users').where({ id: head.id }).update({ status: 'archived' });
  });

  test('ACC-8: the list shows states and due days, of the own reach only', async () => {
    const { as, id, segment } = world();
    const form = await filed(as.adminA, { kind: 'move', user: id.repA1, to_segment: segment.b, to_position: '销售经理' });
    const list = (client: typeof as.adminA, query = '') => client.request('GET', `/crm/access-requests${query}`);
    const shown = (await list(as.adminA)).body;
    expect(shown.requests).toEqual([
      expect.objectContaining({
        ...{ id: form, kind: 'move', state: 'requested', overdue: false, can: { execute: false, withdraw: true } },
        person: expect.objectContaining({ id: id.repA1, name: 'repA1' }),
        to: expect.objectContaining({ segment: expect.objectContaining({ id: segment.b }), position: '销售经理' }),
      }),
    ]);
    expect((await list(as.headA)).body.requests[0].can).toEqual({ execute: false, withdraw: false });
    expect((await list(as.adminB)).body).toMatchObject({ requests: [], total: 0 });
    expect((await list(as.exec, '?state=all&limit=100')).body.total).toBeGreaterThan(3);
    expect((await list(as.repA1)).status).toBe(403);
    expect((await list(as.adminA, '?limit=1000')).status).toBe(400);
    expect((await preview(as.adminB, form)).status).toBe(403);
    await withdraw(as.adminA, form);
  });
}
