import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { hire } from '../freeze/credentials.ts';
import { approved, decide, execute, faultOf, file, filed, preview, withdraw } from './desk.ts';

/** ORG-2: what a form does and tells across the borders of segments. */
export function bordersSuite(world: () => World): void {
  const approvalOf = (item: string) => world().host.database('crm_approvals').where({ item }).first();
  const managed = (id: string) => world().host.database('crm_user_segments').where({ crm_user: id }).pluck('crm_segment');
  const away = (id: string) => world().host.database('directus_users').where({ id }).update({ status: 'archived' });
  const linesOf = async (client: Client, form: string): Promise<string[]> => {
    const answer = await client.request('GET', `/crm/approvals/${(await approvalOf(form)).id}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.lines.map(({ value }: { value: string }) => value);
  };

  test('ACC-8, ORG-2: whoever comes to head another segment is decided there, with the name and no more; staff by the group', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a, { first_name: '跨版块的人' });
    const form = await filed(as.adminA, { kind: 'move', user: person.id, to_segment: segment.b, to_role: 'segment_admin' });
    expect(await world().row('crm_access_requests', form)).toMatchObject({ segment: segment.a });
    expect(await approvalOf(form)).toMatchObject({ segment: segment.b, state: 'pending' });
    for (const client of [as.headA, as.adminB, as.repB]) expect([403, 409]).toContain((await decide(world(), form, client)).status);
    expect(await approvalOf(form)).toMatchObject({ state: 'pending' });
    expect((await preview(as.headB, form)).status).toBe(403);
    const told = await linesOf(as.headB, form);
    expect(told).toEqual(expect.arrayContaining(['跨版块的人', '版块b']));
    expect(told).not.toContain('版块a');
    expect(await linesOf(as.adminA, form)).toEqual(expect.arrayContaining(['跨版块的人', '版块a', '版块b']));
    const link = async (client: Client) =>
      (await client.request('GET', '/crm/access-requests')).body.requests.find(({ id }: { id: string }) => id === form).approval;
    expect([await link(as.adminA), await link(as.headA)]).toEqual([(await approvalOf(form)).id, null]);
    expect((await decide(world(), form, as.headB)).status).toBe(200);
    expect((await execute(as.sysadmin, form)).status).toBe(200);
    expect(await managed(person.id)).toEqual([segment.b]);

    const rep = await hire(world(), 'sales_rep', segment.a);
    const up = await filed(as.sysadmin, { kind: 'rights', user: rep.id, to_role: 'group_executive' });
    expect(await approvalOf(up)).toMatchObject({ segment: segment.pool });
    expect((await decide(world(), up, as.headA)).status).toBe(403);
    expect((await decide(world(), up, as.exec)).status).toBe(200);
    await withdraw(as.sysadmin, up);
    // A head of two who becomes an admin of two: neither of them decides alone.
    const both = await hire(world(), 'segment_head', segment.a, { crm_managed_segments: [{ crm_segment: segment.c }] });
    const wide = await filed(as.adminA, { kind: 'rights', user: both.id, to_role: 'segment_admin' });
    expect(await approvalOf(wide)).toMatchObject({ segment: segment.pool });
    await withdraw(as.adminA, wide);
    // Given another segment since it was filed: one segment alone does not decide it any more.
    const head = await hire(world(), 'segment_head', segment.a);
    const late = await filed(as.adminA, { kind: 'rights', user: head.id, to_role: 'segment_admin' });
    const ready = await approved(world(), as.sysadmin, { kind: 'move', user: head.id, to_role: 'segment_admin', to_position: '主任' });
    await host.database('crm_user_segments').insert({ id: randomUUID(), crm_user: head.id, crm_segment: segment.c, is_home: false });
    expect(faultOf(await decide(world(), late, as.headA))).toMatchObject({ status: 409, code: 'APPROVAL_CONFLICT' });
    expect(faultOf(await execute(as.sysadmin, ready))).toMatchObject({ status: 409, reason: 'subject_changed' });
    await withdraw(as.sysadmin, ready);
    await host.database('directus_users').whereIn('id', [person.id, rep.id, both.id, head.id]).update({ status: 'archived' });
  });

  test('F11: a closed log-in that is opened again has nothing of its former post', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'segment_head', segment.c, {
      ...{ crm_position: '总经理', crm_employee_no: 'E-1', crm_managed_segments: [{ crm_segment: segment.b }] },
    });
    expect((await managed(person.id)).sort()).toEqual([segment.b, segment.c].sort());
    const close = await approved(world(), as.sysadmin, { kind: 'close', user: person.id });
    expect((await execute(as.sysadmin, close)).status).toBe(200);
    const fields = { kind: 'open', last_name: '返聘', user_email: person.email, to_role: 'segment_head', to_segment: segment.a };
    const form = await approved(world(), as.adminA, fields);
    const done = await execute(as.sysadmin, form);
    expect([done.status, done.body.user], done.text).toEqual([200, person.id]);
    expect(await managed(person.id)).toEqual([segment.a]);
    expect(await world().row('directus_users', person.id)).toMatchObject({
      ...{ status: 'active', role: ROLE_IDS.segment_head, crm_segment: segment.a, crm_position: null, crm_employee_no: null },
    });
    const gone = await host.database('crm_audit').where({ collection: 'crm_user_segments', action: 'delete', user: world().id.sysadmin });
    expect(gone.length).toBeGreaterThanOrEqual(2);
    await away(person.id);
  });

  test('ORG-2: a preview counts and tells only what its reader answers for; the executor knows all of it', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    for (const where of [segment.a, segment.b, segment.b]) {
      const { id } = await world().create(person.client, 'crm_customers', { name: `客户 ${randomUUID()}` });
      await host.database('crm_customers').where({ id }).update({ segment: where });
    }
    const form = await approved(world(), as.adminA, { kind: 'close', user: person.id });
    const told = (await preview(as.adminA, form)).body;
    expect(told).toMatchObject({ work: { total: 1, counts: [{ collection: 'crm_customers', count: 1 }] }, work_beyond: true });
    expect(told.problems).toHaveLength(1);
    expect((await preview(as.sysadmin, form)).body).toMatchObject({ work: { total: 3 }, work_beyond: false });
    expect((await execute(as.sysadmin, form)).body.errors[0].extensions.work).toMatchObject({ total: 3 });
    await withdraw(as.adminA, form);

    const second = await hire(world(), 'segment_admin', segment.b);
    const move = await filed(as.adminA, { kind: 'move', user: person.id, to_segment: segment.b, to_role: 'segment_admin' });
    expect((await preview(as.adminA, move)).body.problems).toEqual([]);
    expect((await preview(as.sysadmin, move)).body.problems).toHaveLength(1);
    await withdraw(as.adminA, move);
    await away(second.id);
    await away(person.id);
  });

  test('ORG-2: no old form tells where somebody works now, neither its preview nor its approval', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a, { first_name: '已经走的人' });
    const done = await approved(world(), as.adminA, { kind: 'rights', user: person.id, to_role: 'segment_head' });
    expect((await execute(as.sysadmin, done)).status).toBe(200);
    const open = await filed(as.adminA, { kind: 'close', user: person.id });
    expect((await preview(as.adminA, open)).body).toMatchObject({ before: { role: 'segment_head', segment: { id: segment.a } } });
    await host.database('directus_users').where({ id: person.id }).update({ crm_segment: segment.b, role: ROLE_IDS.sales_rep });
    const nothing = { before: null, after: null, beyond: false, sees: [], work: null, work_beyond: false };
    for (const client of [as.adminA, as.headA]) {
      expect((await preview(client, done)).body).toMatchObject({ ...nothing, state: 'executed', lines: [] });
      const untold = (await preview(client, open)).body;
      expect(untold).toMatchObject({ ...nothing, state: 'requested' });
      expect(untold.lines).toHaveLength(1);
      for (const form of [done, open]) {
        const lines = await linesOf(client, form);
        expect(lines).not.toContain('版块b');
        expect(lines).not.toContain('业务人员');
      }
      expect(await linesOf(client, done)).not.toContain('已经走的人');
    }
    expect(await linesOf(as.sysadmin, done)).toContain('已经走的人');
    expect((await preview(as.sysadmin, open)).body).toMatchObject({ before: { role: 'sales_rep', segment: { id: segment.b } } });
    await withdraw(as.adminA, open);
    await away(person.id);
  });

  test('ORG-2: that the group has a form open for an address is told to no segment', async () => {
    const { as, segment } = world();
    const email = `${randomUUID()}@example.com`;
    const open = { kind: 'open', last_name: '钱', user_email: email };
    const group = await filed(as.sysadmin, { ...open, to_role: 'group_executive' });
    expect(await world().row('crm_access_requests', group)).toMatchObject({ segment: segment.pool });
    const own = { ...open, to_role: 'sales_rep', to_segment: segment.a };
    const form = await filed(as.adminA, own);
    expect(faultOf(await file(as.adminA, own))).toMatchObject({ status: 409, code: 'ALREADY_PENDING' });
    expect(faultOf(await file(as.sysadmin, own))).toMatchObject({ status: 409, code: 'ALREADY_PENDING' });
    await withdraw(as.adminA, form);
    await withdraw(as.sysadmin, group);
  });

  test('ACC-8, ORG-2: the attachments of a form are read by those who answer for the segment, and by nobody else', async () => {
    const { as, id, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const readers = async (uploader: 'adminA' | 'sysadmin', uploadedIn: string) => {
      const key = randomUUID();
      await host.database('directus_files').insert({
        ...{ id: key, storage: 'local', filename_disk: `${key}.pdf`, filename_download: 'a.pdf', title: 'a', type: 'application/pdf' },
        ...{ uploaded_by: id[uploader], owner: id[uploader], segment: uploadedIn },
      });
      const form = await filed(as[uploader], { kind: 'close', user: person.id, form_file: key });
      const names = ['adminA', 'headA', 'repA1', 'adminB', 'headB', 'repB', 'exec', 'sysadmin'] as const;
      const open: string[] = [];
      for (const name of names) if ((await as[name].request('GET', `/files/${key}`)).status === 200) open.push(name);
      for (const client of [as.repA1, as.adminB, as.headB, person.client])
        expect((await client.request('GET', `/assets/${key}`)).status).toBe(403);
      expect((await person.client.request('GET', `/files/${key}`)).status).toBe(403);
      await withdraw(as[uploader], form);
      return open;
    };
    expect(await readers('adminA', segment.a)).toEqual(['adminA', 'headA', 'exec', 'sysadmin']);
    expect(await readers('sysadmin', segment.pool)).toEqual(['adminA', 'headA', 'exec', 'sysadmin']);
    await away(person.id);
  });
}
