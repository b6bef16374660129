import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { HostServices, Row } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { callerOf, isGuardedFor, isInModel, isOurs } from './caller.ts';
import { assertIsolation } from './doctor/state.ts';
import { guardSchemaOf } from './host-schema.ts';
import type { GuardPorts } from './ports.ts';
import { readableRows, type CanReadAll } from './readable-rows.ts';
import { inUse, payloadRefusal } from './refuse.ts';
import { referencesOf } from './rules/payload-references.ts';
import { isUuid } from './rules/plain-values.ts';
import { findPayloadFault, type PayloadShape } from './rules/payload-shape.ts';

/**
 * First step of every write: what is sent must fit the collection, and may point only at rows the caller can read. The
 * answer for a foreign row and for an absent one is the same, and comes before any check of the host (HOLE 4, §13).
 */
export function guardSteps(ports: GuardPorts, services: HostServices): readonly WriteStep[] {
  const check = referenceCheck(ports, readableRows(services));
  return [
    {
      name: 'guard',
      collections: [...Object.keys(COLLECTIONS), ...Object.keys(EXTENDED)],
      async beforeCreate(payload, context) {
        await check(payload, context);
        return withServerKey(payload, context);
      },
      async beforeUpdate(payload, _keys, context) {
        await check(payload, context);
      },
      async beforeDelete(keys, context) {
        refuseWhileUnsafe(context);
        await refuseInUse(keys, context);
      },
    },
  ];
}

/** Nothing is written by people while the stored rights are wider than the matrix (F1). */
function refuseWhileUnsafe({ accountability, collection, actor }: WriteContext): void {
  const caller = callerOf(accountability);
  if (caller && !caller.admin && (isOurs(collection) || caller.role)) assertIsolation(actor?.language ?? null);
}

/**
 * What others point at stays, with words for it: the database would refuse it without. Asked only for those who may see
 * every row and delete; for anybody else the host's own refusal comes, and tells nothing.
 */
async function refuseInUse(keys: readonly string[], { collection, database, actor }: WriteContext): Promise<void> {
  if (!actor?.admin && actor?.role !== 'system_admin') return;
  for (const [from, { fields }] of Object.entries(COLLECTIONS)) {
    for (const [field, { relation }] of Object.entries(fields)) {
      if (relation?.to !== collection || relation.onDelete !== 'NO ACTION') continue;
      const pointing = await database(from)
        .whereIn(field, [...keys])
        .first(field);
      if (pointing) throw inUse(actor.language);
    }
  }
}

/** A key is always the server's: a client that chooses one could ask whether it is taken. */
function withServerKey(payload: Row, { collection, accountability }: WriteContext): Row | undefined {
  const caller = callerOf(accountability);
  const chosen = isOurs(collection) && caller && !caller.admin && Object.hasOwn(payload, 'id');
  return chosen ? { ...payload, id: crypto.randomUUID() } : undefined;
}

function referenceCheck(ports: GuardPorts, canReadAll: CanReadAll) {
  return async (payload: Row, context: WriteContext): Promise<void> => {
    const { accountability, schema, collection, database, actor } = context;
    const caller = callerOf(accountability);
    if (!caller || !accountability || !schema) return;
    if (caller.share && isOurs(collection)) throw forbidden();
    refuseWhileUnsafe(context);
    const fault = findPayloadFault(shapeOf(collection, context), payload);
    if (fault) throw payloadRefusal(collection, fault, actor?.language ?? null);
    if (caller.admin) return;

    const isGuarded = isGuardedFor(caller);
    const wanted = new Map<string, (string | number)[]>();
    for (const { collection: target, id } of referencesOf(guardSchemaOf(schema), collection, payload)) {
      if (!isGuarded(target) || ports.rowRuleOf(caller.role, target) === 'all') continue;
      if (schema.collections[target]?.fields['id']?.type === 'uuid' && !isUuid(id)) throw forbidden();
      wanted.set(target, [...(wanted.get(target) ?? []), id]);
    }
    for (const [target, ids] of wanted) {
      if (!(await canReadAll({ database, schema, accountability }, target, ids))) throw forbidden();
    }
  };
}

/** The model's shape for our collections; for people and files only our own fields are judged, the host knows its own. */
function shapeOf(collection: string, { schema }: WriteContext): PayloadShape {
  const info = COLLECTIONS[collection] ?? EXTENDED[collection];
  const stored = schema?.collections[collection]?.fields ?? {};
  const own = <Value>(values: Record<string, Value> | undefined, name: string) =>
    values && Object.hasOwn(values, name) ? values[name] : undefined;
  return {
    isList: (name) => own(info?.lists, name) !== undefined,
    fieldOf: (name) => {
      const field = own(info?.fields, name);
      if (field) return field;
      const column = own(stored, name);
      return column && column.type !== 'alias' && isInModel(collection) ? { type: column.type, relation: true } : undefined;
    },
    isDecoration: (name) => !isInModel(collection) || own(stored, name)?.type === 'alias',
  };
}
