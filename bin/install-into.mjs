import { fail } from './lib/fail.mjs';
import { installInto } from './lib/into/install-into.mjs';

try {
  process.exitCode = await installInto(process.argv.slice(2));
} catch (error) {
  fail(error);
}
