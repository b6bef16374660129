import { roleOf, type RoleName } from '../../../kernel/roles.ts';
import type { Rows } from '../../../kernel/rows.ts';
import { wholeName } from '../../../segments/index.ts';

type Row = Rows['crm_access_requests'];

/** Whoever files the form. */
export interface Filer {
  user: string;
  /** Host admin access. */
  admin: boolean;
  role: RoleName | null;
  managedSegments: readonly string[];
}

/** Somebody who has a log-in of the CRM. */
export interface Subject {
  user: string;
  role: RoleName;
  status: string;
  homeSegment: string | null;
  /** A freeze stands; `early` while its form is still due (Q17), `ending` where it ends by itself and gives way to another. */
  freeze: 'none' | 'frozen' | 'early' | 'ending';
}

export interface Filing {
  filer: Filer;
  row: Row;
  /** Whom it is about; null where there is nobody of the CRM. */
  subject: Subject | null;
  /** Whoever has the address already and the filer may know of, closed log-ins included. */
  namesake: Pick<Subject, 'status'> | null;
  /** Whether the address can be one. */
  emailReads: boolean;
  toSegment: { id: string; active: boolean; isPool: boolean } | null;
  /** Whether the team is one of the new segment, or of the present one where that stays. */
  teamFits: boolean;
  /** Another open form of this kind about this person. */
  other: string | null;
  /** Whether every attachment was uploaded by the filer. */
  filesAreOwn: boolean;
}

export type FilingReason =
  | 'forbidden'
  | 'person_needed'
  | 'name_needed'
  | 'name_long'
  | 'email_needed'
  | 'email_bad'
  | 'email_taken'
  | 'role_needed'
  | 'role_above'
  | 'segment_needed'
  | 'segment_closed'
  | 'pool_for_staff'
  | 'staff_in_pool'
  | 'team_elsewhere'
  | 'nothing_new'
  | 'person_closed'
  | 'already_frozen'
  | 'not_frozen'
  | 'file_of_others'
  | 'already_open';

/** The host keeps a name in one field of this length: a longer one would be refused only after everybody has agreed. */
const LONGEST_NAME = 50;

const SEGMENT_ROLES: readonly (RoleName | null)[] = ['segment_head', 'segment_admin', 'sales_rep'];
export const isSegmentRole = (role: RoleName | null): boolean => SEGMENT_ROLES.includes(role);
const isEverywhere = ({ admin, role }: Filer): boolean => admin || role === 'system_admin';
const says = (text: string | null): boolean => Boolean(text?.trim());

/** Whether the filer answers for somebody at home in this segment (ORG-2, ORG-7). */
const answersFor = (filer: Filer, segment: string | null): boolean =>
  isEverywhere(filer) || (filer.role === 'segment_admin' && segment !== null && filer.managedSegments.includes(segment));

function judgeNewPerson({ row, filer, namesake, emailReads }: Filing): FilingReason | null {
  if (!says(row.last_name) && !says(row.first_name)) return 'name_needed';
  if ([...wholeName(row.first_name, row.last_name)].length > LONGEST_NAME) return 'name_long';
  if (!says(row.user_email)) return 'email_needed';
  if (!emailReads) return 'email_bad';
  if (namesake && namesake.status !== 'archived') return 'email_taken';
  if (!row.to_role) return 'role_needed';
  if (!row.to_segment && isSegmentRole(row.to_role)) return 'segment_needed';
  return answersFor(filer, row.to_segment) ? null : 'forbidden';
}

function judgePerson({ row, filer, subject }: Filing): FilingReason | null {
  if (!row.user) return 'person_needed';
  if (!subject || !answersFor(filer, subject.homeSegment)) return 'forbidden';
  if (subject.status === 'archived') return 'person_closed';
  if (row.kind === 'freeze' && subject.freeze === 'frozen') return 'already_frozen';
  if (row.kind === 'thaw' && subject.freeze === 'none') return 'not_frozen';
  return null;
}

