import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { rowLimit, writableSegments } from '../rules/importer.ts';
import type { ImportSettings } from '../settings.ts';

/** Where somebody may import to and how much at once, as the page asks for it; null for those who only read. */
export async function importPlaceOf(database: Knex, actor: Actor, { limits }: Pick<ImportSettings, 'limits'>) {
  const writable = writableSegments(actor);
  if (!writable.length) return null;
  const all = database('crm_segments').orderBy('code').select('id', 'code', 'name');
  const segments: { id: string; code: string; name: string }[] = await (writable === 'all' ? all : all.whereIn('id', [...writable]));
  const ownOnly = actor.role === 'sales_rep' ? actor.user : null;
  return { segments, rows: rowLimit({ ownOnly }, limits.rows), bytes: limits.fileBytes, own: ownOnly !== null };
}
