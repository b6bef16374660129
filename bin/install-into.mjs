import { fail } from './lib/fail.mjs';
import { installInto } from './lib/into/install-into.mjs';
import { listenForStop } from './lib/stopping.mjs';

try {
  listenForStop(() => 130);
  process.exitCode = await installInto(process.argv.slice(2));
} catch (error) {
  fail(error);
}