/** Where somebody is to work: group staff in the pool, everybody else in a segment that is in use (Q21). */
function judgePlace({ row, filer, subject, toSegment, teamFits }: Filing): FilingReason | null {
  const role = row.to_role ?? subject?.role ?? null;
  if (row.to_role && !isEverywhere(filer) && !isSegmentRole(row.to_role)) return 'role_above';
  if (row.to_segment && !toSegment) return 'forbidden';
  if (toSegment && !toSegment.active) return 'segment_closed';
  if (toSegment?.isPool && isSegmentRole(role)) return 'pool_for_staff';
  if (toSegment && !toSegment.isPool && !isSegmentRole(role)) return 'staff_in_pool';
  const stays = toSegment?.id ?? subject?.homeSegment ?? null;
  if (isSegmentRole(role) && subject && !isSegmentRole(subject.role) && !toSegment) return 'segment_needed';
  // A team of a segment that the filer does not answer for is none to them, whatever its key (ORG-2).
  if (row.to_team && !(teamFits && answersFor(filer, stays))) return 'team_elsewhere';
  return null;
}

const isSame = (wanted: string | null, present: string | null): boolean => wanted === null || wanted === present;

function asksForNothing({ row, subject }: Filing): boolean {
  if (row.kind === 'rights') return isSame(row.to_role, subject!.role) && isSame(row.to_segment, subject!.homeSegment) && !row.to_team;
  if (row.kind !== 'move') return false;
  return (
    !row.to_company &&
    !row.to_team &&
    !row.to_position &&
    isSame(row.to_role, subject!.role) &&
    isSame(row.to_segment, subject!.homeSegment)
  );
}

/**
 * Whether a form may be filed as it is (ACC-8): a segment admin about people of the own segments and for segment roles only, a
 * system admin about anybody; each kind with what it needs. Somebody of another segment answers as if there were nobody (ORG-2).
 */
export function judgeFiling(filing: Filing): FilingReason | null {
  const { filer, row } = filing;
  if (!isEverywhere(filer) && filer.role !== 'segment_admin') return 'forbidden';
  const fault = row.kind === 'open' ? judgeNewPerson(filing) : judgePerson(filing);
  if (fault) return fault;
  if (row.kind === 'open' || row.kind === 'move' || row.kind === 'rights') {
    const place = judgePlace(filing);
    if (place) return place;
    if (row.kind === 'rights' && !row.to_role) return 'role_needed';
    if (asksForNothing(filing)) return 'nothing_new';
  }
  if (!filing.filesAreOwn) return 'file_of_others';
  return filing.other ? 'already_open' : null;
}

/** What of a form means something for its kind; the rest is emptied, whatever the form of the Studio had in it. */
export function meaningfulOnly(row: Partial<Record<string, unknown>>): Record<string, unknown> {
  const none = (fields: readonly string[]) => Object.fromEntries(fields.filter((field) => field in row).map((field) => [field, null]));
  const person = ['last_name', 'first_name', 'user_email', 'employee_no'];
  const place = ['to_role', 'to_segment', 'to_company', 'to_team', 'to_position'];
  if (row['kind'] === 'open') return { ...row, ...none(['user']) };
  const isPlaced = row['kind'] === 'move' || row['kind'] === 'rights';
  return { ...row, ...none(isPlaced ? person : [...person, ...place]) };
}

/** What makes the subject of a form another one between filing, deciding and carrying out; a freeze in between does not. */
export function fingerprintOf(row: Row, user: { role: string | null; crm_segment: string | null; status: string } | null): string {
  const { kind, user: person, user_email: email, to_role: role, to_segment: segment, to_company: company, to_team: team } = row;
  const asked = [kind, person, email, role, segment, company, team, row.to_position, row.last_name, row.first_name, row.employee_no];
  return JSON.stringify([asked, user && [roleOf(user.role), user.crm_segment, user.status === 'archived']]);
}
