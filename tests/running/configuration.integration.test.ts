import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../harness/client.ts';
import { startHost, type TestHost } from '../harness/host.ts';

let host: TestHost;

beforeAll(async () => {
  host = await startHost({
    env: {
      CRM_USER_RATE_POINTS: '20',
      CRM_ADDRESS_RATE_POINTS: '40',
      CRM_USER_RATE_DURATION: '3',
      CRM_RATE_STORE: 'redis',
      REDIS: process.env['CRM_TEST_REDIS'] ?? '',
    },
  });
});
afterAll(() => host?.stop());

/** Two people who log in from the same address. */
async function person(email: string) {
  const admin = await host.admin();
  const { data } = (await admin.request('GET', '/users/me?fields=role')).body as { data: { role: string } };
  const password = 'Long-enough-2026!';
  await admin.request('POST', '/users', { email, password, role: data.role, status: 'active' });
  return logIn(host.url, email, password);
}

const nextWindow = () => new Promise((resolve) => setTimeout(resolve, 3100));

describe('limits are per person once logged in (issue 2 §1)', () => {
  it('stops one who asks too much, in their language and with the time to wait, and nobody else at that address', async () => {
    const [busy, quiet] = [await person('busy@example.com'), await person('quiet@example.com')];
    await nextWindow();
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => busy.request('GET', '/users/me?fields=id', undefined, { headers: { 'accept-language': 'en-US' } })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(10);
    expect(refused[0]?.text).toMatch(/REQUESTS_EXCEEDED.*|Too many requests/);
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await quiet.request('GET', '/users/me?fields=id')).status).toBe(200);
    await nextWindow();
    expect((await busy.request('GET', '/users/me?fields=id')).status).toBe(200);
  });

  it('limits an address before the log-in', async () => {
    const answers = await Promise.all(Array.from({ length: 60 }, () => host.anonymous.request('GET', '/server/info')));
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20);
    await nextWindow();
  });
});

describe('the host as we configure it (facts §11-13)', () => {
  it.each(['/server/specs/oas', '/server/specs/graphql', '/server/health', '/mcp', '/websocket', '/metrics'])(
    'shows %s to nobody who has not logged in',
    async (path) => {
      const { status } = await host.anonymous.request('GET', path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    },
  );

  it('answers no introspection', async () => {
    expect((await host.anonymous.graphql('{ __schema { types { name } } }')).text).not.toContain('"types"');
  });

  it('believes no forwarded address', async () => {
    const admin = await host.admin();
    await host.anonymous.request(
      'POST',
      '/auth/login',
      { email: 'admin@example.com', password: 'Demo-2026-crm!', mode: 'json' },
      { headers: { 'x-forwarded-for': '10.1.1.1' } },
    );
    const { body } = await admin.request('GET', '/activity?filter[action][_eq]=login&sort=-id&limit=1&fields=ip');
    expect(body.data[0].ip).toMatch(/127\.0\.0\.1/);
  });

  it('refuses a file that a browser would run', async () => {
    const admin = await host.admin();
    const form = new FormData();
    form.append('file', new Blob(['<script>1</script>'], { type: 'text/html' }), 'x.html');
    expect((await admin.request('POST', '/files', form)).status).toBe(400);
  });

  it('runs scripts of flows, although package.json brings another isolated-vm than the host asks for', async () => {
    const admin = await host.admin();
    const flow = await admin.request('POST', '/flows', {
      name: 'script',
      status: 'active',
      trigger: 'webhook',
      accountability: 'all',
      options: { method: 'GET', return: '$last' },
    });
    const operation = await admin.request('POST', '/operations', {
      flow: flow.body.data.id,
      key: 'add',
      type: 'exec',
      position_x: 1,
      position_y: 1,
      options: { code: 'module.exports = async function (data) { return { sum: 40 + 2, env: Object.keys(process.env) }; }' },
    });
    await admin.request('PATCH', `/flows/${flow.body.data.id}`, { operation: operation.body.data.id });
    const answer = await admin.request('GET', `/flows/trigger/${flow.body.data.id}`);
    expect(answer.body).toEqual({ sum: 42, env: [] });
  });
});
