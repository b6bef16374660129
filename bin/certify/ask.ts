import { request as connect } from 'node:http';
import { request as connectSafely } from 'node:https';
import type { Request } from '../../extensions/crm/src/guard/certify/probe.ts';
import type { Answer } from '../../extensions/crm/src/guard/certify/judge.ts';

export interface Login {
  email: string;
  password: string;
}

export interface Asker {
  name: string;
  ask(request: Request): Promise<Answer>;
  /** Asks and parses; throws with the answer when it is no success. */
  get<T>(url: string): Promise<T>;
  send(method: 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<{ status: number; id: string | null; text: string }>;
}

const TOO_MANY = 429;
const TRIES = 5;

/** How many requests were made by all askers together. */
export const requestCount = { value: 0 };

async function call(url: string, method: string, token: string | null, body: unknown): Promise<Response> {
  const isForm = body instanceof FormData;
  for (let attempt = 1; ; attempt += 1) {
    requestCount.value += 1;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    if (response.status !== TOO_MANY || attempt === TRIES) return response;
    await response.arrayBuffer();
    await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
  }
}

/** Asks for a socket; 101 means that one was opened (and is closed at once). */
function upgrade(url: string, token: string | null): Promise<Answer> {
  requestCount.value += 1;
  const handshake = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'Y2VydGlmaWNhdGUtcHJvYg==',
  };
  const open = url.startsWith('https:') ? connectSafely : connect;
  return new Promise((resolve) => {
    const attempt = open(url, { headers: { ...handshake, ...(token ? { authorization: `Bearer ${token}` } : {}) }, timeout: 5000 });
    attempt.once('upgrade', (_response, socket) => {
      socket.destroy();
      resolve({ status: 101, text: '' });
    });
    attempt.once('response', (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, text: '' });
    });
    attempt.once('timeout', () => attempt.destroy());
    attempt.once('error', () => resolve({ status: 403, text: 'no socket' }));
    attempt.end();
  });
}

function idIn(text: string): string | null {
  try {
    return (JSON.parse(text) as { data?: { id?: string } }).data?.id ?? null;
  } catch {
    return null;
  }
}

/** A session is renewed before the host lets it end. */
const RENEW_MS = 600_000;

function asker(base: string, name: string, logIn: (() => Promise<string>) | null, first: string | null): Asker {
  let token = first;
  let since = Date.now();
  const currentToken = async (): Promise<string | null> => {
    if (logIn && Date.now() - since > RENEW_MS) {
      since = Date.now();
      token = await logIn();
    }
    return token;
  };
  return {
    name,
    ask: async ({ method, url, body, upgrade: wantsSocket }) => {
      if (wantsSocket) return upgrade(base + url, await currentToken());
      const response = await call(base + url, method, await currentToken(), body);
      return { status: response.status, text: await response.text() };
    },
    get: async <T>(url: string) => {
      const response = await call(base + url, 'GET', await currentToken(), undefined);
      const text = await response.text();
      if (!response.ok) throw new Error(`${name} GET ${url}: ${response.status} ${text.slice(0, 300)}`);
      return (JSON.parse(text) as { data: T }).data;
    },
    send: async (method, url, body) => {
      const response = await call(base + url, method, await currentToken(), body);
      const text = await response.text();
      return { status: response.status, id: idIn(text), text };
    },
  };
}

export const stranger = (base: string): Asker => asker(base, 'anonymous', null, null);

/** Logs in; the error says which log-in was refused. */
export async function logIn(base: string, name: string, { email, password }: Login): Promise<Asker> {
  const obtain = async (): Promise<string> => {
    const response = await call(`${base}/auth/login`, 'POST', null, { email, password, mode: 'json' });
    const text = await response.text();
    if (!response.ok) throw new Error(`log-in of ${name} (${email}): ${response.status} ${text.slice(0, 200)}`);
    return (JSON.parse(text) as { data: { access_token: string } }).data.access_token;
  };
  return asker(base, name, obtain, await obtain());
}
