import { requestApproval, type ApprovalPorts } from '../../approvals/index.ts';
import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { loadPerson } from '../../segments/index.ts';
import { ABSENCES, isAbsence, STANDING, toAbsence, type AbsenceRow } from './absence-row.ts';
import { absenceRefusal } from './refuse.ts';
import { judgeAbsence, overlap } from './rules/absence.ts';

const COLLECTIONS = Object.keys(ABSENCES);

const keyOf = (sent: unknown): unknown => (typeof sent === 'object' && sent !== null ? (sent as Row)['id'] : sent) ?? null;

/**
 * Group staff name no segment of their own absence: it stands where the person is at home. An executive edits nothing of others
 * (ORG-4), and is away for nobody else.
 */
export const absencePlaceStep: WriteStep = {
  name: 'users/absences: where an absence stands',
  collections: COLLECTIONS,
  async beforeCreate(payload, { database, actor }) {
    const key = keyOf(payload['owner']);
    if (actor?.role === 'group_executive') {
      if (key !== null && key !== actor.user) throw forbidden();
      return { ...payload, owner: actor.user, segment: actor.homeSegment ?? GROUP_SEGMENT_ID };
    }
    const isStaff = actor !== null && (actor.admin || actor.role === 'system_admin');
    if (!isStaff || payload['segment']) return payload;
    const person = await loadPerson(database, typeof key === 'string' ? key : actor.user);
    return { ...payload, ...(key === null ? { owner: actor.user } : {}), segment: person?.homeSegment ?? GROUP_SEGMENT_ID };
  },
};

/** The other absences of a person that stand, or may still, and touch these days. */
async function othersOf(database: Knex, row: AbsenceRow): Promise<AbsenceRow[]> {
  const found: AbsenceRow[] = [];
  for (const collection of COLLECTIONS)
    found.push(
      ...(await database(collection)
        .where({ owner: row.owner })
        .whereNot({ id: row.id })
        .whereIn('state', [...STANDING])
        .where('to_on', '>=', toStoredDay(database, row.from_on))),
    );
  return found.map(toAbsence);
}

/** A trip or a leave in the transaction that files it: judged, and asked of whoever approves (Q12). */
async function takeAbsence(ports: ApprovalPorts, { database, collection, item, actor }: AfterWrite): Promise<void> {
  if (!actor || !isAbsence(collection)) return;
  const stored = await database(collection).where({ id: item }).first();
  const row = toAbsence(stored);
  // Two absences of one person wait for each other here.
  const person = await database('directus_users').where({ id: row.owner }).forNoKeyUpdate().first('first_name', 'last_name', 'email');
  const others = await othersOf(database, row);
  const reason = judgeAbsence(row, others);
  const other = others.find((one) => overlap(row, one));
  if (reason) throw absenceRefusal(reason, actor.language, reason === 'overlaps' && other ? { from: other.from_on, to: other.to_on } : {});
  await database(collection).where({ id: item }).update({ state: 'requested' });
  await requestApproval(database, ports, {
    ...{ kind: ABSENCES[collection], collection, item, about: null, segment: row.segment, owner: row.owner },
    title: `${[person?.first_name, person?.last_name].filter(Boolean).join(' ') || person?.email} ${row.from_on} – ${row.to_on}`,
    asked: { from_on: row.from_on, to_on: row.to_on },
    ...{ reason: row.reason, requestedBy: actor.user, person: row.owner },
  });
}

export const absenceStep = (ports: ApprovalPorts): WriteStep => ({
  name: 'users/absences: filing',
  collections: COLLECTIONS,
  async afterWrite(change) {
    if (change.action === 'create') await takeAbsence(ports, change);
  },
});
