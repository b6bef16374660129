import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from './problem.mjs';

/** Says in one line that a folder of ours belongs to somebody else, before anything in it is begun. @param {string} folder */
export function checkWritable(folder) {
  let nearest = folder;
  while (!existsSync(nearest)) nearest = dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
  } catch (error) {
    throw new Problem('treeNotWritable', { folder: nearest, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
}
