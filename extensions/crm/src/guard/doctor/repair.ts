import { COLLECTIONS } from '../../kernel/collections.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { HostContext, Key, Knex, Row } from '../../platform/api/host.ts';
import { changeRights, inNameOf } from './change-rights.ts';
import type { Doctor } from './doctor.ts';
import { compareFields } from './rules/filter-order.ts';
import { planRepair, type RepairStep } from './rules/plan-repair.ts';
import type { PermissionRow } from './rules/stored-access.ts';

/** A permission row in the host's words. */
const toHost = ({ policy, collection, action, permissions, validation, presets, fields }: PermissionRow): Row => ({
  policy,
  collection,
  action,
  permissions,
  validation,
  presets,
  fields: fields === null ? null : [...fields],
});

/** A line for people and for the log: what a step does. */
export function describeStep(step: RepairStep): string {
  switch (step.do) {
    case 'delete_permission':
    case 'update_permission':
    case 'create_permission':
      return `${step.do} ${step.row.policy} ${step.row.collection}.${step.row.action}`;
    case 'delete_access':
      return `${step.do} ${step.id}`;
    case 'create_access':
      return `${step.do} ${step.role} ${step.policy}`;
    case 'reset_policy':
      return `${step.do} ${step.policy.name}`;
    case 'clear_parent':
      return `${step.do} ${step.role}`;
  }
}

/**
 * Brings the stored rights back to the matrix, in one transaction and through the host's own services, so that its caches
 * and its activity log know (design 3). `by` is the person who asked, null for the server's command line.
 */
export async function repair(context: HostContext, doctor: Doctor, by: string | null): Promise<RepairStep[]> {
  const { expected, stored } = await doctor.rights();
  const steps = planRepair(expected, stored);
  if (steps.length) await carryOutAll(context, doctor, steps, by);
  return steps;
}

/**
 * Gives back to permission rows the granted fields that an upgrade of the matrix wrote away, and nothing else: the grant
 * is the written extension and outlives every version of the matrix.
 */
export async function restoreGrants(context: HostContext, doctor: Doctor): Promise<number> {
  const { expected, stored } = await doctor.rights();
  const steps = planRepair(expected, stored).flatMap((step): RepairStep[] => {
    if (step.do !== 'update_permission') return [];
    const standing = stored.permissions.find((row) => row.id === step.id)!;
    const own = (field: string) =>
      !(field in (COLLECTIONS[standing.collection]?.fields ?? {})) && !(field in (COLLECTIONS[standing.collection]?.lists ?? {}));
    const lost = compareFields(step.row.fields, standing.fields).fewer.filter(own);
    return lost.length ? [{ ...step, row: { ...standing, fields: [...(standing.fields ?? []), ...lost] } }] : [];
  });
  if (steps.length) await carryOutAll(context, doctor, steps, null);
  return steps.length;
}

/** Without a person the host keeps no activity, on which the audit log rests: then the repair logs for itself. */
function loggedBy(knex: Knex, by: string | null) {
  return {
    async change(collection: string, key: Key, work: () => Promise<Key>): Promise<void> {
      await (by ? work() : changeLog().around(knex, collection, [String(key)], work));
    },
    async creation(collection: string, work: () => Promise<Key>): Promise<void> {
      const key = await work();
      if (!by) await changeLog().created(knex, collection, [String(key)]);
    },
  };
}

async function carryOutAll(context: HostContext, doctor: Doctor, steps: readonly RepairStep[], by: string | null): Promise<void> {
  const schema = await context.getSchema();
  const accountability = by ? inNameOf(by) : null;
  const { PermissionsService, AccessService, PoliciesService, RolesService } = context.services;

  await changeRights(context, doctor, async (knex) => {
    const options = { schema, knex, accountability };
    const permissions = new PermissionsService(options);
    const access = new AccessService(options);
    const policies = new PoliciesService(options);
    const roles = new RolesService(options);
    const { change, creation } = loggedBy(knex, by);
    const carryOut = (step: RepairStep): Promise<void> => {
      switch (step.do) {
        case 'delete_permission':
          return change('directus_permissions', step.id, () => permissions.deleteOne(step.id));
        case 'update_permission':
          return change('directus_permissions', step.id, () => permissions.updateOne(step.id, toHost(step.row)));
        case 'create_permission':
          return creation('directus_permissions', () => permissions.createOne(toHost(step.row)));
        case 'delete_access':
          return change('directus_access', step.id, () => access.deleteOne(step.id));
        case 'create_access':
          return creation('directus_access', () => access.createOne({ role: step.role, policy: step.policy }));
        case 'reset_policy': {
          const { id, admin_access, app_access } = step.policy;
          return change('directus_policies', id, () => policies.updateOne(id, { admin_access, app_access }));
        }
        case 'clear_parent':
          return change('directus_roles', step.role, () => roles.updateOne(step.role, { parent: null }));
      }
    };
    for (const step of steps) await carryOut(step);
  });
}
