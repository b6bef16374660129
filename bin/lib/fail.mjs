import { saysNoSpace } from './disk.mjs';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { isStopping } from './stopping.mjs';

/** @param {Error[]} reasons one line each */
export function stopWith(reasons) {
  for (const { message } of reasons) process.stderr.write(`✗ ${message}\n`);
  process.exit(1);
}

/** An option of a command that does not exist: Node's own sentence says which. @param {unknown} error */
const isAboutOptions = (error) => error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/** Every way a command can end badly: a known reason is one line; anything else is shown whole, for us to mend. @param {unknown} error */
export function fail(error) {
  if (isStopping()) return;
  if (error instanceof Problem || isAboutOptions(error)) stopWith([/** @type {Error} */ (error)]);
  else if (saysNoSpace(String(error))) stopWith([new Problem('noSpace', { folder: ROOT, needed: '200 MB' })]);
  else {
    process.stderr.write(`✗ ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  }
}
