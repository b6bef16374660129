import type { Knex, Row } from '../../platform/api/host.ts';
import type { Journal } from './image.ts';
import type { Update } from './write-rows.ts';

/**
 * Notes the organisations below customers that are given to somebody else: those who stay let go of their parent (Q1), and the
 * undo gives it back. What the same lines change themselves is noted by them.
 */
export async function noteLetGo(database: Knex, updates: readonly (Update & { line: string })[], journal: Journal): Promise<void> {
  const given = new Map(updates.filter(({ values }) => 'owner' in values).map((update) => [update.stored.id, update]));
  if (!given.size) return;
  const own = updates.map(({ stored }) => stored.id);
  const children: (Row & { id: string; parent: string })[] = await database('crm_customers')
    .whereIn('parent', [...given.keys()])
    .whereNotIn('id', own)
    .orderBy('id')
    .forNoKeyUpdate();
  for (const child of children) {
    const { line, values } = given.get(child.parent)!;
    if (child['owner'] !== values['owner']) journal.note(line, 'crm_customers', child.id, child);
  }
}
