import type { Router } from 'express';
import type { ZodType } from 'zod';
import { networkOf } from '../../guard/rules/network.ts';
import { claimsOf, holdOf } from '../../guard/rules/token-claims.ts';
import { roleOf } from '../../kernel/roles.ts';
import { toLanguage, type Actor } from '../../platform/api/actor.ts';
import { requireActor } from '../../platform/api/caller.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { route, type CrmRequest } from '../../platform/api/route.ts';
import { passwordRequest, resetRequest, unlockRequest, type LinkAnswer, type SessionAnswer } from './contract.ts';
import { takeTry } from './guesses.ts';
import { changeOwnPassword } from './own-password.ts';
import { RESET_HTML, RESET_SCRIPT } from './page/reset-page.ts';
import type { SessionPorts } from './ports.ts';
import { sessionRefusal } from './refuse.ts';
import { makeResetLink, useResetLink } from './reset-links.ts';
import { judgeSession } from './rules/session-state.ts';
import { lockScreen, unlockScreen } from './screen.ts';
import { sessionScript } from './session-script.ts';
import { keyOf, readStanding } from './session-notes.ts';
import { linkAddress } from './write-link.ts';

const MOST_NAMED = 3;
const NOBODY: SessionAnswer = { known: false, locked: false, language: 'zh-CN', lock_minutes: null, idle_minutes: null, hold: null };

/** What a request sends, in its shape; otherwise a refusal that names the places that are not. */
function parsed<T>(schema: ZodType<T>, value: unknown, language: unknown): T {
  const reading = schema.safeParse(value ?? {});
  if (reading.success) return reading.data;
  const where = reading.error.issues.slice(0, MOST_NAMED).map(({ path }) => path.join('.') || '{}');
  throw sessionRefusal('bad_value', toLanguage(language), { where: where.join(', ') });
}

const networkFrom = ({ accountability }: CrmRequest): string => (accountability?.ip ? networkOf(accountability.ip) : 'unknown');

/** `/crm/session…`: the own session and password, and the links of administrators (ACC-2 … ACC-5, ACC-11). */
export function registerSessionRoutes(router: Router, ports: SessionPorts): void {
  const { context, clock, guesses } = ports;
  const { database } = context;
  const languageOf = (request: CrmRequest) => request.headers['accept-language'];

  /** Somebody of the CRM: the technical administrator of the host has the host's own page for the password. */
  async function requirePerson(request: CrmRequest): Promise<Actor> {
    const actor = await requireActor(request, database);
    if (!actor.role) throw forbidden();
    return actor;
  }

  router.get(
    '/session.js',
    route((_request, response) => response.type('js').set('Cache-Control', 'no-cache').send(sessionScript())),
  );
  router.get(
    '/reset-password',
    route((_request, response) =>
      response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).type('html').send(RESET_HTML),
    ),
  );
  router.get(
    '/reset-password.js',
    route((_request, response) => response.type('js').set('Cache-Control', 'no-cache').send(RESET_SCRIPT)),
  );

  router.get(
    '/session',
    route(async (request, response) => {
      const { accountability } = request;
      const user = roleOf(accountability?.role) ? (accountability?.user ?? null) : null;
      return response.set('Cache-Control', 'no-store').json(user ? await sessionOf(request, user) : NOBODY);
    }),
  );

  async function sessionOf({ accountability, token }: CrmRequest & { token?: string | null }, user: string): Promise<SessionAnswer> {
    const { session = null } = accountability as { session?: string | null };
    const now = clock.now();
    const issuedAt = claimsOf(token, (part) => Buffer.from(part, 'base64url').toString('utf8'))?.issuedAt ?? now.getTime() / 1000;
    const standing = await readStanding(database, user);
    const held = ['crm_pending_exam', 'crm_must_change_password', 'provider'] as const;
    const row = await database('directus_users')
      .where({ id: user })
      .first(...held, 'language');
    const note = standing.notes.get(keyOf(user, session)) ?? null;
    const state = judgeSession({ settings: standing.settings, note, issuedAt, isScreen: session !== null, now });
    const { lockMinutes, idleMinutes } = standing.settings;
    return {
      ...{ known: true, locked: state === 'locked', language: toLanguage(row?.language) },
      ...{ lock_minutes: lockMinutes, idle_minutes: idleMinutes, hold: holdOf(row ?? {}) },
    };
  }

  router.post(
    '/session/lock',
    route(async (request, response) => {
      const actor = await requirePerson(request);
      await lockScreen(ports, actor, request.accountability!);
      return response.json({ done: true });
    }),
  );

  router.post(
    '/session/unlock',
    route(async (request, response) => {
      const actor = await requirePerson(request);
      const { password } = parsed(unlockRequest, request.body, actor.language);
      await unlockScreen(ports, actor, request.accountability!, password);
      return response.json({ done: true });
    }),
  );

  router.post(
    '/session/password',
    route(async (request, response) => {
      const actor = await requirePerson(request);
      const wish = parsed(passwordRequest, request.body, actor.language);
      await changeOwnPassword(ports, actor, request.accountability!, wish);
      return response.json({ done: true });
    }),
  );

  router.post(
    '/session/reset',
    route(async (request, response) => {
      const language = languageOf(request);
      await takeTry(guesses.network, networkFrom(request), toLanguage(language));
      const { token, password } = parsed(resetRequest, request.body, language);
      await useResetLink(ports, token, password, language);
      return response.set('Cache-Control', 'no-store').json({ done: true });
    }),
  );

  router.post(
    '/users/:id/reset-link',
    route(async (request, response) => {
      const actor = await requireActor(request, database);
      const { token, expiresAt } = await makeResetLink(ports, actor, String(request.params['id'] ?? '').toLowerCase());
      const answer: LinkAnswer = { url: linkAddress(context.env, token), expires_at: expiresAt.toISOString() };
      return response.set('Cache-Control', 'no-store').json(answer);
    }),
  );
}
