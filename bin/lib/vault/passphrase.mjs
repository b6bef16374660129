import { Problem } from '../problem.mjs';

const LEAST = 12;
const LEAST_DISTINCT = 6;

/** @typedef {{ stdin: Pick<NodeJS.ReadStream, 'isTTY' | 'setRawMode' | 'on' | 'removeListener' | 'resume' | 'pause'>, stdout: { write(text: string): unknown } }} Terminal */

/**
 * A line that is typed and not shown. Ctrl-C ends the command as everywhere.
 * @param {string} question
 * @param {Terminal} terminal
 * @returns {Promise<string>}
 */
function askHidden(question, { stdin, stdout }) {
  return new Promise((resolve) => {
    let text = '';
    stdout.write(question);
    stdin.setRawMode(true);
    const end = () => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.removeListener('data', take);
      stdout.write('\n');
    };
    const take = (/** @type {Buffer | string} */ piece) => {
      for (const letter of piece.toString()) {
        if (letter === '\u0003') {
          end();
          process.kill(process.pid, 'SIGINT');
          return;
        }
        if (letter === '\r' || letter === '\n' || letter === '\u0004') {
          end();
          resolve(text);
          return;
        }
        text = letter === '\u007f' || letter === '\b' ? [...text].slice(0, -1).join('') : text + letter;
      }
    };
    stdin.on('data', take);
    stdin.resume();
  });
}

/** @param {string} passphrase */
export function checkStrength(passphrase) {
  if ([...passphrase].length < LEAST || new Set(passphrase).size < LEAST_DISTINCT) throw new Problem('passphraseWeak', { least: LEAST });
}

/**
 * From the environment for jobs, else asked without an echo; never from the command line, which every user of the machine can read.
 * A new one is asked twice and must not be weak.
 * @param {Readonly<Record<string, string>>} environment
 * @param {{ isNew: boolean, terminal?: Terminal }} wish
 * @returns {Promise<string>}
 */
export async function passphraseOf(environment, { isNew, terminal = process }) {
  const given = environment['CRM_BACKUP_PASSPHRASE'];
  if (given) {
    if (isNew) checkStrength(given);
    return given;
  }
  if (!terminal.stdin.isTTY) throw new Problem('passphraseNeeded');
  const typed = await askHidden('口令（不显示）| Passphrase (not shown): ', terminal);
  if (!isNew) return typed;
  checkStrength(typed);
  if ((await askHidden('再输入一次 | Once more: ', terminal)) !== typed) throw new Problem('passphraseDiffers');
  return typed;
}
