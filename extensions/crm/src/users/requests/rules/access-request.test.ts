import { describe, expect, it } from 'vitest';
import { fingerprintOf, judgeFiling, meaningfulOnly, type Filing, type Subject } from './access-request.ts';

type Row = Filing['row'];

const EMPTY = {
  ...{ id: 'r', kind: 'close', user: 'rep', effective_on: '2026-11-20', reason: '离职', handling: null, last_name: null, first_name: null },
  ...{ user_email: null, employee_no: null, to_role: null, to_segment: null, to_company: null, to_team: null, to_position: null },
  ...{ form_file: null, other_file: null, state: 'requested', due_on: null, escalated_at: null, requested_by: null, executed_by: null },
  ...{ executed_at: null, owner: null, segment: 's01', date_created: null, user_created: null, date_updated: null, user_updated: null },
} as unknown as Row;
const REP: Subject = { user: 'rep', role: 'sales_rep', status: 'active', homeSegment: 's01', freeze: 'none' };
const NEW: Partial<Row> = {
  kind: 'open',
  user: null,
  last_name: '王',
  user_email: 'w@example.com',
  to_role: 'sales_rep',
  to_segment: 's01',
};
const S01 = { id: 's01', active: true, isPool: false };
const S02 = { id: 's02', active: true, isPool: false };
const POOL = { id: 's00', active: true, isPool: true };
const SYSADMIN = { user: 'sys', admin: false, role: 'system_admin' as const, managedSegments: [] };

function filing(row: Partial<Row>, rest: Partial<Filing> = {}): Filing {
  return {
    filer: { user: 'admin', admin: false, role: 'segment_admin', managedSegments: ['s01'] },
    row: { ...EMPTY, ...row },
    subject: row.kind === 'open' ? null : REP,
    ...{ namesake: null, emailReads: true, teamFits: true, other: null, filesAreOwn: true },
    toSegment: row.to_segment === 's01' ? S01 : row.to_segment === 's02' ? S02 : null,
    ...rest,
  };
}

