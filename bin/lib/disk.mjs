import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from './problem.mjs';

const MEGABYTE = 1024 * 1024;

/** @param {string} folder @returns {string} the folder itself or the nearest one above it that exists */
const existing = (folder) => (existsSync(folder) ? folder : existing(dirname(folder)));

/**
 * @param {string} folder
 * @param {number} megabytes
 * @param {(folder: string) => { bavail: number, bsize: number }} [look]
 */
export function checkSpace(folder, megabytes, look = statfsSync) {
  const { bavail, bsize } = look(existing(folder));
  if (bavail * bsize < megabytes * MEGABYTE) throw new Problem('noSpace', { folder, needed: `${megabytes} MB` });
}

/** Full, over a quota, or past the size that files may have here. @param {unknown} error */
export const isDiskFull = (error) =>
  ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(/** @type {NodeJS.ErrnoException} */ (error)?.code ?? '') || saysNoSpace(String(error));

/** @param {string} output */
export const saysNoSpace = (output) => /ENOSPC|no space left on device|SQLITE_FULL|database or disk is full/i.test(output);
