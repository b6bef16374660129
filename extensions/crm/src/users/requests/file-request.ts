import { requestApproval } from '../../approvals/index.ts';
import { readEmail } from '../../kernel/text/email.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { mayReach, oneAtATime } from '../../segments/index.ts';
import { holdPerson } from '../freeze/person.ts';
import { dueDays } from './due-days.ts';
import { formIsFiled } from './early-form.ts';
import { hostTakesAddress } from './host-takes-address.ts';
import { KIND_NAMES } from './locale/notices.ts';
import { refusalOfPlace } from './own-segments.ts';
import type { RequestPorts } from './ports.ts';
import { requestRefusal } from './refuse.ts';
import { OPEN_STATES, REQUEST_KIND, REQUESTS, toRequest, USERS, type RequestRow } from './request-row.ts';
import { judgeFiling, meaningfulOnly, type Filing } from './rules/access-request.ts';
import { segmentThatDecides } from './rules/who-decides.ts';
import { isEverywhere, mayKnow, personName, postOf, segmentOfForm, subjectOf } from './subject.ts';

const LINKS = ['user', 'to_segment', 'to_company'];

/** People and places are named by their key: one that came as a row would be changed by filing a form. */
function withBareKeys(payload: Row): Row {
  const bare = LINKS.filter((field) => typeof payload[field] === 'object' && payload[field] !== null);
  return { ...payload, ...Object.fromEntries(bare.map((field) => [field, (payload[field] as Row)['id'] ?? ''])) };
}

/** Said before the guard answers that there is nobody: a form is filed for people of the filer's own segments. */
export const ownSegmentsStep: WriteStep = {
  name: 'users/requests: for whom somebody files',
  collections: [REQUESTS],
  async beforeCreate(payload, { database, actor }) {
    if (actor?.role !== 'segment_admin' || actor.admin) return payload;
    const row = meaningfulOnly(withBareKeys(payload));
    const fault = await refusalOfPlace(database, actor, row, await subjectOf(database, (row['user'] ?? null) as string | null));
    if (fault) throw fault;
    return payload;
  },
};

/** Where the form stands is the server's to say: with the person, not where whoever files it happens to work. */
export const stampStep: WriteStep = {
  name: 'users/requests: where a form stands',
  collections: [REQUESTS],
  async beforeCreate(payload, { database, actor }) {
    if (!actor) return payload;
    if (!isEverywhere(actor) && actor.role !== 'segment_admin') throw forbidden();
    const { owner: _owner, ...row } = meaningfulOnly(withBareKeys(payload));
    if (LINKS.some((field) => row[field] !== undefined && row[field] !== null && !isUuid(row[field]))) throw forbidden();
    const subject = row['kind'] === 'open' ? null : await subjectOf(database, (row['user'] ?? null) as string | null);
    if (subject && !isEverywhere(actor) && !actor.managedSegments.includes(subject.homeSegment ?? '')) throw forbidden();
    if (row['user'] && !subject) throw forbidden();
    if (!subject && !isEverywhere(actor) && row['kind'] !== 'open') return row;
    return { ...row, segment: segmentOfForm(row, subject) };
  },
};

const sameAddress = (rows: Knex.QueryBuilder, field: string, email: string) => rows.whereRaw('lower(??) = ?', [field, email]);

/** Whoever has the address; of other segments a segment admin learns nothing, it comes out when the form is carried out (ORG-2). */
async function namesakeOf(database: Knex, actor: Actor, email: string): Promise<Filing['namesake']> {
  const user = email ? await sameAddress(database(USERS), 'email', email).first('status', 'crm_segment') : null;
  return user && mayKnow(actor, user.crm_segment ?? null) ? { status: user.status } : null;
}

async function otherForm(database: Knex, actor: Actor, row: RequestRow, email: string): Promise<{ id: string; filed: string } | null> {
  const about = database(REQUESTS)
    .where({ kind: row.kind })
    .whereIn('state', [...OPEN_STATES])
    .whereNot({ id: row.id });
  const same = row.kind === 'open' ? sameAddress(about, 'user_email', email) : about.where({ user: row.user });
  const others: Pick<RequestRow, 'id' | 'segment' | 'owner' | 'date_created'>[] = await same.select(
    'id',
    'segment',
    'owner',
    'date_created',
  );
  // Of a form that the filer does not see they hear nothing, of the group's neither; it comes out when one is carried out (ORG-2).
  const other = others.find((one) => mayReach(actor, one));
  return other ? { id: other.id, filed: fromStoredDay(other.date_created ?? Date.now())! } : null;
}

