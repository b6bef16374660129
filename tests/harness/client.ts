/** What the host answered, read once. */
export interface Answer<T = unknown> {
  status: number;
  /** Parsed JSON, or undefined where the answer is none. */
  body: T;
  text: string;
  headers: Headers;
}

export interface RequestOptions {
  headers?: Record<string, string>;
}

/** A thin caller of the host's API as one person (or as nobody): every path of the host can be reached with it. */
export interface Client {
  token: string | null;
  request<T = any>(method: string, path: string, body?: unknown, options?: RequestOptions): Promise<Answer<T>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers of the host have no static type
  graphql<T = any>(query: string, variables?: Record<string, unknown>, system?: boolean): Promise<Answer<T>>; // eslint-disable-line @typescript-eslint/no-explicit-any -- as above
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `body` may be a plain value (sent as JSON), a string (sent as it is), or FormData. */
export function createClient(url: string, token: string | null): Client {
  const request = async (method: string, path: string, body?: unknown, options: RequestOptions = {}): Promise<Answer<never>> => {
    const plain = body !== undefined && typeof body !== 'string' && !(body instanceof FormData);
    const response = await fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(plain ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: plain ? JSON.stringify(body) : body }),
    });
    const text = await response.text();
    return { status: response.status, body: parse(text) as never, text, headers: response.headers };
  };
  return {
    token,
    request,
    graphql: (query, variables, system = false) => request('POST', system ? '/graphql/system' : '/graphql', { query, variables }),
  };
}

/** Logs in with a password and returns the caller; throws with the host's answer when that is refused. */
export async function logIn(url: string, email: string, password: string): Promise<Client> {
  const answer = await createClient(url, null).request('POST', '/auth/login', { email, password, mode: 'json' });
  const token = (answer.body as { data?: { access_token?: string } } | undefined)?.data?.access_token;
  if (!token) throw new Error(`log-in of ${email} was refused: ${answer.status} ${answer.text}`);
  return createClient(url, token);
}
