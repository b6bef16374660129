import { join } from 'node:path';
import { withDatabase } from '../database.mjs';
import { hostEnvironment } from '../host-env.mjs';
import { runHost } from '../host-process.mjs';
import { requireInstalled } from '../installation.mjs';
import { withPidLock } from '../pid-lock.mjs';
import { Problem } from '../problem.mjs';
import { tell } from '../progress.mjs';
import { keysOf, provideSecrets, standingKeys, storeKeys } from '../secrets.mjs';
import { onStop } from '../stopping.mjs';
import { passphraseOf } from '../vault/passphrase.mjs';
import { confirmExport, rememberExport } from './key-confirmation.mjs';
import { placeOf, readKeyExport, writeKeyExport } from './key-export.mjs';
import { readKeyRecord, recordedKeys, rememberKeys, rememberRetired } from './key-record.mjs';
import { fingerprint, makeKey, toRingText } from './key-ring.mjs';
import { needsNewKey, readKeyUses, rowsOf, usesOf } from './key-uses.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./key-ring.mjs').MasterKey} MasterKey */
/** @typedef {{ print: boolean }} Options */

/** Past the time in which a running server looks at its file of keys again (platform/api/keys.ts). */
const NOTICED_MS = 2500;

/** The host command of the privacy slice that re-wraps and re-seals what older keys hold. */
const ROTATE_COMMAND = 'crm-keys-rotate';

/** The environment rules in production, and in a demo whose environment gives CRM_KEYS. @param {Settings} settings */
const isFromEnvironment = (settings) => !settings.demo || Boolean(settings.environment['CRM_KEYS']);

const ENVIRONMENT = '环境变量 CRM_KEYS | CRM_KEYS of the environment';

/** Keys go to a terminal only: what is printed elsewhere ends in logs. @param {readonly MasterKey[]} keys @param {Options} options */
function printLine(keys, { print }) {
  if (!print && !process.stdout.isTTY) throw new Problem('keysNotTerminal');
  tell(
    '请把下面一行写入环境（.env 或密钥管理），并重启所有节点 | put this line into the environment (.env, secret store), then restart every node:',
  );
  tell(`CRM_KEYS=${toRingText(keys)}`);
}

/** @param {Settings} settings @param {readonly MasterKey[]} keys @param {Options} options */
function deliver(settings, keys, options) {
  if (isFromEnvironment(settings)) printLine(keys, options);
  else storeKeys(settings, toRingText(keys));
}

/** @param {Settings} settings */
async function currentKeys(settings) {
  return keysOf(settings, await provideSecrets(settings));
}

/** @param {Settings} settings */
async function list(settings) {
  const keys = await currentKeys(settings);
  await withDatabase(settings, async (database) => {
    const [uses, record] = [await readKeyUses(database), await readKeyRecord(database)];
    for (const [index, key] of keys.entries()) {
      const mine = usesOf(uses, key.id);
      const detail = mine.map(({ table, rows }) => `${table} ${rows}`).join(', ');
      tell(
        `${index === 0 ? '*' : ' '} ${key.id}  ${fingerprint(key).slice(0, 8)}  ${rowsOf(mine)} 行 | rows${detail ? ` (${detail})` : ''}`,
      );
    }
    const given = new Set(keys.map(({ id }) => id));
    for (const id of new Set([...uses.map((use) => use.id), ...Object.keys(record)])) {
      if (given.has(id)) continue;
      if (record[id]?.retired && !usesOf(uses, id).length) continue;
      tell(`! ${id}  没有给出 | not given  ${rowsOf(usesOf(uses, id))} 行 | rows`);
    }
    tell('* 当前密钥，新值用它加密 | the active key: what is written now is sealed with it');
  });
}

/** @param {Settings} settings @returns {Promise<MasterKey[]>} the new ring */
async function withNewKey(settings) {
  const keys = await currentKeys(settings);
  const taken = [...keys.map(({ id }) => id), ...Object.keys(await recordedKeys(settings))];
  return [makeKey(taken), ...keys];
}

const EXPORT_AGAIN =
  '旧的密钥导出里没有新密钥：请重新 npm run keys -- export <文件>，存到别处后 npm run keys -- confirm' +
  ' | older exports lack the new key: npm run keys -- export <file> again, store it elsewhere, then npm run keys -- confirm';

/** @param {Settings} settings @param {Options} options */
async function add(settings, options) {
  const keys = await withNewKey(settings);
  deliver(settings, keys, options);
  // In production the line may never be put to use: the next start remembers what it is given.
  if (!isFromEnvironment(settings)) await rememberKeys(settings, keys);
  tell(`✓ ${keys[0]?.id}\n${EXPORT_AGAIN}`);
}

/** @param {Settings} settings @param {Options} options */
async function rotate(settings, options) {
  const ids = (await currentKeys(settings)).map(({ id }) => id);
  const uses = await withDatabase(settings, readKeyUses);
  if (needsNewKey(uses, ids)) {
    if (isFromEnvironment(settings)) throw new Problem('keysFromEnvironment', { place: ENVIRONMENT });
    await add(settings, options);
    await new Promise((resolve) => setTimeout(resolve, NOTICED_MS));
  }
  await runRotation(settings);
  tell(
    '✓ 换钥完成；不再使用的旧密钥可以 npm run keys -- retire <编号> | rotated; what nothing uses any more can go: npm run keys -- retire <id>',
  );
}

