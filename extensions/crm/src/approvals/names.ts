import { GROUP_SEGMENT_ID } from '../kernel/roles.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { maySeePerson } from './rules/sight.ts';

const nameOf = ({ first_name, last_name }: Row): string => [first_name, last_name].filter(Boolean).join(' ');

export interface Named {
  person(id: string | null): string | null;
  segment(id: string | null): string | null;
}

/** The names of people and segments; of people the caller does not see elsewhere either, none (ORG-2). */
export async function namesFor(database: Knex, actor: Actor, ids: readonly string[]): Promise<Named> {
  const wanted = [...new Set(ids)];
  const users: Row[] = wanted.length
    ? await database('directus_users').whereIn('id', wanted).select('id', 'first_name', 'last_name', 'crm_segment')
    : [];
  const people = new Map(
    users
      .filter(({ id, crm_segment }) =>
        maySeePerson(actor, { user: id as string, homeSegment: crm_segment as string | null }, GROUP_SEGMENT_ID),
      )
      .map((user) => [user['id'], nameOf(user)]),
  );
  const rows: Row[] = wanted.length ? await database('crm_segments').whereIn('id', wanted).select('id', 'name') : [];
  const segments = new Map(rows.map(({ id, name }) => [id, name as string]));
  return { person: (id) => people.get(id) || null, segment: (id) => segments.get(id) ?? null };
}
