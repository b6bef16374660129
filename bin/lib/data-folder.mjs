import { accessSync, chmodSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSpace, saysNoSpace } from './disk.mjs';
import { Problem } from './problem.mjs';
import { isWholeSqlite } from './sqlite-file.mjs';

const NEEDED_MEGABYTES = 200;

/** Makes the data folder, or says what is wrong with it. @param {import('./settings.mjs').Settings} settings */
export function provideDataFolder(settings) {
  const folder = settings.dataDir;
  try {
    for (const name of ['', 'uploads', 'temp']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    closeToOthers(join(folder, 'uploads'), 0o700);
    closeToOthers(settings.databaseFile, 0o600);
    const probe = join(folder, `.probe-${process.pid}`);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (saysNoSpace(message)) throw new Problem('noSpace', { folder, needed: `${NEEDED_MEGABYTES} MB` });
    throw new Problem('dataFolder', { folder, reason: code ?? message });
  }
  checkSpace(folder, NEEDED_MEGABYTES);
  if (!settings.postgres) checkSqliteFile(settings.databaseFile);
}

/** @param {string} file */
function checkSqliteFile(file) {
  if (!existsSync(file)) return;
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new Problem('dataFolder', { folder: file, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
  if (!statSync(file).isFile() || !isWholeSqlite(file)) throw new Problem('brokenDatabase', { file });
}

/** What an earlier version or a copy left readable for everybody on this machine. Not ours to change: then it stays. @param {string} path @param {number} mode */
function closeToOthers(path, mode) {
  try {
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, mode);
  } catch {
    return;
  }
}
