import type { ErrorRequestHandler, Request } from 'express';
import { toLanguage, type Language } from '../platform/api/actor.ts';
import type { Accountability, HostContext, Knex, Row } from '../platform/api/host.ts';
import { isHostsOwn, Refusal } from '../platform/api/refusal.ts';
import { say } from '../platform/api/say.ts';
import { callerOf, languageOf } from './caller.ts';
import { HOST_ERROR_TEXTS, VALIDATION_TEXTS } from './locale/host-errors.ts';
import type { GuardRegister } from './ports.ts';
import { sharedHost } from './shared-host.ts';
import { originOf, type ErrorOrigin } from './rules/host-errors.ts';

type HostRequest = Request & { accountability?: Accountability | null };

interface HostError {
  name: 'DirectusError';
  code: string;
  status: number;
  message: string;
  extensions?: Row;
}

/** What an answer may carry besides code and text: names of fields, never values of rows, reasons of the host or SQL. */
const KEPT = ['field', 'type', 'collection', 'fields', 'reason', 'since', 'category', 'allowed', 'current', 'limit', 'reset'];

/**
 * Turns the host's errors into ours where the CRM is concerned: in the person's language, without values of rows or SQL
 * (F20), a foreign row like an absent one, and bad input as 4xx where the host stumbles with 500.
 */
export function registerErrorAnswers({ init, filter }: Pick<GuardRegister, 'init' | 'filter'>, { database, logger }: HostContext): void {
  const isShared = sharedHost(database);
  const answer: ErrorRequestHandler = (error: unknown, request: HostRequest, _response, next) => {
    if (!concernsUs(request) && !isOfAProvider(request, error)) return void next(error);
    answerLanguage(database, request)
      .then((language) =>
        next(
          Array.isArray(error)
            ? error.map((one: unknown) => toAnswer(one, request, language, logger))
            : toAnswer(error, request, language, logger),
        ),
      )
      .catch(() => next(error));
  };
  init('routes.custom.after', ({ app }) => app.use(answer));

  init('routes.before', ({ app }) => {
    app.use('/graphql', (request: HostRequest, response, next) => {
      const send = response.json.bind(response);
      response.json = (body: { errors?: GraphAnswer[] } | undefined) => {
        if (!body?.errors?.length || !concernsUs(request)) return send(body);
        const unfit = isUnfit(request, body.errors);
        if (unfit) response.status(400);
        answerLanguage(database, request)
          .then((language) => send({ ...body, errors: body.errors!.map((error) => graphAnswer(unfit ? UNFIT : error, language)) }))
          .catch(() => send(body));
        return response;
      };
      next();
    });
  });

  filter('request.error', async (errors: { message: string; extensions: { code: string } }[], _meta, { accountability }) => {
    if (!callerOf(accountability)?.role) return errors;
    const language = await languageOf(database, accountability).catch(() => null);
    return errors.map((error) =>
      error.extensions.code === 'ROUTE_NOT_FOUND' ? { ...error, message: textFor('ROUTE_NOT_FOUND', {}, language) } : error,
    );
  });

  filter('database.error', async (error: unknown) => {
    if (isHostError(error) || originOf(error) !== 'input' || (await isShared())) return error;
    return hostError('INVALID_PAYLOAD', 400);
  });
}

/** The collection or the page of ours that an address leads to; `/items/scrm_x` and `?search=crm` are not ours. */
const OUR_ADDRESS = /^\/(crm(\/|$)|(items|utils\/(import|export|sort)|fields|collections|relations)\/crm_)/i;
const concernsUs = (request: HostRequest) => isOfTheCrm(request) || OUR_ADDRESS.test(request.originalUrl) || mentionsUs(request);
const isOfTheCrm = ({ accountability }: HostRequest) => Boolean(callerOf(accountability)?.role);

/** A way in that is away: the host would tell strangers at which address. */
const isOfAProvider = ({ originalUrl }: HostRequest, error: unknown): boolean =>
  /^\/auth\//i.test(originalUrl) &&
  (Array.isArray(error) ? error : [error]).some((one) => isHostError(one) && one.code === 'SERVICE_UNAVAILABLE');

function mentionsUs({ path, body }: HostRequest): boolean {
  const text = (body as Row | undefined)?.['query'];
  return path.startsWith('/graphql') && typeof text === 'string' && text.includes('crm_');
}

