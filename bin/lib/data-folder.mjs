import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSpace, saysNoSpace } from './disk.mjs';
import { Problem } from './problem.mjs';

const NEEDED_MEGABYTES = 200;
const SQLITE_HEADER = 'SQLite format 3\0';

/** Makes the data folder, or says what is wrong with it. @param {import('./settings.mjs').Settings} settings */
export function provideDataFolder(settings) {
  const folder = settings.dataDir;
  try {
    for (const name of ['', 'uploads', 'temp']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
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
  if (!statSync(file).isFile()) throw new Problem('brokenDatabase', { file });
  if (statSync(file).size === 0) return;
  const header = Buffer.alloc(SQLITE_HEADER.length);
  const handle = openSync(file, 'r');
  readSync(handle, header, 0, header.length, 0);
  closeSync(handle);
  if (header.toString('latin1') !== SQLITE_HEADER) throw new Problem('brokenDatabase', { file });
}
