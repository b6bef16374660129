import { canonical, compareFields, compareRule } from './filter-order.ts';
import { finding, type Finding } from './finding.ts';
import type { Filter, PermissionRow, StoredPermission } from './stored-access.ts';

const STAMPING_ACTIONS = new Set(['create', 'update']);
const FIELDLESS_ACTIONS = new Set(['delete', 'share']);

/** Presets stamp segment and owner: one that is gone or different opens them; a new one may set what nobody granted. */
function weakPresets(expected: PermissionRow, stored: PermissionRow): string[] {
  const wanted: Filter = expected.presets ?? {};
  const found: Filter = stored.presets ?? {};
  const granted = new Set(expected.fields ?? []);
  const lost = Object.keys(wanted).filter((key) => canonical(wanted[key]) !== canonical(found[key]));
  const planted = Object.keys(found).filter((key) => !(key in wanted) && !granted.has(key) && !granted.has('*'));
  return [...lost, ...planted].sort();
}

/**
 * Compares one stored permission row with the matrix: every part of it that lets more through closes the CRM, every part
 * that lets less through warns (F1). `role` names the row for people.
 */
export function comparePermission(role: string, expected: PermissionRow, stored: StoredPermission): Finding[] {
  const { collection, action } = expected;
  const path = `${role}.${collection}.${action}`;
  const values = { role, collection, action };
  const findings: Finding[] = [];
  const narrower = (part: string) => findings.push(finding('permission_narrower', path, { ...values, part }));

  const rule = action === 'create' ? 'same' : compareRule(expected.permissions, stored.permissions);
  if (rule === 'wider') findings.push(finding('rule_wider', path, values));
  if (rule === 'narrower') narrower('permissions');

  if (!FIELDLESS_ACTIONS.has(action)) {
    const { more, fewer } = compareFields(expected.fields, stored.fields);
    if (more.length) findings.push(finding('fields_wider', path, { ...values, fields: more.join(', ') }));
    if (fewer.length) narrower(`fields: ${fewer.join(', ')}`);
  }
  if (STAMPING_ACTIONS.has(action)) {
    const validation = compareRule(expected.validation, stored.validation);
    if (validation === 'wider') findings.push(finding('validation_wider', path, values));
    if (validation === 'narrower') narrower('validation');
    const weak = weakPresets(expected, stored);
    if (weak.length) findings.push(finding('preset_wider', path, { ...values, fields: weak.join(', ') }));
  }
  return findings;
}
