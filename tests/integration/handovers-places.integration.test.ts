import { afterAll, beforeAll, describe, vi } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { placesSuite } from './handover/places.suite.ts';
import { postsSuite } from './handover/posts.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

describe.each(['sqlite', 'pg'] as const)('hand-overs of people of several segments, and of posts, on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('segments', () => placesSuite(world));
  describe('posts', () => postsSuite(world));
});
