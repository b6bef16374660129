import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Accountability, HostContext, Row, SchemaOverview } from '../platform/api/host.ts';
import { toLanguage } from '../platform/api/actor.ts';
import { graphqlOf } from '../platform/api/graphql-request.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { callerOf, isGuardedFor, isOurs, languageOf, type Caller } from './caller.ts';
import { assertIsolation } from './doctor/state.ts';
import { guardSchemaOf } from './host-schema.ts';
import type { GuardPorts, GuardRegister } from './ports.ts';
import { readableRows } from './readable-rows.ts';
import { refusal, type RefusalName } from './refuse.ts';
import { queryOfChange } from './rules/by-query.ts';
import { staysOpen } from './rules/closed-paths.ts';
import { namesForeignVariable } from './rules/caller-variables.ts';
import { namesClosedField } from './rules/graphql-text.ts';
import { findQueryFault } from './rules/query-guard.ts';
import { isSecret } from './rules/secret-fields.ts';
import { isDeeperThan, isPlainRecord, listFitsVerb } from './rules/plain-values.ts';
import { relationComparesSecret, touchesInstalled } from './rules/schema-change.ts';
import { installed } from './schema-hooks.ts';
import { sharedHost } from './shared-host.ts';

interface HostRequest extends Request {
  accountability?: Accountability;
  schema: SchemaOverview;
}

/** Deeper than any form or filter of the Studio; the host recurses over what it gets. */
const DEEPEST_BODY = 40;
const STRANGER: Caller = { role: null, admin: false, share: false };
const SYSTEM_PATH =
  /^\/(users|files|folders|presets|comments|notifications|dashboards|panels|shares|versions|flows|operations|translations|roles|policies|permissions|access|activity|revisions)(\/|$)/i;

/**
 * Closes routes of the host that no event announces, or that every event of theirs comes too late for (§3.2, §11). Runs
 * after the host has found out who asks and before its routes.
 */
