#!/usr/bin/env node
/** What an image is built with: packages and the bundle, so that a container's start only installs into its database. */
import { provideBundle } from './lib/bundle.mjs';
import { installDependencies } from './lib/dependencies.mjs';
import { fail } from './lib/fail.mjs';
import { provideNode } from './lib/node-runtime.mjs';

try {
  const runtime = await provideNode();
  await installDependencies(runtime, { tools: false });
  await provideBundle(runtime.node);
} catch (error) {
  fail(error);
}
