import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Router } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../platform/api/actor.ts';
import { requireActor } from '../platform/api/caller.ts';
import { changeLog } from '../platform/api/change-log.ts';
import { limiterFor } from '../platform/api/limiter.ts';
import { forbidden, type Refusal } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { findSubject, requireRing } from '../privacy/index.ts';
import { changeReading } from './change-reading.ts';
import { discardImport } from './check/discard-import.ts';
import type { Readings } from './check/readings.ts';
import { changeRequest, listQuery, rowsQuery, templateQuery } from './contract.ts';
import { parsed } from './parsed.ts';
import type { ImportPorts } from './ports.ts';
import { fileRefusal, importRefusal } from './refuse.ts';
import { mayImport } from './rules/importer.ts';
import { isMendable } from './rules/reading-fault.ts';
import { toSafeFileName } from './rules/safe-cell.ts';
import { UNDO_DAYS } from './rules/standing.ts';
import { IMPORT_KINDS } from './rules/targets.ts';
import { IMPORT_ROWS, IMPORTS } from './staging.ts';
import { FRESH, isCleared, readingOf, type ImportRow, type Reading } from './store/import-row.ts';
import { takeUpload } from './upload.ts';
import { say } from '../platform/api/say.ts';
import { REST_TEXTS } from './locale/column-texts.ts';
import { download } from './view/download.ts';
import { importPlaceOf } from './view/import-place.ts';
import { importLines, importView, type ImportView } from './view/import-view.ts';
import { restFile } from './view/rest-file.ts';
import { COLUMNS, isClear, lineView, namesFor, openLine, type StagedRow } from './view/row-view.ts';
import { templateFile } from './view/template-file.ts';
import { requireImport, visibleImports } from './view/visible-imports.ts';

const [MINUTE, DAY] = [60, 86_400];
/** A day's uploads and changes, in those of a busy minute: whoever tries numbers out in many files is slow and seen (SEC-5). */
const OF_A_DAY = 5;

/** `/crm/imports`: a table is brought, checked, looked at and read in another way; importing it is the commit's (contract.md). */
export function registerImportRoutes(router: Router, ports: ImportPorts, readings: Pick<Readings, 'start'>): void {
  const { database } = ports.context;
  const { uploadsPerMinute: points } = ports.settings;
  const limiters = [
    limiterFor('crm-import', { points, duration: MINUTE }, ports.context.env),
    limiterFor('crm-import-day', { points: points * OF_A_DAY, duration: DAY }, ports.context.env),
  ];
  /** Reading a file again is as much work, and as much told, as a new one. */
  async function refuseTooOften({ user, language }: Actor): Promise<void> {
    for (const limiter of limiters)
      await limiter.consume(user).catch((reason: unknown) => {
        if (!(reason instanceof RateLimiterRes)) throw reason as Error;
        throw importRefusal('too_often', language, { seconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) });
      });
  }
  const ringFor = (actor: Actor) => requireRing(ports.keys, actor.language);
  const viewOf = (actor: Actor, row: ImportRow): Promise<ImportView> =>
    importView({ database, ring: ringFor(actor), clock: ports.clock, words: ports.words }, actor, row);
  const inBackground = (id: string): Promise<unknown> =>
    Promise.race([readings.start(id), wait(ports.settings.answerMs, null, { ref: false })]);

  router.post(
    '/imports',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      await refuseTooOften(actor);
      const id = await takeUpload(ports, ringFor(actor), actor, request);
      await inBackground(id);
      const row: ImportRow = await database(IMPORTS).where({ id }).first();
      const { found, fault } = await readingIn(ports, actor, row);
      if (fault && !isMendable(found, fault)) {
        await discardImport(ports, id);
        throw fileRefusal(fault, actor.language);
      }
      return response.status(201).json(await viewOf(actor, row));
    }),
  );

  router.get(
    '/imports',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { limit, offset } = parsed(listQuery, request.query, refuseIn(actor));
      const [counted] = await visibleImports(database, actor).count({ total: '*' });
      const rows: ImportRow[] = await visibleImports(database, actor)
        .orderBy([
          { column: 'date_created', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit)
        .offset(offset);
      return response.json({
        imports: await importLines({ database, clock: ports.clock }, actor, rows),
        total: Number(counted?.['total'] ?? 0),
        place: await importPlaceOf(database, actor, ports.settings),
      });
    }),
  );

  router.get(
    '/imports/templates/:kind',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      if (!mayImport(actor)) throw forbidden();
      const kind = IMPORT_KINDS.find((one) => one === request.params['kind']);
      if (!kind) throw importRefusal('unknown_kind', actor.language, { kinds: IMPORT_KINDS.join(', ') });
      const { format, offline, language } = parsed(templateQuery, request.query, refuseIn(actor));
      const isOffline = offline === 'true' || offline === '1';
      const file = templateFile({ kind, format, offline: isOffline }, ports.words, language ?? actor.language);
      return download(response, file.name, file.type).send(file.bytes);
    }),
  );

  router.get(
    '/imports/:id',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      return response.json(await viewOf(actor, await requireImport(database, actor, idOf(request))));
    }),
  );

  router.patch(
    '/imports/:id',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const row = await requireImport(database, actor, idOf(request));
      if (!mayImport(actor)) throw forbidden();
      await refuseTooOften(actor);
      await changeReading(ports, ringFor(actor), actor, row, parsed(changeRequest, request.body, refuseIn(actor), 'INVALID_PAYLOAD'));
      await inBackground(row.id);
      return response.json(await viewOf(actor, await requireImport(database, actor, row.id)));
    }),
  );

  router.delete(
    '/imports/:id',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const row = await requireImport(database, actor, idOf(request));
      if (row.owner !== actor.user || !mayImport(actor)) throw forbidden();
      if (!(await discardImport(ports, row.id))) throw importRefusal('not_open', actor.language);
      return response.status(204).end();
    }),
  );

  registerRowRoutes(router, ports);
}

