#!/usr/bin/env node
/** Runs a script of this project on the right Node with everything installed: `node bin/with-node.mjs bench/run.ts …`. */
import { installDependencies } from './lib/dependencies.mjs';
import { handOver } from './lib/hand-over.mjs';
import { provideNode } from './lib/node-runtime.mjs';
import { fail } from './lib/fail.mjs';
import { listenForStop } from './lib/stopping.mjs';

try {
  listenForStop(() => 130);
  const runtime = await provideNode();
  await installDependencies(runtime, { tools: true });
  await handOver(runtime, process.argv.slice(2));
} catch (error) {
  fail(error);
}
