import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import { inventPersonName } from '../names/people.ts';
import { POOL_CODE, REPS_PER_SEGMENT, SEGMENTS } from '../names/organisation.ts';
import { addDays, dayOf, instantAt, workingDayUpTo, type Day } from '../workdays.ts';
import { companyId, companyOf, segmentId, teamId } from './group.ts';
import type { Person } from './rows.ts';

/** Heads who manage a second segment besides their own (Q18). */
const ALSO_MANAGES: Readonly<Record<string, string>> = { 'head.s09': 's10' };

/** Active people of whom nothing has been seen for more than 14 days: what the heads' bookmark is for (USE-2). */
const LONG_AWAY: Readonly<Record<string, number>> = { 'rep3.s02': 19, 'rep3.s05': 16, 'rep2.s07': 23, 'rep3.s09': 17 };

/** People who have left or have not yet passed their exam; none of them can log in. */
const INACTIVE: readonly { login: string; status: Person['status']; position: string }[] = [
  { login: 'former1.s01', status: 'suspended', position: '客户经理（已离职）' },
  { login: 'former1.s03', status: 'suspended', position: '客户经理（已离职）' },
  { login: 'former1.s06', status: 'archived', position: '销售主管（已离职）' },
  { login: 'former1.s08', status: 'suspended', position: '客户经理（已调岗）' },
  { login: 'former1.s10', status: 'archived', position: '客户经理（已离职）' },
  { login: 'new1.s02', status: 'draft', position: '见习客户经理' },
  { login: 'new1.s04', status: 'draft', position: '见习客户经理' },
  { login: 'new1.s07', status: 'draft', position: '见习客户经理' },
];

export function userId(login: string): string {
  return stableId(`demo:user:${login}`);
}

type Sketch = Pick<Person, 'role' | 'segment' | 'position'> & { login: string; status?: Person['status']; team?: number };

function sketches(): Sketch[] {
  const staff: Sketch[] = [
    { login: 'sysadmin1', role: 'system_admin', segment: POOL_CODE, position: '市场营销部部长' },
    { login: 'sysadmin2', role: 'system_admin', segment: POOL_CODE, position: '市场营销部 CRM 主管' },
    { login: 'exec1', role: 'group_executive', segment: POOL_CODE, position: '集团总裁' },
    { login: 'exec2', role: 'group_executive', segment: POOL_CODE, position: '集团副总裁' },
  ];
  for (const { code } of SEGMENTS) {
    staff.push({ login: `head.${code}`, role: 'segment_head', segment: code, position: '总经理' });
    staff.push({ login: `segadmin.${code}`, role: 'segment_admin', segment: code, position: '营销管理专员' });
    for (let rep = 1; rep <= REPS_PER_SEGMENT; rep += 1) {
      const position = rep === 1 ? '大客户经理' : '客户经理';
      staff.push({ login: `rep${rep}.${code}`, role: 'sales_rep', segment: code, position, team: rep === REPS_PER_SEGMENT ? 1 : 0 });
    }
  }
  return [
    ...staff,
    ...INACTIVE.map(({ login, status, position }): Sketch => ({
      login,
      role: 'sales_rep',
      segment: login.slice(-3),
      position,
      status,
      team: 1,
    })),
  ];
}

function lastSeen(sketch: Sketch, today: Day, chance: Chance): string | null {
  if (sketch.status === 'draft') return null;
  const daysAgo =
    LONG_AWAY[sketch.login] ??
    (sketch.status
      ? chance.integer(35, 160)
      : chance.weighted([
          [1, 70],
          [2, 18],
          [4, 9],
          [7, 3],
        ]));
  return instantAt(workingDayUpTo(addDays(today, -daysAgo)), chance.integer(8, 17), chance.integer(0, 59)).toISOString();
}

/** Everybody of the demo: the log-ins that contract.md names, all active, and some more people who cannot log in. */
export function planStaff(today: Day, chance: Chance): Person[] {
  return sketches().map((sketch, index) => {
    const manages = sketch.role === 'segment_head' || sketch.role === 'segment_admin';
    const also = ALSO_MANAGES[sketch.login];
    return {
      id: userId(sketch.login),
      email: `${sketch.login}@example.com`,
      name: inventPersonName(chance),
      role: sketch.role,
      segment: sketch.segment,
      managed: manages ? [sketch.segment, ...(also ? [also] : [])] : [],
      company: companyId(companyOf(sketch.segment)),
      team: sketch.team === undefined ? null : teamId(sketch.segment, sketch.team),
      position: sketch.position,
      employeeNo: `HY${String(10_001 + index * 7)}`,
      status: sketch.status ?? 'active',
      lastAccess: lastSeen(sketch, today, chance),
      joinedOn: workingDayUpTo(addDays(today, -chance.integer(sketch.status === 'draft' ? 5 : 420, sketch.status === 'draft' ? 25 : 2400))),
    };
  });
}

/** Which segments a person manages, one row each; heads and segment admins have their own in the list, too. */
export function planManagedSegments(staff: readonly Person[]): { id: string; crm_user: string; crm_segment: string; is_home: boolean }[] {
  return staff.flatMap((person) =>
    person.managed.map((code) => ({
      id: stableId(`demo:manages:${person.email}:${code}`),
      crm_user: person.id,
      crm_segment: segmentId(code),
      is_home: code === person.segment,
    })),
  );
}

/** The last day on which a person worked: today for everybody who can log in. */
export function lastDayOf(person: Person, today: Day): Day {
  return person.status === 'active' || !person.lastAccess ? today : dayOf(new Date(person.lastAccess));
}

/** When the people who left did their last work, by user id. */
export function leaversOf(staff: readonly Person[], today: Day): ReadonlyMap<string, Day> {
  return new Map(staff.filter((person) => lastDayOf(person, today) < today).map((person) => [person.id, lastDayOf(person, today)]));
}