function registerRowRoutes(router: Router, ports: ImportPorts): void {
  const { database } = ports.context;

  /** An import with its key, for those who may look at its rows. */
  async function opened(request: CrmRequest) {
    const actor = await requireActor(request, database);
    const row = await requireImport(database, actor, idOf(request));
    if (!mayImport(actor)) throw forbidden();
    const ring = requireRing(ports.keys, actor.language);
    const found = await findSubject(database, ring, { collection: IMPORTS, item: row.id });
    const subject = found.accepted ? found.value : null;
    const plan = subject ? (readingOf(row, subject).found?.plan ?? []) : [];
    return { actor, row, subject, plan };
  }

  router.get(
    '/imports/:id/rows',
    route(async (request, response) => {
      const { actor, row, subject, plan } = await opened(request);
      const { verdict, offset, limit } = parsed(rowsQuery, request.query, refuseIn(actor));
      const wanted = () => database(IMPORT_ROWS).where({ import: row.id, ...(verdict ? { verdict } : {}) });
      const [counted] = await wanted().count({ total: '*' });
      const page: StagedRow[] = await wanted()
        .orderBy('line')
        .offset(offset)
        .limit(limit)
        .select(...COLUMNS);
      const lines = page.map((one) => openLine(subject, one));
      const named = await namesFor(database, actor, row, lines);
      const clear = isClear(row, actor);
      const showing = { kind: row.kind, plan, clear, language: actor.language, words: ports.words };
      return response
        .set('Cache-Control', 'no-store')
        .json({ total: Number(counted?.['total'] ?? 0), clear, rows: lines.map((line) => lineView(line, named, showing)) });
    }),
  );

  router.get(
    '/imports/:id/rest',
    route(async (request, response) => {
      const { actor, row, subject, plan } = await opened(request);
      if (row.owner !== actor.user) throw forbidden();
      if (isCleared(row)) throw importRefusal('contents_gone', actor.language, { days: UNDO_DAYS });
      if (!subject) throw forbidden();
      await changeLog().event(database, { action: 'export', collection: IMPORTS, item: row.id, segment: row.segment, reason: 'rest' });
      const name = toSafeFileName(`${row.file_name.replace(/\.\w{1,5}$/u, '')} ${say(REST_TEXTS.file, actor.language)}`, 'csv');
      download(response, name, 'text/csv; charset=utf-8');
      return pipeline(Readable.from(restFile(database, actor, { row, subject, plan, words: ports.words })), response);
    }),
  );
}

const idOf = (request: CrmRequest): string => (request.params['id'] ?? '').toLowerCase();

/** How the file was read, and why not to its end. */
async function readingIn(ports: ImportPorts, actor: Actor, row: ImportRow | undefined): Promise<Reading> {
  if (!row) throw forbidden();
  const subject = await findSubject(ports.context.database, requireRing(ports.keys, actor.language), { collection: IMPORTS, item: row.id });
  return subject.accepted ? readingOf(row, subject.value) : FRESH;
}

const refuseIn =
  ({ language }: Actor) =>
  (where: string): Refusal =>
    importRefusal('bad_value', language, { where });
