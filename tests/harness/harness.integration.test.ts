import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost, type TestHost } from './host.ts';

describe.each(['sqlite', 'pg'] as const)('the test harness on %s', (db) => {
  let host: TestHost;
  beforeAll(async () => {
    host = await startHost({ db });
  });
  afterAll(() => host?.stop());

  it('serves the packed extension on an installed database', async () => {
    const health = await host.anonymous.request('GET', '/crm/health');
    expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
  });

  it('logs people in and lets tests look into the database', async () => {
    const admin = await host.admin();
    const me = await admin.request('GET', '/users/me?fields=email');
    expect(me.body.data.email).toBe('admin@example.com');
    expect(await host.database('directus_users').where({ email: 'admin@example.com' })).toHaveLength(1);
  });
});
