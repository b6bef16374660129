import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withDatabase } from '../database.mjs';
import { checkSpace, isDiskFull } from '../disk.mjs';
import { hostEnvironment } from '../host-env.mjs';
import { RESTORED } from '../install-state.mjs';
import { oneAtATime } from '../one-at-a-time.mjs';
import { Problem } from '../problem.mjs';
import { step } from '../progress.mjs';
import { writeStateRow } from '../state-row.mjs';
import { onStop } from '../stopping.mjs';
import { HOST_VERSION, OUR_VERSION } from './backup-content.mjs';
import { readBackup } from './read-backup.mjs';
import { restoreFiles } from './restore-files.mjs';
import { refuseWithoutKeys } from './restore-keys.mjs';
import { nameOfPlace, refuseFilledPlace, refuseForeignBackup, refuseWhileRunning } from './restore-place.mjs';
import { restorePostgres } from './restore-postgres.mjs';
import { restoreSqlite } from './restore-sqlite.mjs';
import { storageLocations } from './stored-files.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./backup-content.mjs').About} About */
/** @typedef {import('./backup-content.mjs').Manifest} Manifest */
/** @typedef {{ about: About, manifest: Manifest }} Restored */
/**
 * @typedef {object} Wish
 * @property {string} file
 * @property {string} passphrase
 * @property {boolean} mayReplace
 * @property {boolean} withoutKeys the person knows that sealed values stay closed
 * @property {string} there what leads another command to the same place: settings before its name, for a drill
 * @property {Date} now
 */
/**
 * What fills a database: `read` gives out the sections of the backup, `settle` is the last work on its rows, in the step that makes
 * them stand.
 * @typedef {object} Source
 * @property {(take: (section: import('./read-backup.mjs').Section) => Promise<void>) => Promise<Manifest>} read
 * @property {(database: import('knex').Knex) => Promise<void>} settle
 */

/** The audit log's memory of its last block (audit/head.ts) speaks of the database that was here before. */
const HEAD_FILE = 'audit-head.json';

const MEGABYTE = 1024 * 1024;

/** At least the backup itself must fit; more cannot be known before it was read. @param {Settings} settings @param {string} file */
function refuseWithoutSpace(settings, file) {
  if (existsSync(file)) checkSpace(settings.dataDir, Math.ceil(statSync(file).size / MEGABYTE));
}

/** @param {Settings} settings @param {string} aside */
function putHeadAside(settings, aside) {
  const file = join(settings.dataDir, HEAD_FILE);
  if (existsSync(file)) renameSync(file, file + aside);
}

/**
 * Everything is read, laid out beside its place, compared and settled first. Then the database changes places in one step, with no
 * session alive and a note that its files are still to come, then the files, then the note goes. Killed before that step, nothing
 * has happened; killed after it, nothing starts on the half (installation.mjs) and the same command finishes.
 * @param {Settings} settings @param {Wish} wish @returns {Promise<Restored>}
 */
async function restoreHere(settings, wish) {
  const { file, passphrase, mayReplace, now } = wish;
  const locations = storageLocations(hostEnvironment(settings, {}));
  await refuseWhileRunning(settings);
  const folders = locations.flatMap(({ folder }) => folder ?? []);
  await refuseFilledPlace(settings, folders, mayReplace);
  refuseWithoutSpace(settings, file);
  // To the millisecond: one that was killed and is run again within its second must not meet the names of the first.
  const aside = `.before-restore-${now.toISOString().replace(/[-:.]/g, '')}`;
  const files = restoreFiles(locations, aside);
  const forget = onStop(async () => files.discard());
  /** @type {Restored | null} */
  let found = null;
  /** @param {(section: import('./read-backup.mjs').Section) => Promise<void>} take */
  const read = async (take) => {
    let isChecked = false;
    found = await readBackup(file, passphrase, async (section, about) => {
      if (!isChecked) refuseForeignBackup(about, settings, { version: OUR_VERSION, host: HOST_VERSION });
      isChecked = true;
      await (section.card.type === 'file' ? files.lay(section.card, section.blocks) : take(section));
    });
    if (files.count() !== found.manifest.files) throw new Problem('restoreDiffers', { what: 'files' });
    return found.manifest;
  };
  const restored = () => /** @type {Restored} */ (/** @type {unknown} */ (found));
  const note = () => ({ at: now.toISOString(), from: restored().about.at });
  /** Log-ins of the day of the backup are over: a session that somebody ended since must not come back to life with its row. @type {Source['settle']} */
  const settle = async (database) => {
    await refuseWithoutKeys(settings, database, wish);
    await database('directus_sessions').delete();
    await writeStateRow(database, RESTORED, { ...note(), isHalf: true });
  };
  try {
    await step('恢复并核对', 'restoring and comparing', () =>
      settings.postgres ? restorePostgres(settings, { read, settle }) : restoreSqlite(settings, aside, { read, settle }),
    );
    putHeadAside(settings, aside);
    files.place();
    await withDatabase(settings, (database) => writeStateRow(database, RESTORED, note()));
  } catch (error) {
    throw isDiskFull(error) ? new Problem('noSpace', { folder: nameOfPlace(settings), needed: 'the size of the backup' }) : error;
  } finally {
    forget();
    files.discard();
  }
  return restored();
}

/**
 * Puts a backup into an empty place, or in the place of what is there when a person said so. Whatever is refused, or wrong with the
 * file, leaves the place as it was; nothing else of ours begins on it meanwhile.
 * @param {Settings} settings
 * @param {Wish} wish
 */
export function restoreBackup(settings, wish) {
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  return oneAtATime(settings, () => restoreHere(settings, wish));
}
