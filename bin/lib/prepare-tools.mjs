import { installDependencies } from './dependencies.mjs';
import { handOver, isThisNode } from './hand-over.mjs';
import { provideNode } from './node-runtime.mjs';
import { listenForStop } from './stopping.mjs';

/** The right Node and all packages; comes back only on that Node. @param {string} script the command that asks */
export async function prepareTools(script) {
  listenForStop(() => 130);
  const runtime = await provideNode();
  await installDependencies(runtime, { tools: true });
  if (!isThisNode(runtime)) await handOver(runtime, [script, ...process.argv.slice(2)]);
}
