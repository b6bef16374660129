import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { segmentsOf } from './reach.ts';

/** The names of people whom the person may know: of the own segments and of the group staff (ORG-2). */
export async function namesOf(
  database: Knex,
  actor: Actor,
  ids: Iterable<string | null>,
): Promise<Map<string, { id: string; name: string }>> {
  const wanted = [...new Set([...ids].filter((id) => id !== null))];
  if (!wanted.length) return new Map();
  const query = database('directus_users').whereIn('id', wanted).select('id', 'first_name', 'last_name');
  const segments = segmentsOf(actor);
  if (segments) void query.whereIn('crm_segment', [...segments, GROUP_SEGMENT_ID]);
  const rows = await query;
  return new Map(
    rows.map(({ id, first_name, last_name }) => [String(id), { id, name: [first_name, last_name].filter(Boolean).join(' ') || '—' }]),
  );
}
