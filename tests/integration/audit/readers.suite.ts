import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { AUDITOR_POLICY_ID } from '../../../seed/access/identities.ts';
import { createClient, type Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { entriesOf, lastEntry } from './log.ts';

/** A person without a role of the CRM who holds the auditor's policy, as docs/guide/audit.md says. */
export async function anAuditor({ root, host }: World): Promise<Client> {
  const token = randomUUID();
  const answer = await root.request('POST', '/users', {
    email: `auditor.${randomUUID()}@example.com`,
    status: 'active',
    token,
    policies: { create: [{ policy: AUDITOR_POLICY_ID }], update: [], delete: [] },
  });
  if (answer.status !== 200) throw new Error(answer.text);
  return createClient(host.url, token);
}

const list = (client: Client, query = '') => client.request('GET', `/items/crm_audit?limit=500${query}`);

/** Who reads the log, and how much of it. */
export function readersOfTheLog(the: () => World): void {
  it('SEC-3, F18: a segment admin reads its own segment, system admins all, heads, executives and reps nothing', async () => {
    const { as, create, segment } = the();
    const [mine, foreign] = [
      await create('repA1', 'crm_customers', { name: '读者甲有限公司' }),
      await create('repB', 'crm_customers', { name: '读者乙有限公司' }),
    ];
    const admin = await list(as.adminA);
    expect(admin.status, admin.text).toBe(200);
    expect(new Set(admin.body.data.map((row: { segment: string }) => row.segment))).toEqual(new Set([segment.a]));
    expect(admin.text).toContain(mine.id);
    expect(admin.text).not.toContain(foreign.id);
    expect(Object.keys(admin.body.data[0])).not.toContain('ip');
    const all = await as.sysadmin.request('GET', '/items/crm_audit?aggregate[count]=*');
    const count = Number((await the().host.database('crm_audit').count({ count: '*' }).first())!['count']);
    expect(Number(all.body.data[0].count)).toBe(count);
    for (const person of ['headA', 'exec', 'repA1', 'lostRep', 'lostHead'] as const)
      expect((await list(as[person])).status, person).toBe(403);
    for (const person of ['adminA', 'headA', 'exec', 'repA1'] as const)
      expect((await as[person].request('GET', '/items/crm_audit_blocks')).status, person).toBe(403);
  });

  it('SEC-5: a look at a sealed value stands in the log, with who, why and which field, and never the value', async () => {
    const { as, create, id, segment } = the();
    const customer = await create('repA1', 'crm_customers', { name: '读者戊有限公司' });
    const phone = '13912340077';
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '周戊', phone });
    const look = (body: object) => as.repA1.request('POST', `/crm/contacts/${contact.id}/reveal`, body);
    const shown = await look({ field: 'phone', reason: 'contract' });
    expect([shown.status, shown.body]).toEqual([200, { value: phone }]);
    const entry = await lastEntry(the(), { item: contact.id, action: 'reveal' });
    expect(entry).toMatchObject({
      ...{ collection: 'crm_contacts', user: id.repA1, acting_for: null, segment: segment.a, nth: 0, origin: 'request' },
      ...{ before: null, after: { field: 'phone' }, reason: 'contract', request_id: shown.headers.get('x-request-id') },
    });
    expect(JSON.stringify(entry)).not.toContain(phone);
    expect((await look({ field: 'phone', reason: 'x' })).status).toBe(400);
    expect(await entriesOf(the(), { item: contact.id, action: 'reveal' })).toHaveLength(1);
    const read = async (who: Client) =>
      (await list(who, `&filter[action][_eq]=reveal&filter[item][_eq]=${contact.id}`)).body.data as unknown[];
    expect([await read(as.adminA), await read(as.sysadmin), await read(as.adminB)].map(({ length }) => length)).toEqual([1, 1, 0]);
  });

  it('ORG-2, SEC-3: that a row left its segment is told to administrators only; before and after it each segment reads its own', async () => {
    const { as, root, create, id, segment } = the();
    const customer = await create('repB', 'crm_customers', { name: '读者己有限公司' });
    const lead = await create('repA1', 'crm_leads', { title: '换版块的线索' });
    const moved = await root.request('PATCH', `/items/crm_leads/${lead.id}`, { customer: customer.id });
    expect(moved.status, moved.text).toBe(200);
    expect(await lastEntry(the(), { item: lead.id })).toMatchObject({
      ...{ action: 'update', segment: null },
      before: { segment: segment.a, owner: id.repA1 },
      after: { segment: segment.b, owner: id.repB },
    });
    expect((await as.repB.request('PATCH', `/items/crm_leads/${lead.id}`, { title: '到了' })).status).toBe(200);
    const read = async (who: Client) =>
      ((await list(who, `&filter[item][_eq]=${lead.id}&sort=nth`)).body.data as { nth: number }[]).map(({ nth }) => Number(nth));
    expect([await read(as.adminA), await read(as.adminB)]).toEqual([[1], [3]]);
    for (const all of [as.sysadmin, root, await anAuditor(the())]) expect(await read(all)).toEqual([1, 2, 3]);
  });

  it('SEC-3: an auditor reads the whole log and the blocks, and neither reads nor changes anything else', async () => {
    const { create } = the();
    const auditor = await anAuditor(the());
    const customer = await create('repA1', 'crm_customers', { name: '读者丙有限公司' });
    const answer = await list(auditor, `&filter[item][_eq]=${customer.id}`);
    expect(answer.status, answer.text).toBe(200);
    expect(answer.body.data).toHaveLength(1);
    expect((await auditor.request('GET', '/items/crm_audit_blocks')).status).toBe(200);
    expect((await auditor.request('GET', '/items/crm_customers')).status).toBe(403);
    expect((await auditor.request('PATCH', `/items/crm_customers/${customer.id}`, { name: '改' })).status).toBe(403);
    expect((await auditor.request('GET', '/users?fields=id,email')).body.data ?? []).toHaveLength(1);
    expect((await the().host.anonymous.request('GET', '/crm/health')).status).toBe(200);
  });

  it('SEC-3: an auditor writes nothing: no row, no right, no setting, no comment on an entry', async () => {
    const { create, host, id, stage } = the();
    const auditor = await anAuditor(the());
    const own = (await auditor.request('GET', '/users/me?fields=id')).body.data.id;
    const customer = await create('repA1', 'crm_customers', { name: '审计员不写有限公司' });
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '周不写' });
    const rows: [path: string, row: string | number, more: object][] = [
      ['/items/crm_customers', customer.id, { name: '改' }],
      ['/items/crm_contacts', contact.id, { customer: customer.id, name: '改' }],
      ['/items/crm_stages', stage, { key: 'x', name: '改', outcome: 'open', sort: 1 }],
      ['/items/crm_user_segments', (await host.database('crm_user_segments').first('id')).id, { is_home: false }],
      ['/users', id.repA1, { email: 'by.auditor@example.com', status: 'suspended' }],
      ['/roles', ROLE_IDS.sales_rep, { name: '改' }],
      ['/policies', AUDITOR_POLICY_ID, { name: '改', admin_access: true }],
      ['/permissions', 1, { policy: AUDITOR_POLICY_ID, collection: 'crm_customers', action: 'read' }],
      ['/access', (await host.database('directus_access').first('id')).id, { user: own, policy: AUDITOR_POLICY_ID }],
      ['/flows', randomUUID(), { name: '改', trigger: 'manual' }],
      ['/folders', randomUUID(), { name: '改' }],
      ['/dashboards', randomUUID(), { name: '改' }],
    ];
    const said: [string, number][] = [];
    for (const [path, row, more] of rows) {
      const tries: [string, string, unknown][] = [
        ['POST', path, more],
        ['POST', path, [more]],
        ['PATCH', `${path}/${row}`, more],
        ['PATCH', path, { keys: [row], data: more }],
        ['PATCH', path, [{ id: row, ...more }]],
        ['DELETE', `${path}/${row}`, undefined],
        ['DELETE', path, [row]],
      ];
      for (const [verb, where, body] of tries) said.push([`${verb} ${where}`, (await auditor.request(verb, where, body)).status]);
    }
    said.push(['PATCH /settings', (await auditor.request('PATCH', '/settings', { project_name: '改' })).status]);
    const entry = await host.database('crm_audit').first('id');
    for (const collection of ['crm_audit', 'crm_audit_blocks', 'crm_customers']) {
      const item = collection === 'crm_customers' ? customer.id : ((await host.database(collection).first('id'))?.id ?? entry.id);
      said.push([`comment on ${collection}`, (await auditor.request('POST', '/comments', { collection, item, comment: 'x' })).status]);
    }
    expect(said.filter(([, status]) => status !== 403)).toEqual([]);
    const graph = await auditor.graphql(`mutation { update_crm_customers_item(id: "${customer.id}", data: { name: "改" }) { id } }`);
    expect(graph.body.errors.length).toBeGreaterThan(0);
    expect(await host.database('crm_audit').where({ user: own }).whereNot({ action: 'login' })).toEqual([]);
  });

  it('SEC-3: the page’s route finds by name, names who and what is mentioned, and tells addresses to nobody who may not know them', async () => {
    const { as, create, id, segment, host } = the();
    const customer = await create('repA1', 'crm_customers', { name: '读者丁有限公司' });
    const person = await host.database('directus_users').where({ id: id.repA1 }).first('first_name', 'last_name', 'email');
    const called = [person.first_name, person.last_name].filter(Boolean).join(' ');
    const ask = (who: Client, user: string) =>
      who.request('GET', `/crm/audit/entries?item=${customer.id}&user=${encodeURIComponent(user)}`);
    for (const wanted of [called, called.toUpperCase(), id.repA1, person.email]) {
      const { body, text } = await ask(as.sysadmin, wanted);
      expect(body.entries, text).toHaveLength(1);
      expect(body.names).toMatchObject({ [id.repA1]: called });
      expect(Object.keys(body.names)).toContain(segment.a);
      expect(body.labels.crm_customers).toMatchObject({ name: '客户', fields: { owner: expect.any(String) as string } });
    }
    expect((await ask(as.adminA, called)).body.entries).toHaveLength(1);
    expect((await ask(as.adminA, person.email)).body.entries).toHaveLength(0);
    expect((await ask(as.sysadmin, '%')).body.entries).toHaveLength(0);
    expect((await ask(as.sysadmin, "' or 1=1 --")).body.entries).toHaveLength(0);
  });

  it('F1: one of our people who also holds the auditor’s policy closes the CRM', async () => {
    const { root, id, host } = the();
    const given = await root.request('PATCH', `/users/${id.repA2}`, {
      policies: { create: [{ policy: AUDITOR_POLICY_ID }], update: [], delete: [] },
    });
    expect(given.status).toBe(200);
    expect((await host.anonymous.request('GET', '/crm/health')).status).toBe(503);
    const [access] = await host.database('directus_access').where({ user: id.repA2 }).pluck('id');
    await root.request('PATCH', `/users/${id.repA2}`, { policies: { create: [], update: [], delete: [access] } });
    await expect.poll(async () => (await host.anonymous.request('GET', '/crm/health')).status, { timeout: 8000 }).toBe(200);
  });
}
