import type { Router } from 'express';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import { requireActor } from '../platform/api/caller.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import type { Importer } from './commit/commit.ts';
import { countLines, loadImport, WRITTEN } from './commit/import-record.ts';
import { progressOf } from './commit/progress.ts';
import { importRefusal } from './refuse.ts';
import { commitRequest, pageQuery, sampleRequest } from './contract-commit.ts';
import { mayUndo } from './rules/rights.ts';
import { UNDO_DAYS } from './rules/standing.ts';
import { drawAgain, sampleOf, signSample } from './sample/sample.ts';
import { isCleared } from './store/import-row.ts';
import { sparedOf } from './undo/spared.ts';
import { undoImport } from './undo/undo.ts';
import { valueNames } from './undo/value-names.ts';

/** How long an answer waits for the work, so that a small file is done when it comes. */
const PATIENCE_MS = 2000;

const within = (run: Promise<void>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, PATIENCE_MS)));
  return Promise.race([run, late]).finally(() => clearTimeout(timer));
};

/** `POST /crm/imports/:id/commit`, `/cancel`, `/undo`, `/sample` (contract.md). */
export function registerImportCommitRoutes(router: Router, importer: Importer): void {
  const { ports, runs } = importer;
  const { database } = ports.context;

  async function asked(request: CrmRequest) {
    const actor = await requireActor(request, database);
    const id = String(request.params['id'] ?? '').toLowerCase();
    if (!isUuid(id)) throw forbidden();
    return { actor, id };
  }
  const progress = async (id: string) => progressOf((await loadImport(database, id))!);

  router.post(
    '/imports/:id/commit',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      const body = commitRequest.safeParse(request.body ?? {});
      if (!body.success) throw importRefusal('bad_request', actor.language);
      const { run } = await importer.commit(id, actor, body.data);
      await within(run);
      const view = await progress(id);
      return response.status(view.status === 'importing' ? 202 : 200).json(view);
    }),
  );

  router.post(
    '/imports/:id/cancel',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      await importer.cancel(id, actor);
      return response.json(await progress(id));
    }),
  );

  const pageOf = (request: CrmRequest) => pageQuery.catch({ offset: 0, limit: 1000 }).parse(request.query);

  async function undone(id: string, actor: Actor, request: CrmRequest) {
    const record = (await loadImport(database, id))!;
    const { status } = record;
    const [count, kept] = [
      await countLines(database, id, { state: 'undone' }, WRITTEN),
      await countLines(database, id, { state: 'kept' }, WRITTEN),
    ];
    if (isCleared(record)) {
      const note = importRefusal('contents_gone', actor.language, { days: UNDO_DAYS }).message;
      return { status, undone: count, kept, spared: [], names: {}, note };
    }
    const spared = status === 'undone' ? await sparedOf(ports, id, actor, pageOf(request)) : [];
    const names = await valueNames(database, await ports.context.getSchema(), actor, spared);
    return { status, undone: count, kept, spared, names, note: null };
  }

  router.post(
    '/imports/:id/undo',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      const { run } = await undoImport(ports, runs, id, actor);
      await within(run);
      const answer = await undone(id, actor, request);
      return response.status(answer.status === 'undoing' ? 202 : 200).json(answer);
    }),
  );

  router.get(
    '/imports/:id/undo',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      const record = await loadImport(database, id);
      if (!record?.undone_by || !mayUndo(actor, record)) throw forbidden();
      return response.set('Cache-Control', 'no-store').json(await undone(id, actor, request));
    }),
  );

  router.get(
    '/imports/:id/sample',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      return response.set('Cache-Control', 'no-store').json(await sampleOf(ports, id, actor, pageOf(request)));
    }),
  );

  router.post(
    '/imports/:id/sample',
    route(async (request, response) => {
      const { actor, id } = await asked(request);
      const body = sampleRequest.safeParse(request.body ?? {});
      if (!body.success) throw importRefusal('bad_request', actor.language);
      if (body.data.again) await drawAgain(ports, id, actor);
      else await signSample(ports, id, actor, body.data);
      return response.json(await sampleOf(ports, id, actor, pageOf(request)));
    }),
  );
}
