import { closeSync, constants, copyFileSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** @param {string} file @param {string} text */
function writeWhole(file, text) {
  rmSync(file, { force: true });
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What another program wrote reaches the disk. @param {string} file */
export function syncFile(file) {
  const handle = openSync(file, 'r+');
  fsyncSync(handle);
  closeSync(handle);
}

/** A power cut must not lose the name either. @param {string} folder */
export function syncFolder(folder) {
  try {
    const handle = openSync(folder, 'r');
    fsyncSync(handle);
    closeSync(handle);
  } catch {
    // Some file systems have no such thing.
  }
}

/** Replaces a file in one step, readable by its owner alone: what reads it sees the old one or the new one. @param {string} file @param {string} text */
export function replaceFile(file, text) {
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeWhole(fresh, text);
    renameSync(fresh, file);
    syncFolder(dirname(file));
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** A second name for a file, only where nobody has that; file systems without links get the next best. @param {string} from @param {string} to */
export function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

/** Writes a file that does not exist yet, whole or not at all. @param {string} file @param {string} text @returns {boolean} false: there is one */
export function createFile(file, text) {
  const fresh = `${file}.${process.pid}.new`;
  try {
    writeWhole(fresh, text);
    linkOrCopy(fresh, file);
    syncFolder(dirname(file));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}
