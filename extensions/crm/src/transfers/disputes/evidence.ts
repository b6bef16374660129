import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import { readJson } from '../../kernel/text/read-json.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { isGroupMarketing } from '../execute.ts';
import type { EvidenceAnswer, Who } from '../contract.ts';
import { requireJudged, requireRecord, type Disputed, type DisputedRecord } from './dispute-row.ts';

const MOST = 500;

const at = (value: unknown): string => new Date(value as number | string | Date).toISOString();
const objectOf = (value: unknown): Row => {
  const read = readJson(value);
  return typeof read === 'object' && read !== null ? (read as Row) : {};
};

/** People by name, as far as the judge sees them: who worked elsewhere is a key without a name (ORG-2). */
async function namesFor(database: Knex, judge: Actor, ids: readonly unknown[]): Promise<(id: unknown) => Who | null> {
  const people: Row[] = await database('directus_users')
    .whereIn('id', [...new Set(ids.filter((id): id is string => typeof id === 'string'))])
    .select('id', 'first_name', 'last_name', 'crm_segment');
  const seen = new Set([...judge.managedSegments, GROUP_SEGMENT_ID]);
  const isSeen = ({ crm_segment }: Row) => isGroupMarketing(judge) || seen.has(crm_segment as string);
  const names = new Map(
    people.map((one) => [one['id'], isSeen(one) ? [one['first_name'], one['last_name']].filter(Boolean).join(' ') || null : null]),
  );
  return (id) => (typeof id === 'string' ? { id, name: names.get(id) ?? null } : null);
}

/** Entries of the log about the record that the judge may read: those of other segments stay theirs. */
function entriesOf(database: Knex, judge: Actor, { collection, id }: DisputedRecord): Knex.QueryBuilder {
  const query = database('crm_audit')
    .where({ collection, item: id })
    .orderBy([{ column: 'nth' }, { column: 'at' }])
    .limit(MOST);
  return isGroupMarketing(judge) ? query : query.whereIn('segment', judge.managedSegments);
}

/** Activities of the record and of what hangs on it. */
function activitiesOf(database: Knex, { collection, id }: DisputedRecord): Knex.QueryBuilder {
  const query = database('crm_activities');
  if (collection === 'crm_leads') return query.where({ lead: id });
  if (collection === 'crm_opportunities') return query.where({ opportunity: id });
  const below = (name: string) => database(name).where({ customer: id }).select('id');
  return query.where(
    (any) => void any.where({ customer: id }).orWhereIn('lead', below('crm_leads')).orWhereIn('opportunity', below('crm_opportunities')),
  );
}

function stagesOf(database: Knex, { collection, id }: DisputedRecord): Knex.QueryBuilder {
  const opportunities = database('crm_opportunities')
    .where(collection === 'crm_opportunities' ? { id } : { customer: id })
    .select('id');
  return database('crm_stage_changes as change')
    .leftJoin('crm_stages as former', 'former.id', 'change.from_stage')
    .leftJoin('crm_stages as later', 'later.id', 'change.to_stage')
    .whereIn('change.opportunity', opportunities)
    .orderBy('change.changed_at')
    .limit(MOST)
    .select('change.opportunity', 'change.changed_at', 'change.changed_by', 'former.name as from_name', 'later.name as to_name');
}

/** Who was there first, who owned it when, and who did what: for the judge alone (CUS-13). */
export async function evidenceFor(
  database: Knex,
  judge: Actor,
  id: string,
  named: { collection: Disputed; record: string },
): Promise<EvidenceAnswer> {
  await requireJudged(database, judge, id);
  const record = await requireRecord(database, judge, named.collection, named.record);
  const entries: Row[] = await entriesOf(database, judge, record);
  const created = entries.find(({ action }) => action === 'create');
  const moves = entries
    .map((entry) => ({ entry, before: objectOf(entry['before']), after: objectOf(entry['after']) }))
    .filter(({ entry, before, after }) => entry['action'] === 'update' && 'owner' in after && after['owner'] !== before['owner']);
  const activities: Row[] = await activitiesOf(database, record)
    .orderBy([{ column: 'date_created' }, { column: 'id' }])
    .limit(MOST)
    .select('id', 'type', 'subject', 'user_created', 'done_by', 'done_at', 'date_created');
  const stages: Row[] = named.collection === 'crm_leads' ? [] : await stagesOf(database, record);
  const whoDid = (activity: Row) => activity['done_by'] ?? activity['user_created'];
  const who = await namesFor(database, judge, [
    ...[record.owner, created?.['user']],
    ...moves.flatMap(({ entry, before, after }) => [entry['user'], before['owner'], after['owner']]),
    ...activities.map(whoDid),
    ...stages.map(({ changed_by }) => changed_by),
  ]);
  const acted = activities.map((one) => ({
    ...{ id: String(one['id']), at: at(one['done_at'] ?? one['date_created']), by: who(whoDid(one)) },
    ...{ type: String(one['type']), subject: String(one['subject']) },
  }));
  return {
    record: { collection: record.collection, id: record.id, name: record.name, segment: record.segment, owner: who(record.owner) },
    first_entry: created ? { at: at(created['at']), by: who(created['user']) } : null,
    owners: moves.map(({ entry, before, after }) => ({
      at: at(entry['at']),
      by: who(entry['user']),
      from: who(before['owner']),
      to: who(after['owner']),
    })),
    people: byPerson(acted),
    activities: acted,
    stages: stages.map((one) => ({
      ...{ at: at(one['changed_at']), by: who(one['changed_by']), opportunity: String(one['opportunity']) },
      ...{ from: (one['from_name'] as string | null) ?? null, to: (one['to_name'] as string | null) ?? null },
    })),
  };
}

function byPerson(acted: EvidenceAnswer['activities']): EvidenceAnswer['people'] {
  const known = acted.flatMap(({ by, at: moment }) => (by ? [{ by, moment }] : []));
  return [...Map.groupBy(known, ({ by }) => by.id).values()].map((all) => {
    const moments = all.map(({ moment }) => moment).sort();
    return { by: all[0]!.by, activities: all.length, first_at: moments[0]!, last_at: moments.at(-1)! };
  });
}
