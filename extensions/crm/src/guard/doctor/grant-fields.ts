import type { Actor } from '../../platform/api/actor.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { changeRights, inNameOf } from './change-rights.ts';
import type { Doctor } from './doctor.ts';
import { GRANT_REFUSALS } from './locale.ts';
import { customFields, readGrants } from './read-access.ts';
import { refuseGrant, type CustomField, type FieldGrant, type GrantRefusal } from './rules/grants.ts';
import type { StoredPermission } from './rules/stored-access.ts';

export interface GrantableField extends CustomField {
  /** Why it cannot be granted, or null. */
  refusal: GrantRefusal | null;
}

const SOME_ROLE = 'sales_rep';

/** The administrator's own fields on our collections, and what is granted of them. */
export async function listGrants({ database, getSchema }: HostContext): Promise<{ fields: GrantableField[]; grants: FieldGrant[] }> {
  const known = customFields(await getSchema());
  const fields = known
    .map((field) => ({ ...field, refusal: refuseGrant({ ...field, role: SOME_ROLE }, known) }))
    .filter((field) => field.type !== 'alias' || field.refusal !== 'dangerous_relation');
  return { fields, grants: await readGrants(database) };
}

/** Past our own step, which refuses grants that come as plain items; the activity log is written all the same. */
const QUIET = { emitEvents: false };

const ACTIONS = { read: 'can_read', create: 'can_create', update: 'can_update' } as const;

function withGrant(row: StoredPermission, grant: FieldGrant): string[] | null {
  const allowed = grant[ACTIONS[row.action as keyof typeof ACTIONS]];
  const others = (row.fields ?? []).filter((field) => field !== grant.field);
  return allowed ? [...others, grant.field] : others;
}

/** Opens one of the administrator's own fields to a role, or closes it again: the grant and the rules in one transaction. */
export async function grantField(context: HostContext, doctor: Doctor, actor: Actor, grant: FieldGrant): Promise<void> {
  const { collection, field, role } = grant;
  const refusal = refuseGrant(grant, customFields(await context.getSchema()));
  if (refusal)
    throw new Refusal({
      code: 'INVALID_PAYLOAD',
      status: 400,
      message: say(GRANT_REFUSALS[refusal], actor.language),
      extensions: { reason: refusal },
    });

  const schema = await context.getSchema();
  const { expected, stored } = await doctor.rights();
  const roleId = expected.roles.find((known) => known.name === role)?.id;
  const policy = expected.access.find((access) => access.role === roleId)?.policy;
  const rows = stored.permissions.filter((row) => row.policy === policy && row.collection === collection && row.action in ACTIONS);

  await changeRights(context, doctor, async (knex) => {
    const options = { schema, knex, accountability: inNameOf(actor.user) };
    const items = new context.services.ItemsService('crm_field_grants', options);
    const known = await knex('crm_field_grants').where({ collection, field, role }).pluck('id');
    const isEmpty = !grant.can_read && !grant.can_create && !grant.can_update;
    if (isEmpty) for (const id of known) await items.deleteOne(id, QUIET);
    else if (known.length) await items.updateOne(known[0], { ...grant }, QUIET);
    else await items.createOne({ ...grant }, QUIET);
    const permissions = new context.services.PermissionsService(options);
    for (const row of rows) if (!row.fields?.includes('*')) await permissions.updateOne(row.id, { fields: withGrant(row, grant) });
  });
}
