import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf, lastEntry } from './log.ts';

/** What the database does by itself when a row goes. */
export function followingRows(the: () => World): void {
  it('SEC-3: what the database empties along with a deletion has an entry', async () => {
    const { create, as, id } = the();
    const parent = await create('repA1', 'crm_customers', { name: '母公司一有限公司' });
    const child = await create('repA1', 'crm_customers', { name: '子公司一有限公司', parent: parent.id });
    expect((await as.sysadmin.request('DELETE', `/items/crm_customers/${parent.id}`)).status).toBe(204);
    expect(await lastEntry(the(), { item: child.id })).toMatchObject({
      ...{ action: 'update', user: id.sysadmin, nth: 2 },
      before: { parent: parent.id },
      after: { parent: null },
    });
  });

  it('SEC-3: of very many rows that are emptied the log names a thousand, and says how many more there were', async () => {
    const { create, as, host } = the();
    const parent = await create('repA1', 'crm_customers', { name: '母公司二有限公司' });
    const like = { segment: parent.segment, owner: parent.owner, kind: parent['kind'], status: parent['status'], class: parent['class'] };
    const children = Array.from({ length: 1005 }, (_, n) => ({ ...like, id: randomUUID(), name: `子公司${n}`, parent: parent.id }));
    await host.database.batchInsert('crm_customers', children, 50);
    const before = await countEntries(the(), { collection: 'crm_customers' });
    expect((await as.sysadmin.request('DELETE', `/items/crm_customers/${parent.id}`)).status).toBe(204);
    expect(await countEntries(the(), { collection: 'crm_customers' })).toBe(before + 1 + 1000 + 1);
    expect(await lastEntry(the(), { action: 'cleared' })).toMatchObject({
      ...{ collection: 'crm_customers', item: null },
      before: { parent: parent.id },
      after: { parent: null, rows: 5 },
    });
    await host.database('crm_customers').whereLike('name', '子公司%').delete();
  }, 60_000);

  it('SEC-3: no row of ours goes with one of somebody’s own collection: no way of making relations lets a key of ours cascade', async () => {
    const { root } = the();
    await ownCollection(the(), 'lever');
    await root.request('POST', '/fields/crm_contacts', { field: 'lever', type: 'integer', meta: {}, schema: {} });
    const ends = { collection: 'crm_contacts', field: 'lever', related_collection: 'lever' };
    const link = (on_delete: string) => ({ ...ends, meta: {}, schema: { on_delete } });
    const apply = (diff: object) =>
      root.request('POST', '/schema/apply', {
        hash: 'x',
        diff: { collections: [], fields: [], relations: [{ ...ends, diff: [diff] }] },
      });
    const graph = (name: string, key: string, data: object) =>
      root.graphql(`mutation ($data: ${name}_input!) { ${name}_item(${key} data: $data) { field } }`, { data }, true);
    const refusals = async (made: boolean) => [
      made
        ? await root.request('PATCH', '/relations/crm_contacts/lever', link('cascade'))
        : await root.request('POST', '/relations', link('CASCADE')),
      await apply(
        made ? { kind: 'E', path: ['schema', 'on_delete'], lhs: 'SET NULL', rhs: 'CASCADE' } : { kind: 'N', rhs: link('CASCADE') },
      ),
      made
        ? await graph('update_relations', 'collection: "crm_contacts", field: "lever",', link('CASCADE'))
        : await graph('create_relations', '', link('CASCADE')),
    ];
    for (const { text } of await refusals(false)) expect(text).toContain('"reason":"cascade"');
    const made = await root.request('POST', '/relations', link('SET NULL'));
    expect(made.status, made.text).toBe(200);
    // The guard closes changes of relations for everybody.
    for (const { text } of await refusals(true)) expect(text).toMatch(/"reason":"cascade"|此功能未开放/);
  });

  it('SEC-3: rows of ours that a row of somebody’s own collection lets go of, along others too, have entries', async () => {
    const { root, create, id } = the();
    const key = (await root.request('POST', '/items/lever', {})).body.data.id as number;
    const customer = await create('repA1', 'crm_customers', { name: '杠杆有限公司' });
    const contact = await create('repA1', 'crm_contacts', { customer: customer.id, name: '李杠' });
    expect((await root.request('PATCH', `/items/crm_contacts/${contact.id}`, { lever: key })).status).toBe(200);
    // Above the lever another one, in whose rows capitals count.
    await ownCollection(the(), 'hand', { field: 'id', type: 'string', schema: { is_primary_key: true, max_length: 32 }, meta: {} });
    await root.request('POST', '/fields/lever', { field: 'hand', type: 'string', meta: {}, schema: { max_length: 32 } });
    const above = { collection: 'lever', field: 'hand', related_collection: 'hand', meta: {}, schema: { on_delete: 'CASCADE' } };
    expect((await root.request('POST', '/relations', above)).status).toBe(200);
    expect((await root.request('POST', '/items/hand', { id: 'Left' })).status).toBe(200);
    expect((await root.request('PATCH', `/items/lever/${key}`, { hand: 'Left' })).status).toBe(200);
    expect((await root.request('DELETE', '/items/hand/Left')).status).toBe(204);
    const { user, ...entry } = await lastEntry(the(), { item: contact.id });
    expect(entry).toMatchObject({ action: 'update', origin: 'request', before: { lever: key }, after: { lever: null } });
    expect([user, user === id.sysadmin]).toEqual([(await root.request('GET', '/users/me')).body.data.id, false]);
  });

  it('SEC-3: files whose folder goes, and files that go with a row of somebody’s own collection, have an entry', async () => {
    const { root } = the();
    const upload = async () => {
      const form = new FormData();
      form.append('file', new Blob(['aaa'], { type: 'text/plain' }), 'x.txt');
      return (await root.request('POST', '/files', form)).body.data.id as string;
    };
    const folder = (await root.request('POST', '/folders', { name: 'F' })).body.data.id;
    const [inside, beside] = [await upload(), await upload()];
    await root.request('PATCH', `/files/${inside}`, { folder });
    await root.request('DELETE', `/folders/${folder}`);
    expect(await lastEntry(the(), { item: inside })).toMatchObject({ before: { folder }, after: { folder: null } });

    await root.request('POST', '/fields/directus_files', { field: 'lever', type: 'integer', meta: {}, schema: {} });
    const link = { collection: 'directus_files', field: 'lever', related_collection: 'lever', meta: {}, schema: { on_delete: 'CASCADE' } };
    expect((await root.request('POST', '/relations', link)).status).toBe(200);
    const lever = (await root.request('POST', '/items/lever', {})).body.data.id as number;
    await root.request('PATCH', `/files/${beside}`, { lever });
    expect((await root.request('DELETE', `/items/lever/${lever}`)).status).toBe(204);
    expect(await lastEntry(the(), { item: beside })).toMatchObject({ action: 'delete', collection: 'directus_files' });
  });

  it('SEC-3: a policy that goes takes its rules and holders along, in the log and in the diff of rights', async () => {
    const { root, as, host } = the();
    await expect.poll(() => host.database('crm_audit').where({ action: 'baseline' }).first('id'), { timeout: 8000 }).toBeTruthy();
    const role = (await root.request('POST', '/roles', { name: 'Readers' })).body.data.id as string;
    const policy = (await root.request('POST', '/policies', { name: 'Reading' })).body.data.id as string;
    const rule = { policy, collection: 'directus_folders', action: 'read', fields: ['*'] };
    const permission = String((await root.request('POST', '/permissions', rule)).body.data.id);
    await root.request('PATCH', `/roles/${role}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    const access = String((await host.database('directus_access').where({ policy }).first('id')).id);
    const from = await justNow();
    expect((await root.request('DELETE', `/policies/${policy}`)).status).toBe(204);
    for (const [collection, item] of [
      ['directus_policies', policy],
      ['directus_permissions', permission],
      ['directus_access', access],
    ] as const) {
      const entries = await entriesOf(the(), { collection, item });
      expect(
        entries.map(({ action }) => action).filter((action) => action === 'delete'),
        collection,
      ).toEqual(['delete']);
    }
    const to = await justNow();
    const diff = await as.sysadmin.request('GET', `/crm/audit/rights/diff?from=${from}&to=${to}`);
    expect(diff.status, diff.text).toBe(200);
    expect(diff.body.changes).toContainEqual(
      expect.objectContaining({ kind: 'role', id: role, change: 'changed', fields: [expect.objectContaining({ field: 'policies' })] }),
    );
    expect(diff.body.changes).toContainEqual(
      expect.objectContaining({ kind: 'rule', id: permission, change: 'removed', name: 'Reading · directus_folders.read' }),
    );
    await root.request('DELETE', `/roles/${role}`);
  });
}

async function justNow(): Promise<string> {
  const now = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 20));
  return now;
}

const NUMBERED = { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true }, meta: {} };

/** A collection of the administrator's own. */
async function ownCollection({ root }: World, collection: string, key: object = NUMBERED): Promise<void> {
  const made = await root.request('POST', '/collections', { collection, meta: {}, schema: {}, fields: [key] });
  expect(made.status, made.text).toBe(200);
}
