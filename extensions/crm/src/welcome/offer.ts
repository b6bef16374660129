import type { Knex } from '../platform/api/host.ts';
import { roleOf, type RoleName } from '../kernel/roles.ts';
import type { Offer } from './page/demo-cards.ts';
import { CARD_LOGINS } from './rules/demo-people.ts';
import { findStartPage } from './start-page.ts';

/** The people behind the cards as they stand now: whoever cannot log in any more has no card. */
export async function readOffer(database: Knex, password: string): Promise<Offer> {
  const people = await database('directus_users as u')
    .leftJoin('crm_segments as s', 's.id', 'u.crm_segment')
    .whereIn(
      'u.email',
      CARD_LOGINS.map(({ email }) => email),
    )
    .andWhere('u.status', 'active')
    .select('u.email', 'u.first_name', 'u.role', 's.name as segment');
  const cards = [];
  for (const { role, email } of CARD_LOGINS) {
    const person = people.find((row: { email: string; role: string }) => row.email === email && roleOf(row.role) === role);
    if (person) cards.push({ email, role, who: whoIs(person, role), start: await findStartPage(database, role) });
  }
  return { password, cards };
}

const whoIs = ({ first_name, segment }: { first_name: string; segment: string | null }, role: RoleName): string =>
  role === 'group_executive' || role === 'system_admin' || !segment ? first_name : `${first_name}，${segment}`;
