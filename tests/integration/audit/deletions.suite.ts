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
