import { afterAll, beforeAll, describe, vi } from 'vitest';
import { startIdentityProvider, type IdentityProvider } from '../harness/identity-provider.ts';
import { buildWorld, type World } from './access/world.ts';
import { ELSEWHERE, elsewhereSuite } from './logins/elsewhere.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('log-ins by an identity provider on %s', (db) => {
  let running: World;
  let provider: IdentityProvider;
  beforeAll(async () => {
    provider = await startIdentityProvider(ELSEWHERE);
    running = await buildWorld(db, provider.env);
  });
  afterAll(async () => {
    await running?.host.stop();
    await provider?.stop();
  });
  elsewhereSuite(
    () => running,
    () => provider,
  );
});
