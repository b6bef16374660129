import { readFileSync } from 'node:fs';
import { Problem } from './problem.mjs';
import { withFileSettings } from './setting-files.mjs';

const LINE = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/**
 * Reads `NAME=value` lines; quotes are taken off, `#` starts a comment.
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function parseDotEnv(text) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const line of text.split(/\r?\n/)) {
    const match = LINE.exec(line);
    if (!match?.[1] || line.trimStart().startsWith('#')) continue;
    values[match[1]] = unquote(match[2] ?? '');
  }
  return values;
}

/** @param {string} value */
function unquote(value) {
  const quoted = /^(['"])(.*)\1(?:\s+#.*)?$/.exec(value);
  return quoted ? (quoted[2] ?? '') : value.replace(/\s+#.*$/, '');
}

/**
 * The settings of a run: the environment wins over `.env` (contract.md), the host alone would do the opposite.
 * @param {string} file
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
export function mergedEnvironment(file, environment) {
  /** @type {Record<string, string>} */
  let stored = {};
  try {
    stored = parseDotEnv(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code = '' } = /** @type {NodeJS.ErrnoException} */ (error);
    if (code !== 'ENOENT') throw new Problem('settingFile', { name: '.env', file, reason: code });
  }
  const set = Object.entries(environment).filter((entry) => entry[1] !== undefined);
  return withFileSettings({ ...stored, .../** @type {Record<string, string>} */ (Object.fromEntries(set)) });
}
