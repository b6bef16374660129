import type { Request, Router } from 'express';
import { isUuid } from '../kernel/uuid.ts';
import { loadActor, type Actor, type Language } from '../platform/api/actor.ts';
import { isAdministrator } from '../platform/api/caller.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext, Knex, Row } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { entriesQuery } from './contract.ts';
import { LOG } from './journal.ts';
import { labelsOf, namesIn, peopleCalled } from './labels.ts';
import type { AuditPorts } from './ports.ts';
import { badRequest } from './refusals.ts';
import { rightsAt } from './rights-history.ts';
import { describeRights, type RightsThen } from './rules/describe-rights.ts';
import { diffRights, namesOfRights } from './rules/diff-rights.ts';

const PAGE_ROWS = 50;
const SHOWN = ['id', 'at', 'user', 'acting_for', 'action', 'collection', 'item', 'segment', 'before', 'after', 'reason', 'origin'];

async function holdsPolicy(database: Knex, user: string, policy: string): Promise<boolean> {
  const held: string[] = await database('directus_access').where({ user, policy }).pluck('id');
  return held.length > 0;
}

/** System administrators and auditors; everybody else gets the answer of a route that is not theirs. */
async function requireReader(request: CrmRequest, database: Knex, ports: AuditPorts): Promise<Actor> {
  const actor = await loadActor(database, request.accountability ?? null);
  if (!actor?.active) throw forbidden();
  if (isAdministrator(actor) || (!actor.role && (await holdsPolicy(database, actor.user, ports.auditorPolicy)))) return actor;
  throw forbidden();
}

function momentIn(request: Request, name: string, language: Language, now: Date): Date {
  const text = request.query[name];
  const moment = typeof text === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(moment.getTime())) throw badRequest('bad_moment', language, { name });
  if (moment > now) throw badRequest('in_future', language);
  return moment;
}

/** A moment as people of the business read it. */
const businessMoment = (at: Date): string =>
  new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: 'Asia/Shanghai' }).format(at);

/** Rights at a moment, or a refusal that says since when they are known. */
async function rightsThen(database: Knex, on: Date, language: Language): Promise<RightsThen & { since: string }> {
  const { state, since } = await rightsAt(database, on);
  if (!since || on < since) throw badRequest('not_known_yet', language, { since: since ? businessMoment(since) : '–' });
  return { ...describeRights(state), since: since.toISOString() };
}

async function segmentCodes(database: Knex): Promise<Record<string, string>> {
  const rows: { id: string; code: string }[] = await database('crm_segments').select('id', 'code');
  return Object.fromEntries(rows.map(({ id, code }) => [id, code]));
}

/** The filter that was asked for. Who did it is an id, or what a name or an address contains; people who are gone have only ids. */
async function filterOf(database: Knex, actor: Actor, asked: ReturnType<typeof entriesQuery.parse>): Promise<Row> {
  const { from, to, page: _page, user, ...exact } = asked;
  const equal = Object.entries(exact).flatMap(([field, value]) => (value === undefined ? [] : [{ [field]: { _eq: value } }]));
  const ids = user && (isUuid(user) ? [user.toLowerCase()] : await peopleCalled(database, user, actor.role !== 'segment_admin'));
  const by = ids ? [{ _or: [{ user: { _in: ids } }, { acting_for: { _in: ids } }] }] : [];
  return { _and: [...equal, ...by, ...(from ? [{ at: { _gte: from } }] : []), ...(to ? [{ at: { _lte: to } }] : [])] };
}

function registerEntries(router: Router, { database, services, getSchema }: HostContext): void {
  router.get(
    '/audit/entries',
    route(async (request, response) => {
      const accountability = request.accountability ?? null;
      const actor = await loadActor(database, accountability);
      if (!accountability || !actor?.active) throw forbidden();
      const asked = entriesQuery.safeParse(request.query);
      if (!asked.success)
        throw badRequest('bad_filter', actor.language, { where: asked.error.issues.map(({ path }) => path.join('.')).join(', ') });
      // The host's own row rules answer: whoever may read nothing of the log is refused by them.
      const schema = await getSchema();
      const items = new services.ItemsService(LOG, { schema, accountability });
      const filter = await filterOf(database, actor, asked.data);
      const { page } = asked.data;
      const rows = await items.readByQuery({ fields: SHOWN, filter, sort: ['-at', '-id'], limit: PAGE_ROWS, page });
      const [counted] = await items.readByQuery({ aggregate: { count: ['*'] }, filter });
      const total = Number((counted as { count?: unknown } | undefined)?.count ?? 0);
      const names = await namesIn(database, rows, schema);
      const labels = await labelsOf(database, [...new Set(rows.map((row) => String(row['collection'])))], actor.language);
      return response.json({ entries: rows, total, page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), names, labels });
    }),
  );
}

/** The log for its readers, and the history of rights for those who answer for rights (SEC-3). */
export function registerAuditRoutes(router: Router, context: HostContext, clock: Clock, ports: AuditPorts): void {
  const { database } = context;
  registerEntries(router, context);
  router.get(
    '/audit/rights',
    route(async (request, response) => {
      const { language } = await requireReader(request, database, ports);
      const on = momentIn(request, 'on', language, clock.now());
      const { users, ...then } = await rightsThen(database, on, language);
      const { user } = request.query;
      const wanted = typeof user === 'string' ? users.filter(({ id }) => id === user.toLowerCase()) : users;
      return response.json({ on: on.toISOString(), ...then, users: wanted, segments: await segmentCodes(database) });
    }),
  );
  router.get(
    '/audit/rights/diff',
    route(async (request, response) => {
      const { language } = await requireReader(request, database, ports);
      const [from, to] = [momentIn(request, 'from', language, clock.now()), momentIn(request, 'to', language, clock.now())];
      const [before, after] = [await rightsThen(database, from, language), await rightsThen(database, to, language)];
      const changes = diffRights(before, after);
      return response.json({
        from: from.toISOString(),
        to: to.toISOString(),
        since: before.since,
        changes,
        names: namesOfRights(before, after),
        segments: await segmentCodes(database),
      });
    }),
  );
}
