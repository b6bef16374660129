import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Refusal } from '../../platform/api/refusal.ts';
import { requestRefusal } from './refuse.ts';
import { isSegmentRole, type Subject } from './rules/access-request.ts';

/** Says for which segments a segment admin files: the same words whether the person or the segment is another one's or none at all (ORG-2). */
async function notOfYours(database: Knex, { managedSegments, language }: Actor): Promise<Refusal> {
  const names: string[] = await database('crm_segments')
    .whereIn('id', [...managedSegments])
    .orderBy('code')
    .pluck('name');
  return requestRefusal('segment_of_others', language, { segments: names.join(language === 'en-US' ? ', ' : '、') || '—' });
}

/** Whether a segment admin files for people of the own segments: where somebody works, or is to work who is new (ACC-8). */
export async function refusalOfPlace(database: Knex, actor: Actor, row: Row, subject: Subject | null): Promise<Refusal | null> {
  const isOwn = (segment: unknown): boolean => typeof segment === 'string' && actor.managedSegments.includes(segment);
  if (row['kind'] === 'open') {
    const to = row['to_segment'];
    if (to) return isOwn(to) ? null : notOfYours(database, actor);
    const role = (row['to_role'] ?? null) as Subject['role'] | null;
    return requestRefusal(role && !isSegmentRole(role) ? 'role_above' : 'segment_needed', actor.language);
  }
  // Nobody named: the form says below that somebody is to be.
  if (!row['user']) return null;
  return subject && isOwn(subject.homeSegment) ? null : notOfYours(database, actor);
}
