/** Third property (threats.md): every collection of ours has a decision for every role and every action. */
import { expect, it } from 'vitest';
import { accessRows } from '../../seed/access/matrix.ts';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { ROLE_NAMES } from '../../extensions/crm/src/kernel/roles.ts';

it('ORG-11: one permission row at most for each policy, collection and action', () => {
  const { permissions } = accessRows();
  const keys = permissions.map(({ policy, collection, action }) => `${policy} ${collection} ${action}`);
  expect(new Set(keys).size).toBe(keys.length);
});

it('ORG-2: every rule on an owned or segmental collection for a segment role names the segment and shuts out NULL', () => {
  const { permissions, policies } = accessRows();
  const segmentPolicies = policies
    .filter(({ name }) => ['crm_segment_head', 'crm_segment_admin', 'crm_sales_rep'].includes(String(name)))
    .map(({ id }) => id);
  expect(segmentPolicies).toHaveLength(3);
  const scoped = Object.entries(COLLECTIONS)
    .filter(([, model]) => model.tenancy === 'owned' || model.tenancy === 'segmental')
    .map(([name]) => name);
  const rules = permissions.filter(
    ({ policy, collection, action }) => segmentPolicies.includes(policy) && scoped.includes(collection) && action !== 'create',
  );
  expect(rules.length).toBeGreaterThan(ROLE_NAMES.length);
  for (const rule of rules) {
    const text = JSON.stringify(rule.permissions);
    expect(text, `${rule.collection} ${rule.action}`).toContain('"segment":{"_nnull":true}');
    expect(text, `${rule.collection} ${rule.action}`).toContain('$CURRENT_USER.crm_');
    expect(text).not.toContain('_or');
  }
});