export function registerRequestGate({ init }: Pick<GuardRegister, 'init'>, { database, services }: HostContext, ports: GuardPorts): void {
  const canReadAll = readableRows(services);
  const isShared = sharedHost(database);
  const whoAsks = (request: Request) => callerOf((request as HostRequest).accountability) ?? STRANGER;
  const isKnown = (request: Request) => Boolean((request as HostRequest).accountability?.user);
  const refuse = async (request: Request, name: RefusalName): Promise<never> => {
    throw refusal(name, await languageOf(database, (request as HostRequest).accountability));
  };

  /** A check that may refuse; whatever it throws reaches the host's error answer. */
  const check =
    (handler: (request: HostRequest, response: Response) => Promise<void> | void): RequestHandler =>
    (request: Request, response: Response, next: NextFunction) => {
      Promise.resolve()
        .then(() => handler(request as HostRequest, response))
        .then(() => next())
        .catch(next);
    };
  const closedFor = (isClosed: (request: HostRequest) => boolean | Promise<boolean>, name: RefusalName = 'not_here') =>
    check(async (request) => {
      if (await isClosed(request)) await refuse(request, name);
    });
  const peopleOfTheCrm = (request: HostRequest) => whoAsks(request).role !== null;
  const strangers = async (request: HostRequest) => !isKnown(request) && !(await isShared());
  const strangersAndOurs = async (request: HostRequest) => peopleOfTheCrm(request) || (await strangers(request));
  const ourCollection = (request: HostRequest) => isOurs(request.params['collection']);

  /** Changes by query look rows up with the host's own rights: an oracle for every field of every row (LEAK 2). */
  const reachesOut = async (request: HostRequest, caller: Caller): Promise<boolean> => {
    if (changesGuarded(request, caller)) return true;
    const isSystem = SYSTEM_PATH.test(request.path);
    if (isSystem && !(await isShared())) return true;
    const query = queryOfChange(request.body);
    if (!query) return true;
    const collection = isSystem ? `directus_${request.path.split('/')[1]!.toLowerCase()}` : collectionOf(request);
    const guard = {
      schema: guardSchemaOf(request.schema),
      isGuarded: isGuardedFor(caller),
      ruleOf: (target: string) => ports.rowRuleOf(caller.role, target),
      mayCompare: (target: string, field: string) =>
        isSecret(target, field) ? false : caller.role === null ? !field.startsWith('crm_') : ports.mayCompare(caller.role, target, field),
    };
    return findQueryFault(guard, collection, query) !== null;
  };

  init('routes.before', ({ app }) => {
    app.use(
      check(async (request) => {
        const caller = whoAsks(request);
        const isJudged = caller.role !== null || !(await isShared());
        if (isJudged && isDeeperThan(request.body, DEEPEST_BODY)) await refuse(request, 'too_deep');
        if (changesGuarded(request, caller) && !listFitsVerb(request.method, request.body)) await refuse(request, 'not_rows');
        if (isJudged && !caller.admin && namesForeignVariable(queryParts(request))) await refuse(request, 'variable');
        if (caller.role !== null && !staysOpen(caller.role, request.method, request.path))
          assertIsolation(toLanguage(request.headers['accept-language']));
        if (isLateWrite(request.method) && !isKnown(request) && !(await isShared())) throw forbidden();
        if (isByQuery(request) && !caller.admin && (await reachesOut(request, caller))) await refuse(request, 'by_query');
      }),
    );
    app.delete(['/users', '/users/:pk', '/flows', '/flows/:pk'], closedFor(peopleOfTheCrm));
    app.patch(['/shares', '/shares/:pk'], closedFor(peopleOfTheCrm));
    app.delete(['/shares', '/shares/:pk'], closedFor(peopleOfTheCrm));

    app.post(['/utils/hash/generate', '/utils/hash/verify'], closedFor(strangersAndOurs));
    app.get('/utils/random/string', closedFor(strangers));
    app.get('/server/health', closedFor(strangers));
    app.get(['/server/specs/oas', '/server/specs/graphql', '/server/specs/graphql/:scope'], closedFor(strangers));
    app.post('/users/invite', closedFor(strangersAndOurs));
    app.use(
      ['/assets', '/files'],
      check(async (request) => {
        if (await strangers(request)) assertIsolation(toLanguage(request.headers['accept-language']));
      }),
    );
    app.post(
      '/utils/import/:collection',
      closedFor((request) => ourCollection(request) || guardedParam(request, whoAsks(request)), 'native_import'),
    );
    app.post(
      '/utils/export/:collection',
      closedFor((request) => ourCollection(request) || guardedParam(request, whoAsks(request)), 'native_export'),
    );
    app.post(
      '/utils/sort/:collection',
      closedFor((request) => mayNotSort(request, whoAsks(request), ports)),
    );
    app.post('/utils/revert/:revision', closedFor(peopleOfTheCrm));
    app.post('/files/import', closedFor(peopleOfTheCrm));
    app.use(['/files/tus', '/mcp', '/ai', '/flows/trigger', '/shares/invite', '/deployments'], closedFor(peopleOfTheCrm));
    app.use(
      '/versions',
      closedFor((request) => request.method !== 'GET' && peopleOfTheCrm(request)),
    );

    app.patch(
      '/files/:pk',
      check(async (request) => {
        const { accountability, schema } = request;
        if (!peopleOfTheCrm(request) || !accountability) return;
        if (!(await canReadAll({ database, schema, accountability }, 'directus_files', [request.params['pk'] ?? '']))) throw forbidden();
      }),
    );

    const installedParam = (request: HostRequest) =>
      installed(request.schema).isField(request.params['collection'] ?? '', request.params['field'] ?? '');
    const closeInstalled = check(async (request) => {
      if (installedParam(request))
        throw refusal('installed', await languageOf(database, request.accountability), { name: request.params['field'] ?? '' });
    });
    app.delete(
      '/collections/:collection',
      check(async (request) => {
        const name = request.params['collection'] ?? '';
        if (installed(request.schema).isCollection(name))
          throw refusal('installed', await languageOf(database, request.accountability), { name });
      }),
    );
    // Before the host changes the table, which it would have to undo.
    const closeSecret = check(async (request) => {
      const { collection, field, meta } = { ...(request.body as Row), ...request.params };
      if (relationComparesSecret(collection, { field, sort: isPlainRecord(meta) ? meta['sort_field'] : null }))
        throw refusal('installed', await languageOf(database, request.accountability), { name: String(collection) });
    });
    app.post('/relations', closeSecret);
    app.patch('/relations/:collection/:field', closeInstalled, closeSecret);
    app.delete('/relations/:collection/:field', closeInstalled);
    app.post(
      '/schema/apply',
      check(async (request) => {
        if (request.is('multipart/form-data')) await refuse(request, 'schema_file');
        if (touchesInstalled(installed(request.schema), request.body))
          throw refusal('installed', await languageOf(database, request.accountability), { name: 'crm_*' });
      }),
    );

    app.use(
      '/graphql',
      check(async (request) => {
        const caller = { known: !(await strangers(request)), ofTheCrm: peopleOfTheCrm(request) };
        if (namesClosedField(graphqlOf(request), caller)) await refuse(request, 'not_here');
      }),
    );
  });
}

/** What of a request the host reads as a query: the address, and the bodies of searches, exports and GraphQL. */
function queryParts(request: HostRequest): unknown[] {
  const { filter, deep, query, variables } = request.query as Row;
  const body = request.body as Row | undefined;
  const readsBody =
    request.method === 'SEARCH' || /^\/(graphql|utils\/export)/i.test(request.path) || (isPlainRecord(body) && 'query' in body);
  return [filter, deep, query, variables, readsBody ? body : undefined];
}

const isByQuery = ({ method, body }: HostRequest): boolean =>
  (method === 'PATCH' || method === 'DELETE') && isPlainRecord(body) && 'query' in body;

/** The host works on parts of these before it asks whether the caller may (F1); whoever is not logged in has none to send. */
const isLateWrite = (method: string): boolean => ['PATCH', 'PUT', 'DELETE'].includes(method);

/** The collection in `/items/…`; a name that cannot be read is nobody's. */
function collectionOf({ path }: HostRequest): string {
  const [, root = '', name = ''] = path.split('/');
  if (root.toLowerCase() !== 'items') return '';
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function changesGuarded(request: HostRequest, caller: Caller): boolean {
  return isOurs(collectionOf(request)) || (caller.role !== null && SYSTEM_PATH.test(request.path));
}

const guardedParam = (request: HostRequest, caller: Caller) => isGuardedFor(caller)(request.params['collection'] ?? '');

/** The host renumbers every row of the collection, without a look at row rules. */
function mayNotSort(request: HostRequest, caller: Caller, ports: GuardPorts): boolean {
  const collection = request.params['collection'] ?? '';
  return !caller.admin && isGuardedFor(caller)(collection) && ports.rowRuleOf(caller.role, collection) !== 'all';
}
