import type { ApprovalKind, ApprovalRow } from '../../approvals/index.ts';
import { toDayText } from '../../kernel/calendar/day-text.ts';
import type { Language } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say, type Said } from '../../platform/api/say.ts';
import { ABSENCES, toAbsence, type AbsenceCollection, type AbsenceRow } from './absence-row.ts';
import { LEAVE_KINDS, LINES } from './locale/refusals.ts';

async function rowOf(database: Knex, collection: AbsenceCollection, { item }: Pick<ApprovalRow, 'item'>): Promise<AbsenceRow | null> {
  const row: AbsenceRow | undefined = await database(collection).where({ id: item }).first();
  return row ? toAbsence(row) : null;
}

async function linesOf(database: Knex, row: AbsenceRow, language: Language) {
  const person = await database('directus_users').where({ id: row.owner }).first('first_name', 'last_name');
  const lines: [Said, string | null][] = [
    [LINES.person, [person?.first_name, person?.last_name].filter(Boolean).join(' ') || null],
    [LINES.kind, row.kind ? say(LEAVE_KINDS[row.kind], language) : null],
    [LINES.destination, row.destination ?? null],
    [LINES.from_on, toDayText(row.from_on, language)],
    [LINES.to_on, toDayText(row.to_on, language)],
  ];
  return lines.flatMap(([label, value]) => (value ? [{ label: say(label, language), value }] : []));
}

function absenceKind(collection: AbsenceCollection): ApprovalKind {
  const settle = (database: Knex, { item }: ApprovalRow, state: AbsenceRow['state']) =>
    updateLogged(database, collection, (rows) => rows.where({ id: item, state: 'requested' }), { state });
  return {
    kind: ABSENCES[collection],
    async fingerprint(database, approval) {
      const row = await rowOf(database, collection, approval);
      return JSON.stringify(row && [row.owner, row.segment, row.from_on, row.to_on]);
    },
    approved: (database, approval) => settle(database, approval, 'approved'),
    rejected: (database, approval) => settle(database, approval, 'rejected'),
    withdrawn: (database, approval) => settle(database, approval, 'withdrawn'),
    async lines(database, approval, language) {
      const row = await rowOf(database, collection, approval);
      return row ? linesOf(database, row, language) : [];
    },
  };
}

/** The decisions about trips and leave (Q12), for the engine. */
export const absenceKinds: readonly ApprovalKind[] = [absenceKind('crm_trips'), absenceKind('crm_leaves')];
