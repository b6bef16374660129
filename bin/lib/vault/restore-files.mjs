import { createWriteStream, existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { syncFolder } from '../atomic-file.mjs';
import { Problem } from '../problem.mjs';
import { placeIn } from './stored-files.mjs';

/** What a file system answers to "a folder in the place of a filled one", when nothing else is in the way. */
const MERELY_FILLED = ['ENOTEMPTY', 'EEXIST'];

/** @param {string} folder @param {unknown} error */
function problemOf(folder, error) {
  const { code } = /** @type {NodeJS.ErrnoException} */ (error);
  return code ? new Problem('restoreFolder', { folder, reason: code }) : error;
}

/** Behind a link lies the real one. @param {string} folder */
const realPlace = (folder) => (existsSync(folder) ? realpathSync(folder) : folder);

/** @param {string} folder */
const freshOf = (folder) => `${folder}.restoring`;

/** @param {string} folder */
const discard = (folder) => rmSync(freshOf(folder), { recursive: true, force: true });

/**
 * Asks the file system itself whether a folder beside `folder` may take its place: rights, mounts and limits of any kind. A filled
 * one says no for that alone and stays; an empty one is one empty folder more.
 * @param {string} folder
 */
function prove(folder) {
  try {
    discard(folder);
    mkdirSync(freshOf(folder), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw problemOf(folder, error);
  }
  try {
    if (existsSync(folder)) renameSync(freshOf(folder), folder);
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (!MERELY_FILLED.includes(code)) throw problemOf(folder, error);
  } finally {
    discard(folder);
  }
}

/** @param {string} folder @param {string} aside */
function change(folder, aside) {
  try {
    mkdirSync(freshOf(folder), { recursive: true, mode: 0o700 });
    if (existsSync(folder) && readdirSync(folder).length) renameSync(folder, folder + aside);
    rmSync(folder, { recursive: true, force: true });
    renameSync(freshOf(folder), folder);
    syncFolder(dirname(folder));
  } catch (error) {
    throw problemOf(folder, error);
  }
}

/**
 * Files of a backup are laid out beside their folder and change places with it when the database stands; what was there before stays
 * beside it under `aside`. That they can is proven first.
 * @param {import('./stored-files.mjs').Location[]} locations
 * @param {string} aside
 */
export function restoreFiles(locations, aside) {
  const folders = new Map(locations.flatMap(({ name, folder }) => (folder ? [[name, realPlace(folder)]] : [])));
  let count = 0;
  folders.forEach(prove);
  return {
    /** How many files were laid out. */
    count: () => count,
    discard: () => folders.forEach(discard),
    /**
     * @param {import('./sections.mjs').Card} card
     * @param {AsyncIterable<Buffer>} blocks
     */
    async lay(card, blocks) {
      const folder = folders.get(String(card['location'])) ?? [...folders.values()][0];
      const place = folder ? placeIn(freshOf(folder), card.name ?? '') : null;
      if (!place) throw new Problem('restoreDiffers', { what: `file ${card.name}` });
      mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
      await pipeline(blocks, createWriteStream(place, { flags: 'wx', mode: 0o600, flush: true }));
      count += 1;
    },
    place: () => folders.forEach((folder) => change(folder, aside)),
  };
}
