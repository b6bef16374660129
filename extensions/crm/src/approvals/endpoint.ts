import type { Router } from 'express';
import type { ZodType } from 'zod';
import { isBlank } from '../kernel/text/plain.ts';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import { requireActor } from '../platform/api/caller.ts';
import type { HostContext } from '../platform/api/host.ts';
import { forbidden, Refusal } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { say } from '../platform/api/say.ts';
import { askRequest, boxQuery, commentRequest, decideRequest, withdrawRequest } from './contract.ts';
import { decideApproval } from './decide.ts';
import { askedPage, countWaiting, waitingPage } from './inbox.ts';
import type { ApprovalPorts } from './kinds.ts';
import { KIND_NAMES } from './locale/words.ts';
import { approvalRefusal } from './refuse.ts';
import { requestApproval } from './request.ts';
import { requireStanding } from './standing.ts';
import { commentApproval, withdrawApproval } from './talk.ts';
import { viewsOf } from './view.ts';

const MOST_NAMED = 3;
const idOf = (request: CrmRequest): string => (request.params['id'] ?? '').toLowerCase();
const readable = (comment: string | null | undefined): string | null => (comment && !isBlank(comment) ? comment : null);

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
function read<T>(schema: ZodType<T>, value: unknown, { language }: Actor, code = 'INVALID_PAYLOAD'): T {
  const reading = schema.safeParse(value);
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  const { message, extensions } = approvalRefusal('bad_value', language, { where: where.join(', ') });
  throw new Refusal({ code, status: 400, message, extensions });
}

/** `/crm/approvals`: what waits for the caller, and what becomes of it (APR-1). */
export function registerApprovalRoutes(router: Router, { database }: Pick<HostContext, 'database'>, ports: ApprovalPorts): void {
  /** One request as it stands after what was just done. */
  async function shown(actor: Actor, id: string) {
    const { approval } = await requireStanding(database, actor, id);
    return (await viewsOf(database, ports.kinds, actor, [approval]))[0]!;
  }

  router.get(
    '/approvals/inbox',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { box, ...page } = read(boxQuery, request.query, actor, 'INVALID_QUERY');
      const { approvals, total } = await (box === 'waiting' ? waitingPage : askedPage)(database, actor, page);
      return response.set('Cache-Control', 'no-store').json({ approvals: await viewsOf(database, ports.kinds, actor, approvals), total });
    }),
  );

  router.get(
    '/approvals/count',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      return response.set('Cache-Control', 'no-store').json({ count: await countWaiting(database, actor) });
    }),
  );

  router.get(
    '/approvals/:id',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      return response.set('Cache-Control', 'no-store').json(await shown(actor, idOf(request)));
    }),
  );

  router.post(
    '/approvals',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { kind, item, asked, reason } = read(askRequest, request.body, actor);
      const prepare = ports.kinds.find((one) => one.kind === kind)?.prepare;
      if (!prepare) throw approvalRefusal('not_asked_for', actor.language, { kind: say(KIND_NAMES[kind], actor.language) });
      if (!isUuid(item)) throw forbidden();
      const { id } = await database.transaction(async (transaction) => {
        const prepared = await prepare(transaction, actor, { item: item.toLowerCase(), asked: asked ?? {} });
        return requestApproval(transaction, ports, { ...prepared, kind, reason, requestedBy: actor.user });
      });
      return response.status(201).json(await shown(actor, id));
    }),
  );

  router.post(
    '/approvals/:id/decide',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { comment, ...verdict } = read(decideRequest, request.body, actor);
      return response.json(await decideApproval(database, ports, actor, idOf(request), { ...verdict, comment: readable(comment) }));
    }),
  );

  router.post(
    '/approvals/:id/withdraw',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const id = idOf(request);
      const { comment } = read(withdrawRequest, request.body ?? {}, actor);
      await withdrawApproval(database, ports, actor, { id, comment: readable(comment) });
      return response.json({ id, state: 'withdrawn' });
    }),
  );

  router.post(
    '/approvals/:id/comment',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const id = idOf(request);
      await commentApproval(database, ports, actor, { id, ...read(commentRequest, request.body, actor) });
      return response.status(201).json(await shown(actor, id));
    }),
  );
}
