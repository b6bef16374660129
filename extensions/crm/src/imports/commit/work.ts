import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { loadActor, type Actor } from '../../platform/api/actor.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import type { ImportPorts } from '../ports.ts';
import { inBatch } from '../../privacy/index.ts';
import { ROOT } from '../rules/row-key.ts';
import { holdImport, subjectOfImport, type ImportRecord, type Work } from './import-record.ts';
import { loadFieldRights } from './field-rights.ts';

/** Where an import of any kind writes. */
export const WRITTEN_COLLECTIONS = [...Object.values(ROOT), 'crm_customers_tags'];

/** The person as the database knows them now; null for whoever is gone. */
export const actorOf = (database: Knex, user: string): Promise<Actor | null> => loadActor(database, { user } as Accountability);

/**
 * One transaction of background work on an import, in the name of a person: only as long as the lease is ours, on the import as
 * it stands at this moment, one import of a segment at a time, so that two of one file find each other's rows (F32).
 *
 * @param work gets null where the person is gone.
 */
export async function inWork<Result>(
  ports: ImportPorts,
  { id, user, lease }: { id: string; user: string; lease: Lease },
  work: (work: Work | null, record: ImportRecord, database: Knex) => Promise<Result>,
): Promise<Result | null> {
  const { context, keys, clock, leads, afterActivities } = ports;
  const schema = await context.getSchema();
  const origin = { kind: 'job' as const, user, actingFor: user, reason: `import ${id}` };
  return withOrigin(origin, () =>
    inBatch(context.database, async (database) => {
      if (!(await lease.renew(database))) return null;
      const record = await holdImport(database, id);
      if (!record) return null;
      const ring = keys.ring();
      if (!ring.accepted) throw new Error(`keys: ${ring.reason.reason}`);
      const actor = await actorOf(database, user);
      if (!actor) return work(null, record, database);
      const segment = await database('crm_segments')
        .where({ id: record.segment })
        .forNoKeyUpdate()
        .first('allocation_needs_approval', 'timezone');
      const needsApproval = Boolean(segment?.allocation_needs_approval);
      const now = clock.now();
      const subject = await subjectOfImport(database, ring.value, id);
      const mark = record.sample_state === 'waiting' || record.sample_state === 'returned' ? id : null;
      const today = toBusinessDate(now);
      const localDay = toBusinessDate(now, segment?.timezone ?? undefined);
      const writable = await loadFieldRights(database, actor, WRITTEN_COLLECTIONS, ['create', 'update']);
      const held = {
        database,
        schema,
        ring: ring.value,
        keys,
        clock,
        leads,
        afterActivities,
        now,
        today,
        localDay,
        actor,
        record,
        subject,
      };
      return work({ ...held, writable, needsApproval, mark }, record, database);
    }),
  );
}
