#!/usr/bin/env node
/**
 * Runs a script of this project on the right Node with everything installed: `node bin/with-node.mjs bench/run.ts …`.
 * With `--no-tools` in front it asks only for what the server itself runs on, so that a command beside a running server
 * installs nothing under it.
 */
import { installDependencies } from './lib/dependencies.mjs';
import { fail } from './lib/fail.mjs';
import { handOver } from './lib/hand-over.mjs';
import { provideNode } from './lib/node-runtime.mjs';
import { listenForStop } from './lib/stopping.mjs';

try {
  const words = process.argv.slice(2);
  const tools = words[0] !== '--no-tools';
  listenForStop(() => 130);
  const runtime = await provideNode();
  await installDependencies(runtime, { tools });
  await handOver(runtime, tools ? words : words.slice(1));
} catch (error) {
  fail(error);
}
