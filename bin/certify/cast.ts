import { ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { logIn, stranger, type Asker, type Login } from './ask.ts';

export type Logins = Record<RoleName, Login> & { technical?: Login };

interface Person {
  id: string;
  email: string | null;
  first_name: string | null;
  role: string;
  crm_segment: string | null;
}

/** Who takes part: one person of each role, and those whose rows they must not reach. */
export interface Cast {
  askers: Record<RoleName | 'anonymous', Asker>;
  /** Entitled callers, the first that gets through counts: the system administrator, then the technical one. */
  entitled: Asker[];
  technical: Asker | null;
  /** A rep of a segment that is foreign to head, segment admin and rep; a rep beside the rep. */
  foreigner: Person;
  colleague: Person | null;
  /** A row of crm_user_segments of somebody else. */
  foreignPost: string | null;
}

const SEGMENT_ROLES = ['segment_head', 'segment_admin', 'sales_rep'] as const;

export async function gatherCast(base: string, logins: Logins): Promise<Cast> {
  const anonymous = stranger(base);
  const askers = { anonymous } as Cast['askers'];
  for (const role of Object.keys(ROLE_IDS) as RoleName[]) askers[role] = await logIn(base, role, logins[role]);
  const admin = askers.system_admin;
  const technical = logins.technical ? await logIn(base, 'technical', logins.technical).catch(() => null) : null;

  const me = (role: RoleName) => askers[role].get<{ id: string }>('/users/me?fields=id');
  const selves = await Promise.all(SEGMENT_ROLES.map(me));
  const people = await admin.get<Person[]>(
    '/users?fields=id,email,first_name,role,crm_segment,status&filter[status][_eq]=active&sort=email&limit=-1',
  );
  const posts = await admin
    .get<{ id: string; crm_user: string; crm_segment: string }[]>('/items/crm_user_segments?limit=-1&sort=id')
    .catch(() => []);
  const own = new Set(
    selves.flatMap(({ id }) => [
      ...people.filter((person) => person.id === id).map((person) => person.crm_segment),
      ...posts.filter((post) => post.crm_user === id).map((post) => post.crm_segment),
    ]),
  );
  const reps = people.filter((person) => person.role === ROLE_IDS.sales_rep && person.crm_segment);
  const foreigner = reps.find((person) => !own.has(person.crm_segment));
  if (!foreigner)
    throw new Error('no active sales rep in a segment that is foreign to the head, the segment admin and the rep of this run');
  const rep = people.find((person) => person.id === selves[2]!.id);
  return {
    askers,
    technical,
    entitled: technical ? [admin, technical] : [admin],
    foreigner,
    colleague: reps.find((person) => person.crm_segment === rep?.crm_segment && person.id !== rep?.id) ?? null,
    foreignPost: posts.find((post) => !own.has(post.crm_segment))?.id ?? null,
  };
}
