import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Express, Request, Response } from 'express';
import type { Accountability, EventContext } from './host.ts';

/** Where a change comes from: what the audit log says of it besides the change itself (SEC-3). */
export interface Origin {
  kind: 'request' | 'job' | 'server' | 'command';
  /** As whom it ran; null for the server's own doing, and for flows with rights that are nobody's. */
  user: string | null;
  /** The person in whose name a job, a deputy or a flow acts. */
  actingFor: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  reason: string | null;
}

const SERVER: Origin = { kind: 'server', user: null, actingFor: null, ip: null, userAgent: null, requestId: null, reason: null };
/** Whoever changes something may say why, as percent-encoded UTF-8; routes of ours set the reason themselves. */
const REASON_HEADER = 'x-crm-reason';
const LONGEST_REASON = 500;

/**
 * How long an origin holds. What a request sets off and does not wait for (a flow, an action) still belongs to it; but the
 * host plans its scheduled flows inside the request that saves one, and what they do later is not that person's doing.
 */
interface Life {
  answered: boolean;
  plansFlows: boolean;
}

interface Held {
  origin: Origin;
  life: Life;
}

/** One for the process: the host loads a bundle anew when extensions change, while its routes keep the old one. */
const PLACE = Symbol.for('group-crm.origin');
const shared = globalThis as { [PLACE]?: AsyncLocalStorage<Held> };
const storage = (shared[PLACE] ??= new AsyncLocalStorage<Held>());

function held(): Held | null {
  const store = storage.getStore();
  return store && !(store.life.answered && store.life.plansFlows) ? store : null;
}

/** The origin of what runs now; outside of requests and jobs the server itself. */
export const currentOrigin = (): Origin => held()?.origin ?? SERVER;

/**
 * Runs `work` with parts of the origin replaced; everything it awaits sees them. A job of ours that acts for somebody says
 * `{ kind: 'job', actingFor: person }`.
 */
export function withOrigin<T>(part: Partial<Origin>, work: () => Promise<T>): Promise<T> {
  const life = held()?.life ?? { answered: false, plansFlows: false };
  return storage.run({ origin: { ...currentOrigin(), ...part }, life }, work);
}

/**
 * The origin of a write that the host carries out: `user` is as whom it ran. Where that is not the person of the request, a
 * flow (or a route of ours) did it in that person's name. Outside of requests the host writes for nobody in flows that run
 * by the clock.
 */
export function originOfWrite({ user, ip, userAgent }: Pick<Origin, 'user' | 'ip' | 'userAgent'>): Partial<Origin> {
  const around = held()?.origin;
  if (!around) return { kind: user ? 'request' : 'job', user, ip, userAgent };
  // Nobody asked: the host names whoever it locks out after too many failed log-ins as the one who did it.
  if (around.kind === 'request' && around.user === null && around.actingFor === null && user !== null)
    return { user: null, ip: ip ?? around.ip, userAgent: userAgent ?? around.userAgent };
  const actingFor = around.user === user ? around.actingFor : (around.actingFor ?? around.user);
  return { user, actingFor, ip: ip ?? around.ip, userAgent: userAgent ?? around.userAgent };
}

function reasonOf(request: Request): string | null {
  const text = request.get(REASON_HEADER);
  if (!text) return null;
  try {
    return decodeURIComponent(text).slice(0, LONGEST_REASON);
  } catch {
    return text.slice(0, LONGEST_REASON);
  }
}

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
  filter(event: string, handler: (payload: unknown, meta: unknown, context: EventContext) => unknown): void;
}

/** Gives every request an origin and an id, which its answer names too. */
export function registerOrigins({ init, filter }: Register): void {
  init('routes.before', ({ app }) =>
    app.use((request: Request & { accountability?: Accountability }, response: Response, next) => {
      const { accountability } = request;
      const requestId = randomUUID();
      if (!response.headersSent) response.setHeader('X-Request-Id', requestId);
      const origin: Origin = {
        kind: 'request',
        user: accountability?.user ?? null,
        actingFor: null,
        ip: accountability?.ip ?? null,
        userAgent: accountability?.userAgent ?? null,
        requestId,
        reason: reasonOf(request),
      };
      const life: Life = { answered: false, plansFlows: false };
      response.once('close', () => (life.answered = true));
      storage.run({ origin, life }, () => {
        // The parts of an upload arrive as events of the connection, which knows nothing of who asked.
        request.emit = AsyncLocalStorage.bind(request.emit.bind(request));
        next();
      });
    }),
  );
  // The host reads the flows it is going to plan without anybody's rights.
  filter('flows.read', (flows, _meta, { accountability }) => {
    const store = storage.getStore();
    if (store && !accountability) store.life.plansFlows = true;
    return flows;
  });
}
