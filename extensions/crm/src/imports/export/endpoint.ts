import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response, Router } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { limiterFor } from '../../platform/api/limiter.ts';
import type { Refusal } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { parsed } from '../parsed.ts';
import { EXPORTABLE } from '../rules/export-columns.ts';
import { download } from '../view/download.ts';
import { standingOf } from './caller-rows.ts';
import { exportRequest, historyQuery, type ExportLine } from './contract.ts';
import { askedOf, EXPORTS, type ExportRow } from './export-row.ts';
import { fetchExport } from './fetch-export.ts';
import { hostQuestion } from './host-query.ts';
import { makeExport, type ExportOrder, type ExportPorts } from './make-export.ts';
import { exportRefusal } from './refuse.ts';

const MINUTE = 60;
const SHORTEST_REASON = 2;

/** `/crm/exports`: rows are taken out, listed, fetched. */
export function registerExportRoutes(router: Router, ports: ExportPorts): void {
  const { context, settings, clock } = ports;
  const { database } = context;
  const limiter = limiterFor('crm-export', { points: settings.perMinute, duration: MINUTE }, context.env);
  /** Whose export this process is making. */
  const making = new Set<string>();

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
      const order = orderIn(request, actor, untilGone(response));
      if (making.has(actor.user)) throw exportRefusal('running', actor.language);
      making.add(actor.user);
      try {
        await admit(actor);
        const row = await makeExport(ports, order);
        return response.status(201).json({ id: row.id, rows: row.rows_total, file_name: row.file_name, expires_at: row.expires_at });
      } catch (error) {
        // Nobody waits for an answer any more.
        if (order.signal.aborted) return response.end();
        throw error;
      } finally {
        making.delete(actor.user);
      }
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
      const lines = rows.map((row) => lineOf(row, standingOf(actor), clock.now()));
      return response.json({ exports: lines, total: Number(counted?.['total'] ?? 0) });
    }),
  );

  router.get(
    '/exports/:id/file',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { name, size, content } = await fetchExport(ports, actor, request.params['id'] ?? '');
      download(response, name, name.endsWith('.csv') ? 'text/csv; charset=utf-8' : name).set('Content-Length', String(size));
      return pipeline(Readable.from(content), response);
    }),
  );
}

const lineOf = (row: ExportRow, standing: string, now: Date): ExportLine => ({
  id: row.id,
  rows: row.rows_total,
  file_name: row.file_name,
  expires_at: new Date(row.expires_at).toISOString(),
  collection: row.collection,
  format: row.format,
  reason: row.reason,
  date_created: new Date(row.date_created).toISOString(),
  available: new Date(row.expires_at) > now && askedOf(row).standing === standing,
});

/** Aborted when the connection ends before the answer does. */
function untilGone(response: Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

function orderIn(request: CrmRequest, actor: Actor, signal: AbortSignal): ExportOrder {
  const { language } = actor;
  const asked = parsed(exportRequest, request.body, refuseIn(actor), 'INVALID_PAYLOAD');
  const collection = EXPORTABLE.find((one) => one === asked.collection);
  if (!collection) throw exportRefusal('unknown_collection', language, { collection: asked.collection, allowed: EXPORTABLE.join(', ') });
  const reason = asked.reason.replace(/\s+/gu, ' ').trim();
  if (reason.length < SHORTEST_REASON) throw exportRefusal('reason_needed', language);
  const question = hostQuestion(request);
  if (asked.ids && (asked.filter || asked.search)) throw exportRefusal('ids_or_query', language);
  return {
    actor,
    accountability: request.accountability!,
    schema: request.schema,
    signal,
    collection,
    format: asked.format,
    reason,
    fields: asked.fields ?? undefined,
    ids: asked.ids ?? null,
    question,
  };
}

const refuseIn =
  ({ language }: Actor) =>
  (where: string): Refusal =>
    exportRefusal('bad_value', language, { where });
