import { MARK_TABLE } from './start-mark.mjs';

/**
 * What a database is to `npm start`:
 * `empty` nothing of a host; `ours` begun or finished by us; `half_made` begun by us, holding nobody yet, to be removed and begun
 * anew; `foreign_host` a Directus that somebody else runs (also one that we were installed into); `foreign_file` a SQLite file
 * of something else.
 * @typedef {'empty' | 'ours' | 'half_made' | 'foreign_host' | 'foreign_file'} StandingKind
 */

/**
 * @typedef {object} Seen
 * @property {string[]} tables
 * @property {import('./start-mark.mjs').Mark | null} mark
 * @property {unknown} product who wrote crm_install_state
 * @property {unknown} place `own` or `shared`, as the installer wrote it
 * @property {number} users rows of directus_users
 * @property {boolean} isFile SQLite: the whole database is one program's
 */

/** Whoever wrote the table of the installer's memory. */
const PRODUCT = 'group-crm';

/**
 * Only a set of tables that our own mark says is unfinished, and in which nobody exists yet, may ever be removed.
 * @param {Seen} seen
 * @returns {StandingKind}
 */
export function decideStanding({ tables, mark, product, place, users, isFile }) {
  const others = tables.filter((name) => name !== MARK_TABLE);
  if (mark) {
    const isEmpty = users === 0 && !others.some((name) => name.startsWith('crm_'));
    return mark.stage === 'bootstrap' && isEmpty ? 'half_made' : 'ours';
  }
  if (product === PRODUCT && place !== 'shared') return 'ours';
  if (others.some((name) => name.startsWith('directus_') || name.startsWith('crm_'))) return 'foreign_host';
  return isFile && others.length ? 'foreign_file' : 'empty';
}
