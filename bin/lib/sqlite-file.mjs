import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';

const MAGIC = 'SQLite format 3\0';
const HEADER = 100;

/**
 * Whether a file can be a whole SQLite database, from its header alone: a copy that was cut off has fewer pages than it says.
 * With a journal or log beside it SQLite itself puts that right when it opens the file. Costs nothing, whatever the size.
 * @param {string} file
 */
export function isWholeSqlite(file) {
  const header = Buffer.alloc(HEADER);
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    if (size === 0) return true;
    if (readSync(handle, header, 0, HEADER, 0) < HEADER || header.toString('latin1', 0, MAGIC.length) !== MAGIC) return false;
    if (existsSync(`${file}-journal`) || existsSync(`${file}-wal`)) return true;
    const written = header.readUInt16BE(16);
    const pageSize = written === 1 ? 65_536 : written;
    const isCountValid = header.readUInt32BE(24) === header.readUInt32BE(92);
    return !isCountValid || size >= pageSize * header.readUInt32BE(28);
  } finally {
    closeSync(handle);
  }
}
