import { createReadStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDatabase } from '../database.mjs';
import { standingOf } from '../install-state.mjs';
import { ROOT } from '../paths.mjs';
import { readPositions, readRows, settleFormats } from './postgres-rows.mjs';
import { Problem } from '../problem.mjs';
import { readForeignNeeds, readSchema } from './postgres-schema.mjs';
import { RowDigest } from './row-digest.mjs';
import { writeSection } from './sections.mjs';
import { examineFile, takeSnapshot } from './sqlite-snapshot.mjs';
import { filesIn, openStored, storageLocations } from './stored-files.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./sections.mjs').Entry} Entry */
/** @typedef {Record<string, { rows: number, digest?: string }>} TableCounts */
/** @typedef {{ database: 'sqlite' | 'postgres', version: string, host: string, mode: string | null, at: string }} About */
/** @typedef {{ entries: Entry[], tables: TableCounts, files: number, missing: number, leftOut: string[] }} Manifest */

/** @param {string} path */
const versionIn = (path) => JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8'));

export const OUR_VERSION = versionIn('extensions/crm').version;
export const HOST_VERSION = versionIn('.').dependencies.directus;

const asBlock = (/** @type {unknown} */ value) => [Buffer.from(JSON.stringify(value))];

/** @param {Settings} settings */
const modeOf = (settings) => withDatabase(settings, async (database) => (await standingOf(database)).mode);

/** @param {Settings} settings @param {Date} now @returns {Promise<About>} */
const describe = async (settings, now) => ({
  database: settings.postgres ? 'postgres' : 'sqlite',
  version: OUR_VERSION,
  host: HOST_VERSION,
  mode: await modeOf(settings),
  at: now.toISOString(),
});

/**
 * @param {Settings} settings
 * @param {string} snapshot
 * @param {Manifest} manifest
 */
async function* sqliteContent(settings, snapshot, manifest) {
  await takeSnapshot(settings, snapshot);
  manifest.tables = await examineFile(settings, snapshot);
  const names = await withDatabase({ ...settings, databaseFile: snapshot }, storedNames);
  yield* writeSection({ type: 'sqlite' }, createReadStream(snapshot, { highWaterMark: 1024 * 1024 }), (entry) =>
    manifest.entries.push(entry),
  );
  return names;
}

/** What the database says lies in the host's folders. @param {import('knex').Knex} database @returns {Promise<{ storage: string, filename_disk: string }[]>} */
const storedNames = (database) => database('directus_files').whereNotNull('filename_disk').select('storage', 'filename_disk');

/**
 * All tables as they were at one moment, while writes go on: one transaction that reads and sees nothing newer.
 * @param {Settings} settings
 * @param {Manifest} manifest
 */
async function* postgresContent(settings, manifest) {
  const noted = (/** @type {Entry} */ entry) => manifest.entries.push(entry);
  const { default: knex } = await import('knex');
  const { knexConfig } = await import('../database.mjs');
  const database = knex(knexConfig(settings));
  const trx = await database.transaction(undefined, { isolationLevel: 'repeatable read', readOnly: true });
  try {
    await settleFormats(trx);
    const needs = await readForeignNeeds(trx);
    if (needs.length) throw new Problem('backupForeign', { what: needs.slice(0, 10).join(', ') });
    const schema = await readSchema(trx);
    manifest.leftOut.push(...schema.leftOut);
    yield* writeSection({ type: 'schema' }, asBlock(schema), noted);
    for (const table of schema.tables) {
      const digest = new RowDigest();
      yield* writeSection({ type: 'table', name: table.name }, readRows(trx, table, digest), noted);
      manifest.tables[table.name] = { rows: digest.rows, digest: digest.toString() };
    }
    yield* writeSection({ type: 'positions' }, asBlock(await readPositions(trx, schema.sequences)), noted);
    return await storedNames(trx);
  } finally {
    await trx.rollback();
    await database.destroy();
  }
}

/**
 * @param {ReturnType<typeof storageLocations>} locations
 * @param {Manifest} manifest
 * @param {{ storage: string, filename_disk: string }[]} names
 */
async function* fileContent(locations, manifest, names) {
  const wanted = new Set(names.map(({ storage, filename_disk }) => `${storage}/${filename_disk}`));
  for (const { name: location, folder } of locations) {
    if (!folder) manifest.leftOut.push(`storage ${location}`);
    for await (const path of folder ? filesIn(folder) : []) {
      const blocks = await openStored(join(folder ?? '', path));
      if (!blocks) continue;
      yield* writeSection({ type: 'file', name: path, location }, blocks, (entry) => manifest.entries.push(entry));
      manifest.files += 1;
      wanted.delete(`${location}/${path}`);
    }
  }
  const local = new Set(locations.filter(({ folder }) => folder).map(({ name }) => name));
  manifest.missing = [...wanted].filter((name) => local.has(name.split('/')[0] ?? '')).length;
}

/**
 * Everything of an installation but its keys. The database comes before the files: one that is added in between is one too many, which
 * does no harm; the other way round it would be missing.
 * @param {Settings} settings
 * @param {Readonly<Record<string, string>>} env the host's environment
 * @param {{ snapshot: string, now: Date, manifest: Manifest }} about
 * @returns {AsyncGenerator<Buffer>}
 */
export async function* backupContent(settings, env, { snapshot, now, manifest }) {
  const noted = (/** @type {Entry} */ entry) => manifest.entries.push(entry);
  yield* writeSection({ type: 'about' }, asBlock(await describe(settings, now)), noted);
  const names = yield* settings.postgres ? postgresContent(settings, manifest) : sqliteContent(settings, snapshot, manifest);
  yield* fileContent(storageLocations(env), manifest, names);
  yield* writeSection({ type: 'manifest' }, asBlock(manifest), () => undefined);
}

/** @returns {Manifest} */
export const emptyManifest = () => ({ entries: [], tables: {}, files: 0, missing: 0, leftOut: [] });
