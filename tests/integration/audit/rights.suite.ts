import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { World } from '../access/world.ts';

const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The history of rights: what one policy, one rule or one holder more shows. */
export function historyOfRights(the: () => World): void {
  /** The history begins with the first image of all rights. */
  const known = () =>
    expect.poll(() => the().host.database('crm_audit').where({ action: 'baseline' }).first('id'), { timeout: 8000 }).toBeTruthy();

  /** What the diff says of what `work` changes. */
  const diffOf = async (work: () => Promise<unknown>): Promise<{ kind: string; id: string; name: string; fields: object[] }[]> => {
    await known();
    const from = new Date().toISOString();
    await soon(30);
    await work();
    await soon(30);
    const to = new Date().toISOString();
    await soon(30);
    const answer = await the().root.request('GET', `/crm/audit/rights/diff?from=${from}&to=${to}`);
    expect(answer.status, answer.text).toBe(200);
    return answer.body.changes;
  };

  it('SEC-3: the diff shows a rule, admin access and a second factor of a policy that only a person holds', async () => {
    const { root } = the();
    const person = (await root.request('POST', '/users', { email: `${randomUUID()}@example.com`, status: 'active' })).body.data.id;
    const policy = (await root.request('POST', '/policies', { name: 'Direct' })).body.data.id;
    await root.request('PATCH', `/users/${person}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    const rule = { policy, collection: 'directus_folders', action: 'update', fields: ['*'], permissions: {} };
    const said = [
      await diffOf(() => root.request('POST', '/permissions', rule)),
      await diffOf(() => root.request('PATCH', `/policies/${policy}`, { admin_access: true })),
      await diffOf(() => root.request('PATCH', `/policies/${policy}`, { admin_access: false, enforce_tfa: true })),
    ];
    await root.request('DELETE', `/users/${person}`);
    await root.request('DELETE', `/policies/${policy}`);
    expect(said.map((changes) => changes.map(({ kind, fields }) => [kind, fields.length]))).toEqual([
      [['rule', 5]],
      // The person may do everything now, and the policy says why.
      [
        ['user', 1],
        ['policy', 1],
      ],
      [
        ['user', 1],
        ['policy', 2],
      ],
    ]);
  });

  it('SEC-3: the diff shows what everybody without a log-in may do', async () => {
    const { root } = the();
    const policy = (await root.request('POST', '/policies', { name: 'ForEverybody' })).body.data.id;
    await root.request('POST', '/permissions', { policy, collection: 'directus_folders', action: 'read', fields: ['*'], permissions: {} });
    const changes = await diffOf(() => root.request('POST', '/access', { policy, role: null, user: null }));
    await root.request('DELETE', `/policies/${policy}`);
    expect(changes).toMatchObject([{ kind: 'policy', id: policy, fields: [{ field: 'holders', before: [], after: ['public'] }] }]);
  });

  it('SEC-3: a role has what its parent has, and a move to another role of the same name shows', async () => {
    const { root } = the();
    const role = async (more: object) => (await root.request('POST', '/roles', { name: 'Child', ...more })).body.data.id as string;
    const parent = await role({ name: 'Parent' });
    const [child, twin] = [await role({ parent }), await role({})];
    const policy = (await root.request('POST', '/policies', { name: 'Inherited' })).body.data.id;
    await root.request('PATCH', `/roles/${parent}`, { policies: { create: [{ policy }], update: [], delete: [] } });
    const person = (await root.request('POST', '/users', { email: `${randomUUID()}@example.com`, role: child })).body.data.id;
    await known();
    const then = await root.request('GET', `/crm/audit/rights?on=${new Date().toISOString()}`);
    const moved = await diffOf(() => root.request('PATCH', `/users/${person}`, { role: twin }));
    const field = { field: 'role', before: child, after: twin };
    expect(moved).toMatchObject([{ kind: 'user', id: person, fields: [field] }]);
    expect(then.body.users.find(({ id }: { id: string }) => id === person).role_policies).toMatchObject([
      { name: 'Inherited', inherited_from: parent },
    ]);
    expect(JSON.stringify(then.body.roles.find(({ id }: { id: string }) => id === child))).toContain('Inherited');
  });
}
