import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { World } from '../access/world.ts';

interface Stage {
  world: World;
  /** A contact of segment A with both values. */
  contact: string;
  values: { phone: string; email: string };
}

/** A reveal needs the right to the field besides the right to the row. */
export function fieldRights(the: () => Stage): void {
  test('SEC-5: who may read the row and not the field is shown nothing of it', async () => {
    const { world, contact, values } = the();
    const rule = await world.host
      .database('directus_permissions as rule')
      .join('directus_access as access', 'access.policy', 'rule.policy')
      .where({ 'access.role': ROLE_IDS.segment_head, 'rule.collection': 'crm_contacts', 'rule.action': 'read' })
      .first('rule.id', 'rule.fields');
    const fields = String(rule.fields).split(',');
    expect(fields).toContain('phone');
    const grant = (granted: string[]) => world.root.request('PATCH', `/permissions/${rule.id}`, { fields: granted });
    const ask = (field: string) => world.as.headA.request('POST', `/crm/contacts/${contact}/reveal`, { field, reason: 'contract' });
    expect((await grant(fields.filter((field) => field !== 'phone'))).status).toBe(200);
    const refused = await ask('phone');
    expect([refused.status, refused.text.includes(values.phone)]).toEqual([403, false]);
    expect((await ask('email')).body.value).toBe(values.email);
    expect((await grant(fields)).status).toBe(200);
    expect((await ask('phone')).body.value).toBe(values.phone);
    const looks: string[] = await world.host.database('crm_reveals').where({ user: world.id.headA, item: contact }).pluck('field');
    expect(looks.sort()).toEqual(['email', 'phone']);
  });
}