async function filesAreOwn(database: Knex, actor: Actor, { form_file, other_file }: RequestRow): Promise<boolean> {
  const files = [form_file, other_file].filter((file) => file !== null);
  const uploaders: (string | null)[] = files.length ? await database('directus_files').whereIn('id', files).pluck('uploaded_by') : [];
  return uploaders.length === new Set(files).size && uploaders.every((uploader) => uploader === actor.user);
}

async function teamFits(database: Knex, row: RequestRow, home: string | null): Promise<boolean> {
  const segment = row.to_segment ?? home;
  if (!row.to_team || !isUuid(row.to_team)) return !row.to_team;
  const teams: string[] = await database('crm_teams').where({ id: row.to_team, segment }).pluck('id');
  return teams.length === 1;
}

/** What filing needs of its surroundings. */
export type FilingPorts = Pick<RequestPorts, 'approvals' | 'context'>;

/** The address of somebody new as it is stored; empty where the form names none that a log-in could have. */
async function addressOf({ context }: FilingPorts, database: Knex, { user_email }: RequestRow): Promise<string> {
  const reading = user_email ? readEmail(user_email) : null;
  return reading?.ok && (await hostTakesAddress(context, database, reading.value)) ? reading.value : '';
}

/** What becomes of a form in the transaction that files it (ACC-8): judged, given its day, and asked of whoever approves. */
export async function takeFiling(ports: FilingPorts, { database, item, actor }: AfterWrite): Promise<void> {
  if (!actor) return;
  const row = toRequest(await database(REQUESTS).where({ id: item }).first());
  // Two forms about one person wait for each other here; those about somebody new wait for everybody.
  if (row.user) await holdPerson(database, row.user);
  else await oneAtATime(database);
  const email = await addressOf(ports, database, row);
  const subject = await subjectOf(database, row.user);
  const segment = row.to_segment
    ? await database('crm_segments').where({ id: row.to_segment }).first('id', 'active', 'is_group_pool')
    : null;
  const other = await otherForm(database, actor, row, email);
  const reason = judgeFiling({
    ...{ filer: actor, row, subject, emailReads: Boolean(email), other: other?.id ?? null },
    namesake: row.kind === 'open' ? await namesakeOf(database, actor, email) : null,
    toSegment: segment ? { id: segment.id, active: Boolean(segment.active), isPool: Boolean(segment.is_group_pool) } : null,
    teamFits: await teamFits(database, row, subject?.homeSegment ?? null),
    filesAreOwn: await filesAreOwn(database, actor, row),
  });
  if (reason) throw requestRefusal(reason, actor.language, other ? { filed: other.filed } : {}, other ? { other: other.id } : {});
  const due = (await dueDays(database, [row.effective_on])).get(row.effective_on)!;
  await database(REQUESTS)
    .where({ id: item })
    .update({
      ...{ requested_by: actor.user, state: 'requested', due_on: toStoredDay(database, due), escalated_at: null },
      ...{ executed_by: null, executed_at: null, ...(email ? { user_email: email } : {}) },
    });
  await formIsFiled(database, row);
  await requestApproval(database, ports.approvals, {
    ...{ kind: REQUEST_KIND, collection: REQUESTS, item, about: null, owner: row.owner },
    segment: segmentThatDecides(row, row.segment, await postOf(database, row.user)),
    title: `${say(KIND_NAMES[row.kind], actor.language)} · ${await personName(database, row)}`,
    asked: { request: row.kind, due_on: due },
    ...{ reason: row.reason, requestedBy: actor.user, person: row.user },
  });
}

export const filingStep = (ports: FilingPorts): WriteStep => ({
  name: 'users/requests: filing',
  collections: [REQUESTS],
  async afterWrite(change) {
    if (change.action === 'create') await takeFiling(ports, change);
  },
});
