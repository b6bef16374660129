import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Router } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { toTitle } from '../../kernel/text/plain.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { limiterFor } from '../../platform/api/limiter.ts';
import type { Refusal } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { saysSomething } from '../../privacy/index.ts';
import { parsed } from '../parsed.ts';
import { EXPORTABLE } from '../rules/export-columns.ts';
import { rowAllowance } from '../rules/export-right.ts';
import { download } from '../view/download.ts';
import type { ExportHistory, ExportLine } from './answers.ts';
import { askExport } from './ask-export.ts';
import { exportRequest, historyQuery } from './contract.ts';
import { askedOf, EXPORTS, faultOf, type ExportRow } from './export-row.ts';
import type { Exports } from './exports.ts';
import { fetchExport, ownExport } from './fetch-export.ts';
import { hostQuestion } from './host-query.ts';
import type { ExportOrder } from './make-export.ts';
import { exportRefusal, faultText } from './refuse.ts';
import { rowsLeftToday } from './rows-left-today.ts';
import { standingOf } from './standing.ts';
import { approvedOrder } from './start-approved.ts';
import { approvalsOf, takeBack } from './take-back.ts';

const MINUTE = 60;
const HOUR_MS = 3_600_000;

/** `/crm/exports`: rows are taken out, listed, stopped, fetched. */
export function registerExportRoutes(router: Router, exporting: Exports): void {
  const { ports } = exporting;
  const { context, settings, clock } = ports;
  const { database } = context;
  const limiter = limiterFor('crm-export', { points: settings.perMinute, duration: MINUTE }, context.env);
  const linesFor = async (actor: Actor, rows: readonly ExportRow[]) => {
    const approvals = await approvalsOf(database, rows);
    return rows.map((row) => lineOf(row, actor, { now: clock.now(), approval: approvals.get(row.id) ?? null }));
  };
  const lineFor = async (actor: Actor, row: ExportRow) => (await linesFor(actor, [row]))[0]!;

  async function admit(actor: Actor): Promise<void> {
    await limiter.consume(actor.user).catch((reason: unknown) => {
      if (!(reason instanceof RateLimiterRes)) throw reason as Error;
      throw exportRefusal('too_often', actor.language, { seconds: Math.max(1, Math.ceil(reason.msBeforeNext / 1000)) });
    });
  }

  router.post(
    '/exports',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const order = orderIn(request, actor);
      await admit(actor);
      const asked = isAsking(request) ? await askExport(ports, order) : null;
      const row = asked ?? (await exporting.begin(order));
      return response.status(row.status === 'done' ? 201 : 202).json(await lineFor(actor, row));
    }),
  );

  router.post(
    '/exports/:id/start',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const asked = await ownExport(database, actor, request.params['id'] ?? '');
      await admit(actor);
      const order = await approvedOrder(ports, { ...callerOf(request), actor }, asked);
      const row = await exporting.start(order, asked);
      return response.status(row.status === 'done' ? 201 : 202).json(await lineFor(actor, row));
    }),
  );

  router.get(
    '/exports',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { limit, offset } = parsed(historyQuery, request.query, refuseIn(actor));
      const own = () => database(EXPORTS).where({ owner: actor.user });
      const [counted] = await own().count({ total: '*' });
      const rows: ExportRow[] = await own()
        .orderBy([
          { column: 'date_created', order: 'desc' },
          { column: 'id', order: 'desc' },
        ])
        .limit(limit)
        .offset(offset);
      const history: ExportHistory = {
        exports: await linesFor(actor, rows),
        total: Number(counted?.['total'] ?? 0),
        most: rowAllowance(actor, settings.allowances),
        today: await rowsLeftToday(ports, actor),
        hours: settings.keptMs / HOUR_MS,
      };
      return response.json(history);
    }),
  );

  router.get(
    '/exports/:id',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      return response.json(await lineFor(actor, await ownExport(database, actor, request.params['id'] ?? '')));
    }),
  );

  router.post(
    '/exports/:id/cancel',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const row = await ownExport(database, actor, request.params['id'] ?? '');
      if (!(await takeBack(ports, actor, row)) && !(await exporting.stop(row.id))) throw exportRefusal('not_running', actor.language);
      return response.json(await lineFor(actor, await ownExport(database, actor, row.id)));
    }),
  );

  router.get(
    '/exports/:id/file',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { name, size, content } = await fetchExport(ports, { ...callerOf(request), actor }, request.params['id'] ?? '');
      download(response, name, name.endsWith('.csv') ? 'text/csv; charset=utf-8' : name).set('Content-Length', String(size));
      return pipeline(Readable.from(content), response);
    }),
  );
}

function lineOf(row: ExportRow, actor: Actor, { now, approval }: { now: Date; approval: string | null }): ExportLine {
  const fault = faultOf(row);
  const until = row.expires_at === null ? null : new Date(row.expires_at);
  return {
    id: row.id,
    collection: row.collection,
    format: row.format,
    file_name: row.file_name,
    reason: row.reason,
    date_created: new Date(row.date_created).toISOString(),
    status: row.status,
    rows: row.rows_total,
    done: row.rows_done,
    expires_at: until?.toISOString() ?? null,
    available: row.status === 'done' && until !== null && until > now && askedOf(row).standing === standingOf(actor),
    start_by: row.start_by === null ? null : new Date(row.start_by).toISOString(),
    approval,
    message: fault && faultText(fault, actor.language),
  };
}

function orderIn(request: CrmRequest, actor: Actor): ExportOrder {
  const { language } = actor;
  const asked = parsed(exportRequest, request.body, refuseIn(actor), 'INVALID_PAYLOAD');
  const collection = EXPORTABLE.find((one) => one === asked.collection);
  if (!collection) throw exportRefusal('unknown_collection', language, { collection: asked.collection, allowed: EXPORTABLE.join(', ') });
  const reason = toTitle(asked.reason);
  if (!saysSomething(reason)) throw exportRefusal('reason_needed', language);
  const question = hostQuestion(request);
  if (asked.ids && (asked.filter || asked.search)) throw exportRefusal('ids_or_query', language);
  return {
    actor,
    ...callerOf(request),
    collection,
    format: asked.format,
    reason,
    fields: asked.fields ?? undefined,
    ids: asked.ids ?? null,
    question,
  };
}

const isAsking = ({ body }: CrmRequest): boolean => (body as { ask?: unknown }).ask === true;

const callerOf = ({ accountability, schema }: CrmRequest) => ({ accountability: accountability!, schema });

const refuseIn =
  ({ language }: Actor) =>
  (where: string): Refusal =>
    exportRefusal('bad_value', language, { where });
