import { performance } from 'node:perf_hooks';

const EVERY_SECONDS = 10;

/** @param {string} text */
export const tell = (text) => void process.stdout.write(`${text}\n`);

/**
 * Runs one long step under a line that says what happens and, every few seconds, for how long already.
 * @template T
 * @param {string} zh
 * @param {string} en
 * @param {(report: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(zh, en, work) {
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 1000);
  let detail = '';
  tell(`→ ${zh} | ${en}`);
  const timer = setInterval(() => tell(`  … ${zh} | ${en}: ${seconds()} s${detail ? `  ${detail}` : ''}`), EVERY_SECONDS * 1000);
  try {
    const result = await work((text) => (detail = text));
    tell(`  ${hasFailed(result) ? '✗' : '✓'} ${zh} | ${en}: ${seconds()} s`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** A program that ended with another code than 0. @param {unknown} result */
const hasFailed = (result) => typeof result === 'object' && result !== null && 'code' in result && result.code !== 0;
