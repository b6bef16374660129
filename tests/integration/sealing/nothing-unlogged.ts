import { expect } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { World } from '../access/world.ts';

/**
 * Without keys nothing is changed that the audit log should tell of (SEC-3): no row of ours, and no right, by the technical
 * administrator neither. Who must go at once can.
 */
export async function nothingUnlogged({ root, as, id, host }: World, contact: string): Promise<void> {
  const policy = (await host.database('directus_policies').first('id')).id as string;
  const rule = { policy, collection: 'directus_folders', action: 'read', fields: ['*'] };
  const role = ROLE_IDS.segment_head;
  const tries = [
    await as.repA1.request('PATCH', `/items/crm_contacts/${contact}`, { hobbies: '围棋' }),
    await root.request('POST', '/policies', { name: 'Unlogged' }),
    await root.request('PATCH', `/policies/${policy}`, { description: 'x' }),
    await root.request('POST', '/permissions', rule),
    await root.request('POST', '/roles', { name: 'Unlogged' }),
    await root.request('POST', '/access', { policy, user: id.repC }),
    await root.request('PATCH', `/users/${id.repC}`, { role }),
    await root.request('PATCH', `/roles/${role}`, { users: { create: [], update: [{ id: id.repC, role: null }], delete: [] } }),
    await root.request('POST', '/users', { email: 'unlogged@example.com', role }),
  ];
  for (const [n, { status, body, text }] of tries.entries()) {
    expect(status, `${n}: ${text}`).toBe(503);
    expect(body.errors[0].message).toContain('CRM_KEYS');
  }
  expect(await host.database('directus_policies').where({ name: 'Unlogged' })).toEqual([]);
  expect((await host.database('directus_users').where({ id: id.repC }).first('role')).role).toBe(ROLE_IDS.sales_rep);
  for (const status of ['suspended', 'active']) expect((await root.request('PATCH', `/users/${id.repC}`, { status })).status).toBe(200);
}