/** Beside the running server; killed, the next run goes on where it ended. @param {Settings} settings */
async function runRotation(settings) {
  const env = hostEnvironment(settings, await provideSecrets(settings));
  const host = runHost([ROTATE_COMMAND], { ...env, LOG_LEVEL: 'fatal' }, { onOutput: (text) => process.stdout.write(text) });
  const forget = onStop(() => host.stop());
  const code = await host.ended;
  forget();
  if (host.output().includes(`unknown command '${ROTATE_COMMAND}'`)) throw new Problem('rotateMissing');
  if (code !== 0) throw new Problem('rotateFailed', { code });
}

/** @param {Settings} settings @param {string} id @param {Options} options */
async function retire(settings, id, options) {
  const keys = await currentKeys(settings);
  const isKnown = keys.some((key) => key.id === id) || Boolean((await recordedKeys(settings))[id]);
  if (!isKnown) throw new Problem('keyUnknown', { id });
  if (keys[0]?.id === id) throw new Problem('keyActive', { id });
  const uses = usesOf(await withDatabase(settings, readKeyUses), id);
  if (uses.length) throw new Problem('keyInUse', { id, rows: rowsOf(uses), tables: uses.map(({ table }) => table).join(', ') });
  const rest = keys.filter((key) => key.id !== id);
  if (rest.length < keys.length) deliver(settings, rest, options);
  await rememberRetired(settings, id);
  tell(`✓ ${id} 已停用；更早的备份仍需要它，请保留含有它的密钥导出 | retired; older backups still need it: keep an export that holds it`);
}

/** @param {Settings} settings @param {string} name */
async function exportTo(settings, name) {
  const file = placeOf(name);
  const keys = await currentKeys(settings);
  await writeKeyExport(file, keys, await passphraseOf(settings.environment, { isNew: true }));
  await withDatabase(settings, (database) => rememberExport(database, keys));
  tell(`✓ ${file}  (${keys.map(({ id }) => id).join(', ')})`);
  tell(
    '请把它存到这台机器之外、与备份分开的地方，口令另存，然后运行 npm run keys -- confirm' +
      ' | store it away from this machine and from the backups, the passphrase elsewhere again, then run npm run keys -- confirm',
  );
}

/** @param {Settings} settings @param {string | undefined} name */
async function confirm(settings, name) {
  const file = name ? placeOf(name) : '';
  const keys = await currentKeys(settings);
  const stored = file ? await readKeyExport(file, await passphraseOf(settings.environment, { isNew: false })) : null;
  await withDatabase(settings, (database) => confirmExport(database, keys, stored, { file, now: new Date() }));
  tell('✓ 已登记：密钥导出存放在别处 | noted: a key export lies elsewhere');
}

/**
 * Brings keys back, also into a place where nothing stands yet (before a restore). Keys that are here stay; where one has the same id
 * and is another key, the database decides which of the two it was used with.
 * @param {Settings} settings @param {string} name @param {Options} options
 */
async function importFrom(settings, name, options) {
  const imported = await readKeyExport(placeOf(name), await passphraseOf(settings.environment, { isNew: false }));
  const here = standingKeys(settings);
  const record = await recordedKeys(settings);
  // The active key stays the active one: an export of last year must not bring its own back to the front.
  const kept = here.map((key) => {
    const other = imported.find(({ id }) => id === key.id);
    if (!other || other.key === key.key) return key;
    if (record[key.id]?.fingerprint !== fingerprint(other)) throw new Problem('keysImportConflict', { id: key.id });
    return other;
  });
  const fresh = imported.filter(({ id }) => !here.some((key) => key.id === id));
  deliver(settings, [...kept, ...fresh], options);
  tell(`✓ ${imported.map(({ id }) => id).join(', ')}`);
}

/** What must follow a verb, may not, or may. @type {Record<string, 'always' | 'never' | 'maybe'>} */
const WORD_AFTER = { list: 'never', add: 'never', rotate: 'never', export: 'always', confirm: 'maybe', retire: 'always', import: 'always' };

/** @param {string} verb @param {string | undefined} word */
function isCommand(verb, word) {
  const wanted = Object.hasOwn(WORD_AFTER, verb) ? WORD_AFTER[verb] : undefined;
  return wanted === 'maybe' || wanted === (word ? 'always' : 'never');
}

/**
 * @param {Settings} settings
 * @param {string[]} words
 * @param {Options} options
 */
export async function runKeysCommand(settings, [verb, word, ...more], options) {
  if (more.length || !verb || !isCommand(verb, word)) throw new Problem('keysUsage');
  if (verb !== 'import') await requireInstalled(settings);
  const name = word ?? '';
  const verbs = /** @type {Record<string, () => Promise<void>>} */ ({
    list: () => list(settings),
    add: () => add(settings, options),
    rotate: () => rotate(settings, options),
    export: () => exportTo(settings, name),
    confirm: () => confirm(settings, word),
    retire: () => retire(settings, name, options),
    import: () => importFrom(settings, name, options),
  });
  await withPidLock(join(settings.dataDir, 'keys.lock'), /** @type {() => Promise<void>} */ (verbs[verb]));
}
