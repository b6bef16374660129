import { randomUUID } from 'node:crypto';
import { toLanguage } from '../platform/api/actor.ts';
import { changeLog } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { colleaguesFor } from './colleagues.ts';
import { ruleFor } from './find-way.ts';
import { note } from './history.ts';
import { ABOUT_PERSON, type ApprovalPorts, type ApprovalRequest, type ApprovalRow } from './kinds.ts';
import { KIND_NAMES } from './locale/words.ts';
import { approvalRefusal } from './refuse.ts';
import { decidersOf, stepAfter } from './rules/deciders.ts';
import { tell } from './tell.ts';
import { dueDay } from './time-limit.ts';

const LONGEST_TITLE = 255;

/** Where the approval hangs: at most one of the records in whose trees it could stand. */
function aboutOf({ about }: ApprovalRequest): Pick<ApprovalRow, 'customer' | 'opportunity' | 'lead'> {
  const { opportunity = null, lead = null, customer = null } = about ?? {};
  return { opportunity, lead: opportunity ? null : lead, customer: opportunity || lead ? null : customer };
}

/**
 * Asks for an approval, in the transaction of the use case that needs it: the request, its history, the notes to those who
 * decide and the log stand or fall together (APR-1). Nothing is ever approved because nobody is there to decide it.
 */
export async function requestApproval(database: Knex, ports: ApprovalPorts, request: ApprovalRequest): Promise<{ id: string }> {
  const { kind, collection, item, segment, requestedBy } = request;
  const kindOf = ports.kinds.find((one) => one.kind === kind);
  if (!kindOf) throw new Error(`approvals: nobody has brought the kind ${kind}`);
  const asker = await database('directus_users').where({ id: requestedBy }).first('language');
  const language = toLanguage(asker?.language);
  const refuse = (reason: 'no_rule' | 'nobody_decides' | 'already_pending') =>
    approvalRefusal(reason, language, { kind: say(KIND_NAMES[kind], language) });

  // Two requests for one record wait for each other here.
  if (!(await database(collection).where({ id: item }).forNoKeyUpdate().first('id'))) throw forbidden();
  if (await database('crm_approvals').where({ kind, collection, item, state: 'pending' }).first('id')) throw refuse('already_pending');
  const rule = await ruleFor(database, kind, segment);
  if (!rule) throw refuse('no_rule');

  const now = ports.clock.now();
  const approval: ApprovalRow = {
    ...{ id: randomUUID(), kind, state: 'pending', title: request.title.slice(0, LONGEST_TITLE), requested_by: requestedBy },
    ...{ due_on: await dueDay(database, ports.clock, segment, rule.limitDays), ...aboutOf(request) },
    ...{ reason: request.reason, collection, item, asked: request.asked, rule: rule.id, step: stepAfter(rule.way, null)!, version: 1 },
    ...{ escalated_at: null, decided_at: null, decided_by: null, owner: request.owner, segment },
    ...{ date_created: null, user_created: requestedBy, date_updated: null, user_updated: null },
  };
  const waiting = { segment, requestedBy, about: request.person ?? null, step: approval.step, escalated: false };
  const { level, deciders } = decidersOf(waiting, rule.way, await colleaguesFor(database, [segment], [rule.way]));
  if (level === 'nobody') throw refuse('nobody_decides');

  const person = request.person ? { [ABOUT_PERSON]: request.person } : {};
  const asked = { ...request.asked, ...person, state: await kindOf.fingerprint(database, approval) };
  await database('crm_approvals').insert({
    ...approval,
    asked: JSON.stringify(asked),
    due_on: toStoredDay(database, approval.due_on!),
    date_created: now,
  });
  await changeLog().created(database, 'crm_approvals', [approval.id]);
  await note(database, approval, { decision: 'requested', at: now, by: requestedBy, comment: request.reason });
  if (level !== 'step') await note(database, approval, { decision: 'rerouted', at: now, by: null });
  const people = deciders.map(({ user }) => user);
  await tell(database, people, 'waiting', approval);
  return { id: approval.id };
}
