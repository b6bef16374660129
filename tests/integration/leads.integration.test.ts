import { afterAll, beforeAll, describe, vi } from 'vitest';
import { killer } from '../harness/killer.ts';
import { buildWorld } from './access/world.ts';
import { allocationOfLeads } from './leads/allocation.suite.ts';
import { conversionOfLeads } from './leads/conversion.suite.ts';
import { flowOfLeads } from './leads/flow.suite.ts';
import { killedConversions } from './leads/killed.suite.ts';
import { routingOfLeads } from './leads/routing.suite.ts';
import { leadScene, type LeadScene } from './leads/scene.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(['sqlite', 'pg'] as const)('leads on %s', (db) => {
  let running: LeadScene;
  const death = killer();
  const scene = () => running;
  beforeAll(async () => {
    running = leadScene(await buildWorld(db, death.env));
  });
  afterAll(() => running?.world.host.stop());

  flowOfLeads(scene);
  allocationOfLeads(scene);
  routingOfLeads(scene);
  conversionOfLeads(scene, db);
  killedConversions(scene, death);
});
