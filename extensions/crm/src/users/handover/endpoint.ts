import type { Router } from 'express';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { isBusy } from '../../platform/api/busy.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { certificatePage } from './certificate-page.ts';
import type { Caller } from './conditions.ts';
import { emptyRequest, handoverRequest, keptQuery, pageQuery, type HandoverRequest } from './contract.ts';
import type { Handovers } from './handovers.ts';
import { hostConditions } from './host-query.ts';
import { peopleFor } from './list-people.ts';
import { scopeOrRefuse } from './people.ts';
import { mayAnswerFor, readableBy } from './reach.ts';
import { certificateOf, HANDOVERS, loadHandover, type HandoverRow } from './record.ts';
import { handoverRefusal, parsed } from './refuse.ts';
import type { Scope } from './rules/parties.ts';
import { beginHandover } from './start.ts';
import { previewHandover } from './preview.ts';
import { beginUndo } from './undo.ts';
import { viewOf } from './view.ts';
import { warningsOf } from './warnings.ts';

/** How long a caller waits for the end; a larger hand-over is finished in the background. */
const PATIENCE_MS = 15_000;

const within = (run: Promise<void>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
};

/** `/crm/handovers`: everything that somebody works goes to others, and comes back (ACC-10, N5). */
export function registerHandoverRoutes(router: Router, { ports, runs }: Handovers): void {
  const { database } = ports.context;

  const callerOf = (request: CrmRequest, actor: Actor): Caller => ({
    ...{ actor, accountability: request.accountability!, schema: request.schema, conditions: hostConditions(request) },
  });
  async function asked(request: CrmRequest): Promise<{ actor: Actor; order: HandoverRequest; scope: Scope }> {
    const actor = await requireActor(request, database);
    const scope = scopeOrRefuse(actor);
    return { actor, scope, order: parsed(handoverRequest, request.body, actor) };
  }
  /** A hand-over that the caller answers for; others answer as none. */
  async function own(request: CrmRequest): Promise<{ actor: Actor; handover: HandoverRow; scope: Scope }> {
    const actor = await requireActor(request, database);
    const scope = scopeOrRefuse(actor);
    const id = String(request.params['id'] ?? '').toLowerCase();
    const handover = isUuid(id) ? await loadHandover(database, id) : undefined;
    if (!handover || !mayAnswerFor(scope, actor, handover)) throw forbidden();
    return { actor, handover, scope };
  }
  const patient = <Result>(actor: Actor, work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw isBusy(error) ? handoverRefusal('busy', actor.language) : (error as Error);
    });
  const readingOf = ({ schema }: CrmRequest, scope: Scope) => ({ database, schema, scope });
  const standing = async (id: string): Promise<HandoverRow> => (await loadHandover(database, id))!;

  router.post(
    '/handovers/preview',
    route(async (request, response) => {
      const { actor, order } = await asked(request);
      return response.set('Cache-Control', 'no-store').json(await previewHandover(ports, callerOf(request, actor), order));
    }),
  );

  router.post(
    '/handovers',
    route(async (request, response) => {
      const { actor, order, scope } = await asked(request);
      const { id, plan } = await patient(actor, beginHandover(ports, callerOf(request, actor), order));
      await within(runs.start(id));
      const row = await standing(id);
      const answer = await viewOf(readingOf(request, scope), row, { warnings: warningsOf(plan, 0, actor.language) });
      return response.status(row.state === 'running' ? 202 : 201).json(answer);
    }),
  );

  router.get(
    '/handovers',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const scope = scopeOrRefuse(actor);
      const { limit, offset } = parsed(pageQuery, request.query, actor);
      const mine = await readableBy(database, scope, actor);
      const [counted] = await mine(database(HANDOVERS)).count({ total: '*' });
      const rows: HandoverRow[] = await mine(database(HANDOVERS))
        .orderBy([
          { column: 'date_created', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit)
        .offset(offset);
      const handovers = [];
      for (const row of rows) handovers.push(await viewOf(readingOf(request, scope), row, { withKept: false }));
      return response.set('Cache-Control', 'no-store').json({ handovers, total: Number(counted?.['total'] ?? 0) });
    }),
  );

  router.get(
    '/handovers/people',
    route(async (request, response) => {
      const scope = scopeOrRefuse(await requireActor(request, database));
      return response.set('Cache-Control', 'no-store').json({ people: await peopleFor(database, scope) });
    }),
  );

  router.get(
    '/handovers/:id',
    route(async (request, response) => {
      const { actor, handover, scope } = await own(request);
      const { offset } = parsed(keptQuery, request.query, actor);
      return response.set('Cache-Control', 'no-store').json(await viewOf(readingOf(request, scope), handover, { offset }));
    }),
  );

  router.post(
    '/handovers/:id/undo',
    route(async (request, response) => {
      const { actor, handover, scope } = await own(request);
      parsed(emptyRequest, (request.body as unknown) ?? undefined, actor);
      if (await patient(actor, beginUndo(ports, actor, handover.id))) await within(runs.start(handover.id));
      const row = await standing(handover.id);
      return response.status(row.state === 'undoing' ? 202 : 200).json(await viewOf(readingOf(request, scope), row));
    }),
  );

  router.get(
    '/handovers/:id/certificate',
    route(async (request, response) => {
      const { actor, handover } = await own(request);
      const certificate = certificateOf(handover);
      if (!certificate || !handover.certificate_hash) throw handoverRefusal('not_done', actor.language);
      const undoneAt = handover.undone_at === null ? null : new Date(handover.undone_at).toISOString();
      const page = certificatePage({ certificate, hash: handover.certificate_hash, undoneAt, language: actor.language });
      return response.set('Cache-Control', 'no-store').type('html').send(page);
    }),
  );
}