async function answerLanguage(database: Knex, request: HostRequest): Promise<Language> {
  const asked = request.headers['accept-language'];
  return (await languageOf(database, request.accountability)) ?? (asked && !/^\s*(\*|zh)/i.test(asked) ? toLanguage(asked) : 'zh-CN');
}

const isHostError = (error: unknown): error is HostError =>
  typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'DirectusError';
const hostError = (code: string, status: number): HostError => ({ name: 'DirectusError', code, status, message: code });

const TOLD_APART: Partial<Record<ErrorOrigin, { code: string; status: number }>> = {
  in_use: { code: 'RECORD_IN_USE', status: 409 },
  collision: { code: 'WRITE_COLLISION', status: 409 },
};

function toAnswer(error: unknown, request: HostRequest, language: Language, logger: HostContext['logger']): unknown {
  if (!isHostError(error)) {
    const origin = originOf(error);
    if (origin === 'server') return error;
    const told = TOLD_APART[origin];
    if (told) return toAnswer(hostError(told.code, told.status), request, language, logger);
    logger.error(`guard: bad input answered as 400: ${error instanceof Error ? error.stack : String(error)}`);
    const code = request.method === 'GET' || request.method === 'SEARCH' ? 'INVALID_QUERY' : 'INVALID_PAYLOAD';
    return toAnswer(hostError(code, 400), request, language, logger);
  }
  if (error instanceof Refusal && !isHostsOwn(error)) return error;
  const extensions = kept(error);
  return {
    name: 'DirectusError',
    code: error.code,
    status: error.status,
    message: textFor(error.code, extensions, language),
    extensions,
    stack: (error as { stack?: string }).stack,
  };
}

/** Their code says all that a caller may know. */
const TOLD_BY_CODE = new Set(['FORBIDDEN', 'SERVICE_UNAVAILABLE']);

function kept({ code, extensions = {} }: Pick<HostError, 'code' | 'extensions'>): Row {
  const names = TOLD_BY_CODE.has(code) ? [] : KEPT;
  return Object.fromEntries(
    names.filter((name) => extensions[name] !== undefined && extensions[name] !== null).map((name) => [name, extensions[name]]),
  );
}

function textFor(code: string, { field, type }: Row, language: Language | null): string {
  const text =
    (code === 'FAILED_VALIDATION' && VALIDATION_TEXTS[String(type)]) ||
    HOST_ERROR_TEXTS[code] ||
    HOST_ERROR_TEXTS['INTERNAL_SERVER_ERROR']!;
  return say(text, language, { field: typeof field === 'string' ? field : '' });
}

interface GraphAnswer {
  message: string;
  extensions?: Row;
  path?: unknown;
  locations?: unknown;
}

/**
 * The host answers variables that do not fit their query as an unexpected error, without its text and place. What fails
 * further inside has a code or a log entry of its own; so here the text names both, and the caller is told of a 400.
 */
const isUnfit = ({ body }: HostRequest, errors: readonly GraphAnswer[]): boolean =>
  Object.keys(((body as Row | undefined)?.['variables'] as Row | null | undefined) ?? {}).length > 0 &&
  errors.every(({ extensions, path }) => extensions?.['code'] === 'INTERNAL_SERVER_ERROR' && !path);
const UNFIT: GraphAnswer = { message: 'Invalid variables', extensions: { code: 'GRAPHQL_VARIABLES' } };

/** GraphQL wraps errors before we see them: one in the person's language is ours already. */
function graphAnswer(error: GraphAnswer, language: Language): GraphAnswer {
  const named = error.extensions?.['code'];
  const code = typeof named === 'string' ? named : 'INTERNAL_SERVER_ERROR';
  const isOurText =
    /[\u4e00-\u9fff]/.test(error.message) || (language === 'en-US' && code !== 'FORBIDDEN' && !HOST_ENGLISH.test(error.message));
  const extensions = { ...kept({ code, ...(error.extensions ? { extensions: error.extensions } : {}) }), code };
  return { ...error, message: isOurText ? error.message : textFor(code, extensions, language), extensions };
}

const HOST_ENGLISH = /^(Value|Invalid|Validation failed|Field|You don't have|An unexpected|GraphQL)/;
