import { ROLE_IDS } from '../../../kernel/roles.ts';
import { finding, type Finding } from './finding.ts';

export interface HeadcountFacts {
  segments: readonly { id: string; code: string }[];
  companies: readonly { name: string; project_owner: string | null }[];
  /** Active people of our roles, with the segments they manage. */
  people: readonly { role: string; home: string | null; managed: readonly string[] }[];
  /** The group pool, which needs no admin of its own. */
  pool: string;
}

const SYSTEM_ADMINS = 2;
const MOST_SEGMENT_ADMINS = 2;
const GROUP_ROLES: readonly string[] = [ROLE_IDS.system_admin, ROLE_IDS.group_executive];

/** Whether the measure's headcounts are met: one or two admins a segment, two system admins, one project owner a company. ORG-7, ORG-8, ORG-9. */
export function checkHeadcount({ segments, companies, people, pool }: HeadcountFacts): Finding[] {
  const admins = people.filter((person) => person.role === ROLE_IDS.segment_admin);
  const systemAdmins = people.filter((person) => person.role === ROLE_IDS.system_admin).length;
  const homeless = people.filter((person) => !GROUP_ROLES.includes(person.role) && !person.home).length;
  return [
    ...segments.flatMap(({ id, code }) => {
      if (id === pool) return [];
      const count = admins.filter((admin) => admin.home === id).length;
      if (!count) return [finding('no_segment_admin', `segments.${code}`, { segment: code })];
      return count > MOST_SEGMENT_ADMINS ? [finding('too_many_segment_admins', `segments.${code}`, { segment: code, count })] : [];
    }),
    ...(systemAdmins === SYSTEM_ADMINS
      ? []
      : [finding('system_admin_count', 'roles.system_admin', { count: systemAdmins, wanted: SYSTEM_ADMINS })]),
    ...companies
      .filter((company) => !company.project_owner)
      .map((company) => finding('no_project_owner', `companies.${company.name}`, { company: company.name })),
    ...(homeless ? [finding('user_without_segment', 'users.crm_segment', { count: homeless })] : []),
  ];
}
