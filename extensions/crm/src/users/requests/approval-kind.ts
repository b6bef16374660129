import { namesFor, type ApprovalKind, type ApprovalRow, type AskedLine } from '../../approvals/index.ts';
import { toDayText } from '../../kernel/calendar/day-text.ts';
import { roleOf } from '../../kernel/roles.ts';
import type { Actor, Language } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say, type Said } from '../../platform/api/say.ts';
import { activeSystemAdmins } from '../../segments/index.ts';
import { missingYears } from './calendar-years.ts';
import { formIsGone } from './early-form.ts';
import { EFFECTS } from './locale/effects.ts';
import { KIND_NAMES, LINES, ROLE_WORDS } from './locale/notices.ts';
import { OPEN_STATES, REQUEST_KIND, REQUESTS, toRequest, USERS, type RequestRow } from './request-row.ts';
import { fingerprintOf } from './rules/access-request.ts';
import { segmentThatDecides } from './rules/who-decides.ts';
import { personName, postOf } from './subject.ts';
import { tell } from './tell.ts';

async function rowOf(database: Knex, { item }: Pick<ApprovalRow, 'item'>): Promise<RequestRow | null> {
  const row: RequestRow | undefined = await database(REQUESTS).where({ id: item }).first();
  return row ? toRequest(row) : null;
}

/**
 * What has to be as it was when it was filed, until it is carried out: the form, the post of the person, and whose decision it is.
 */
export async function fingerprint(database: Knex, row: RequestRow): Promise<string> {
  const user = row.user ? await database(USERS).where({ id: row.user }).first('role', 'crm_segment', 'status') : null;
  const decides = segmentThatDecides(row, row.segment, await postOf(database, row.user));
  return JSON.stringify([fingerprintOf(row, user ?? null), decides]);
}

const settle = (database: Knex, { item }: ApprovalRow, state: RequestRow['state']) =>
  updateLogged(database, REQUESTS, (rows) => rows.where({ id: item, state: 'requested' }), { state });

async function end(database: Knex, approval: ApprovalRow, state: 'rejected' | 'withdrawn'): Promise<void> {
  await settle(database, approval, state);
  await formIsGone(database, approval.item);
}

/** The decision about a form (ACC-8): approved, it waits for a system admin who carries it out. */
export const requestKind: ApprovalKind = {
  kind: REQUEST_KIND,
  async fingerprint(database, approval) {
    const row = await rowOf(database, approval);
    return row ? fingerprint(database, row) : '';
  },
  async approved(database, approval) {
    const row = await rowOf(database, approval);
    await settle(database, approval, 'approved');
    await tell(database, await activeSystemAdmins(database), 'approved', { due: row?.due_on ?? '—' });
  },
  rejected: (database, approval) => end(database, approval, 'rejected'),
  withdrawn: (database, approval) => end(database, approval, 'withdrawn'),
  async lines(database, approval, language, reader) {
    const row = await rowOf(database, approval);
    return row ? linesOf(database, row, approval, { language, reader }) : [];
  },
};

/**
 * What the form says. Where the person works now is told while it is open, and only to those who may know of them; whoever decides
 * who comes to their segment knows the name, and no more (ORG-2).
 */
async function linesOf(
  database: Knex,
  row: RequestRow,
  { state }: ApprovalRow,
  { language, reader }: { language: Language; reader: Actor },
): Promise<AskedLine[]> {
  const user = row.user ? await database(USERS).where({ id: row.user }).first('role', 'crm_segment') : null;
  const isKnown = !row.user || (await namesFor(database, reader, [row.user])).person(row.user) !== null;
  const present = isKnown && OPEN_STATES.includes(row.state) ? user : null;
  const segments: { id: string; name: string }[] = await database('crm_segments').select('id', 'name');
  const segmentName = (id: string | null | undefined) => segments.find((one) => one.id === id)?.name ?? null;
  const roleName = (role: RequestRow['to_role']) => (role ? say(ROLE_WORDS[role], language) : null);
  const years = OPEN_STATES.includes(row.state) ? await missingYears(database, row) : [];
  const lines: [Said, string | null][] = [
    [LINES.kind, say(KIND_NAMES[row.kind], language)],
    [LINES.person, isKnown || state === 'pending' ? await personName(database, row) : null],
    [LINES.email, row.user_email],
    [LINES.present_role, roleName(roleOf(present?.role))],
    [LINES.role, roleName(row.to_role)],
    [LINES.present_segment, segmentName(present?.crm_segment)],
    [LINES.segment, segmentName(row.to_segment)],
    [LINES.position, row.to_position],
    [LINES.effective_on, toDayText(row.effective_on, language)],
    [LINES.due_on, row.due_on && toDayText(row.due_on, language)],
    ...years.map((year): [Said, string] => [LINES.calendar, say(EFFECTS.no_calendar, language, { year })]),
    [LINES.handling, row.handling],
  ];
  return lines.flatMap(([label, value]) => (value ? [{ label: say(label, language), value }] : []));
}
