import { afterAll, beforeAll, describe, vi } from 'vitest';
import { startDirectory, type DirectoryServer } from '../harness/directory-server.ts';
import { startIdentityProvider, type IdentityProvider } from '../harness/identity-provider.ts';
import { buildWorld, type World } from './access/world.ts';
import { directoryEnv, directorySuite } from './logins/directory.suite.ts';
import { ELSEWHERE, elsewhereSuite } from './logins/elsewhere.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('log-ins by other services on %s', (db) => {
  let running: World;
  let provider: IdentityProvider;
  let directory: DirectoryServer;
  beforeAll(async () => {
    [provider, directory] = await Promise.all([startIdentityProvider(ELSEWHERE), startDirectory()]);
    const [byProvider, byDirectory] = [provider.env, directoryEnv(directory)];
    const AUTH_PROVIDERS = `${byProvider['AUTH_PROVIDERS']},${byDirectory['AUTH_PROVIDERS']}`;
    running = await buildWorld(db, { ...byProvider, ...byDirectory, AUTH_PROVIDERS });
  });
  afterAll(async () => {
    await running?.host.stop();
    await directory?.stop();
    await provider?.stop();
  });
  describe('an identity provider', () =>
    elsewhereSuite(
      () => running,
      () => provider,
    ));
  describe('a directory', () =>
    directorySuite(
      () => running,
      () => directory,
    ));
});