describe('ACC-8: filing an access request', () => {
  it.each<[string, Filing]>([
    ['a close of a rep of the own segment', filing({})],
    ['a new rep of the own segment', filing(NEW)],
    ['a new segment admin', filing({ ...NEW, to_role: 'segment_admin' })],
    ['a closed log-in is opened again under its address', filing(NEW, { namesake: { status: 'archived' } })],
    ['a move to another segment', filing({ kind: 'move', to_segment: 's02' })],
    ['a move to another post only', filing({ kind: 'move', to_position: '销售经理' })],
    ['other rights', filing({ kind: 'rights', to_role: 'segment_admin' })],
    ['a freeze', filing({ kind: 'freeze' })],
    ['the form of a freeze that was early', filing({ kind: 'freeze' }, { subject: { ...REP, status: 'suspended', freeze: 'early' } })],
    ['a thaw', filing({ kind: 'thaw' }, { subject: { ...REP, status: 'suspended', freeze: 'frozen' } })],
    ['a head of the own segment, too', filing({}, { subject: { ...REP, role: 'segment_head' } })],
    ['a system admin about anybody', filing({}, { filer: SYSADMIN, subject: { ...REP, homeSegment: 's02' } })],
    ['a system admin for an executive', filing({ ...NEW, to_role: 'group_executive', to_segment: null }, { filer: SYSADMIN })],
  ])('%s may be filed', (_name, one) => {
    expect(judgeFiling(one)).toBeNull();
  });

  it.each<[string, string, Filing]>([
    ['forbidden', 'a rep files nothing', filing({}, { filer: { ...SYSADMIN, role: 'sales_rep' } })],
    ['forbidden', 'a head files nothing', filing({}, { filer: { ...SYSADMIN, role: 'segment_head', managedSegments: ['s01'] } })],
    ['forbidden', 'nobody of that key', filing({}, { subject: null })],
    ['forbidden', 'somebody of another segment is as absent', filing({}, { subject: { ...REP, homeSegment: 's02' } })],
    ['forbidden', 'somebody of nowhere is as absent', filing({}, { subject: { ...REP, homeSegment: null } })],
    ['forbidden', 'a new person for another segment', filing({ ...NEW, to_segment: 's02' })],
    ['forbidden', 'a segment that is none', filing({ kind: 'move', to_segment: 's09' })],
    ['person_needed', 'nobody is named', filing({ user: null })],
    ['name_long', 'a name that no log-in keeps', filing({ ...NEW, last_name: '王'.repeat(26), first_name: '明'.repeat(25) })],
    ['name_needed', 'a new person without a name', filing({ ...NEW, last_name: ' ' })],
    ['email_needed', 'a new person without an address', filing({ ...NEW, user_email: null })],
    ['email_bad', 'an address that is none', filing(NEW, { emailReads: false })],
    ['email_taken', 'an address that somebody has', filing(NEW, { namesake: { status: 'active' } })],
    ['email_taken', 'an address that somebody has who is frozen', filing(NEW, { namesake: { status: 'suspended' } })],
    ['role_needed', 'a new person without a role', filing({ ...NEW, to_role: null })],
    ['segment_needed', 'a new rep without a segment', filing({ ...NEW, to_segment: null })],
    ['role_above', 'a segment admin asks for an executive', filing({ kind: 'rights', to_role: 'group_executive' })],
    ['role_above', 'a segment admin asks for a system admin', filing({ ...NEW, to_role: 'system_admin' })],
    [
      'segment_closed',
      'a segment that is switched off',
      filing({ kind: 'move', to_segment: 's02' }, { toSegment: { ...S02, active: false } }),
    ],
    ['pool_for_staff', 'a rep in the group pool', filing({ kind: 'move', to_segment: 's00' }, { toSegment: POOL })],
    ['staff_in_pool', 'an executive in a segment', filing({ ...NEW, to_role: 'group_executive' }, { filer: SYSADMIN })],
    ['team_elsewhere', 'a team that is not of the segment', filing({ kind: 'move', to_team: 't' }, { teamFits: false })],
    ['team_elsewhere', 'a team of a segment of others, there or not', filing({ kind: 'move', to_segment: 's02', to_team: 't' })],
    ['role_needed', 'other rights without a role', filing({ kind: 'rights', to_segment: 's02' })],
    ['nothing_new', 'the rights that somebody has', filing({ kind: 'rights', to_role: 'sales_rep' })],
    ['nothing_new', 'a move to where somebody is', filing({ kind: 'move', to_segment: 's01' })],
    ['person_closed', 'somebody who is closed', filing({}, { subject: { ...REP, status: 'archived' } })],
    ['already_frozen', 'a freeze of somebody frozen', filing({ kind: 'freeze' }, { subject: { ...REP, freeze: 'frozen' } })],
    ['not_frozen', 'a thaw of somebody who is not', filing({ kind: 'thaw' })],
    ['file_of_others', 'an attachment of somebody else', filing({}, { filesAreOwn: false })],
    ['already_open', 'a second form of the kind', filing({}, { other: 'other' })],
  ])('%s: %s', (reason, _name, one) => {
    expect(judgeFiling(one)).toBe(reason);
  });

  it('what means nothing for the kind is emptied', () => {
    expect(meaningfulOnly({ kind: 'close', user: 'rep', user_email: 'x@example.com', to_role: 'sales_rep' })).toEqual({
      ...{ kind: 'close', user: 'rep', user_email: null, to_role: null },
    });
    expect(meaningfulOnly({ kind: 'open', user: 'rep', to_role: 'sales_rep' })).toEqual({ kind: 'open', user: null, to_role: 'sales_rep' });
    expect(meaningfulOnly({ kind: 'move', employee_no: '1', to_segment: 's02' })).toEqual({
      ...{ kind: 'move', employee_no: null, to_segment: 's02' },
    });
  });

  it('F8: another post of the person in between makes it another subject, a freeze does not', () => {
    const row = filing({}).row;
    const at = (status: string, segment = 's01') => fingerprintOf(row, { role: null, crm_segment: segment, status });
    expect(at('suspended')).toBe(at('active'));
    expect(at('archived')).not.toBe(at('active'));
    expect(at('active', 's02')).not.toBe(at('active'));
    expect(fingerprintOf({ ...row, to_role: 'segment_head' }, null)).not.toBe(fingerprintOf(row, null));
  });
});
