import type { Request, Router } from 'express';
import type { ZodType } from 'zod';
import { loadActor, type Actor } from '../platform/api/actor.ts';
import { isAdministrator, requireActor, requireAdministrator } from '../platform/api/caller.ts';
import type { HostContext } from '../platform/api/host.ts';
import { Refusal } from '../platform/api/refusal.ts';
import { route, type CrmRequest } from '../platform/api/route.ts';
import { say, type Said } from '../platform/api/say.ts';
import { certificateSchema } from './certify/certificate.ts';
import { hashOf } from './certify/seal.ts';
import { lastCertificate, storeCertificate } from './certify/store.ts';
import { grantSchema } from './contract.ts';
import type { Doctor } from './doctor/doctor.ts';
import { grantField, listGrants } from './doctor/grant-fields.ts';
import { FINDING_TEXTS } from './doctor/locale.ts';
import { describeStep, repair } from './doctor/repair.ts';
import { levelOf, type Finding } from './doctor/rules/finding.ts';
import { assertIsolation, isolationState } from './doctor/state.ts';

export interface GuardRoutes {
  context: HostContext;
  doctor: Doctor;
  /** The OpenAPI document of all slices. */
  openApi: Record<string, unknown>;
}

const BAD_BODY: Said = { 'zh-CN': '内容不符合要求：{where}', 'en-US': 'The body is not as it should be: {where}' };
const BAD_HASH: Said = { 'zh-CN': '证书的哈希与内容不符', 'en-US': "The certificate's hash is not that of its content" };
const NO_CERTIFICATE: Said = { 'zh-CN': '还没有隔离证书', 'en-US': 'There is no isolation certificate yet' };

const badPayload = (message: string) => new Refusal({ code: 'INVALID_PAYLOAD', status: 400, message });

function parse<T>(schema: ZodType<T>, body: unknown, actor: Actor): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues
    .slice(0, 3)
    .map((issue) => issue.path.join('.') || '{}')
    .join(', ');
  throw badPayload(say(BAD_BODY, actor.language, { where }));
}

const tell = (actor: Actor) => (found: Finding) => {
  const { what, fix } = FINDING_TEXTS[found.kind];
  return {
    kind: found.kind,
    level: levelOf(found),
    path: found.path,
    text: say(what, actor.language, found.values),
    fix: say(fix, actor.language, found.values),
  };
};

const outerStatus = () => (isolationState().status === 'open' ? 'ok' : isolationState().status);

/** `/crm/health`: one word for everybody, the ways for everybody, the reasons for administrators only. */
function registerHealth(router: Router, { context, doctor }: GuardRoutes): void {
  router.get(
    '/health',
    route(async (request, response) => {
      await doctor.settle();
      const state = isolationState();
      const hindrances = doctor.hindrances();
      const status = state.status === 'open' && hindrances.length ? 'closed' : state.status;
      const because = [...state.because, ...hindrances];
      if (status === 'open') return response.json({ status: 'ok', version: doctor.version });
      const actor = await loadActor(context.database, request.accountability ?? null).catch(() => null);
      const explain = actor && isAdministrator(actor) ? tell(actor) : ({ kind, path }: Finding) => ({ kind, path });
      return response.status(503).json({ status, version: doctor.version, because: because.map(explain) });
    }),
  );
}

/** `/crm/me`: who the pages speak to. */
function registerMe(router: Router, { context }: GuardRoutes): void {
  router.get(
    '/me',
    route(async (request, response) => {
      const { user, role, admin } = await requireActor(request, context.database);
      const person = await context.database('directus_users').where({ id: user }).first('first_name', 'last_name');
      const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
      return response.json({ role, admin, name, status: outerStatus() });
    }),
  );
}

function registerDoctorRoutes(router: Router, { context, doctor }: GuardRoutes): void {
  const administrator = (request: Request) => requireAdministrator(request as CrmRequest, context.database);
  router.get(
    '/doctor',
    route(async (request, response) => {
      const actor = await administrator(request);
      const { findings, ...report } = await doctor.examine();
      return response.json({ ...report, status: outerStatus(), findings: findings.map(tell(actor)) });
    }),
  );
  router.post(
    '/doctor/repair',
    route(async (request, response) => {
      const actor = await administrator(request);
      const steps = await repair(context, doctor, actor.user);
      return response.json({ repaired: steps.map(describeStep) });
    }),
  );
  router.get(
    '/field-grants',
    route(async (request, response) => {
      await administrator(request);
      return response.json(await listGrants(context));
    }),
  );
  router.put(
    '/field-grants',
    route(async (request, response) => {
      const actor = await administrator(request);
      assertIsolation(actor.language);
      await grantField(context, doctor, actor, parse(grantSchema, request.body, actor));
      return response.json(await listGrants(context));
    }),
  );
}

function registerCertificateRoutes(router: Router, { context }: GuardRoutes): void {
  router.get(
    '/certificates/last',
    route(async (request, response) => {
      const actor = await requireAdministrator(request, context.database);
      const last = await lastCertificate(context);
      if (!last) throw new Refusal({ code: 'NOT_FOUND', status: 404, message: say(NO_CERTIFICATE, actor.language) });
      return response.json(last);
    }),
  );
  router.post(
    '/certificates',
    route(async (request, response) => {
      const actor = await requireAdministrator(request, context.database);
      const certificate = parse(certificateSchema, request.body, actor);
      if (hashOf(certificate) !== certificate.hash) throw badPayload(say(BAD_HASH, actor.language));
      const stored = await storeCertificate(context, certificate, actor.user, new Date());
      return response.json({ ...stored, genuine: true });
    }),
  );
}

/** Scripts of pages: they hold no rows, and the Studio around them shall stand while the CRM is closed. */
const SCRIPT = /^\/[\w-]+\.js$/;

/**
 * The guard's routes, then the gate: whatever another slice mounts after this is refused while isolation cannot be vouched
 * for (F1). Doctor, repair, certificate and health stay open, since they are the way out.
 */
export function registerGuardRoutes(router: Router, routes: GuardRoutes): void {
  registerHealth(router, routes);
  registerMe(router, routes);
  registerDoctorRoutes(router, routes);
  registerCertificateRoutes(router, routes);
  router.get(
    '/openapi.json',
    route(async (request, response) => {
      await requireActor(request, routes.context.database);
      return response.json(routes.openApi);
    }),
  );
  router.use(
    route(async (request, _response, next) => {
      if (SCRIPT.test(request.path)) return void next();
      const actor =
        isolationState().status === 'open'
          ? null
          : await loadActor(routes.context.database, request.accountability ?? null).catch(() => null);
      assertIsolation(actor?.language);
      next();
    }),
  );
}
