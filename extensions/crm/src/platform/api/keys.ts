import { readFileSync, statSync } from 'node:fs';
import type { Decision } from '../../kernel/decision.ts';
import { readKeyring, type KeyFault, type Keyring } from './keyring.ts';

/** Where a process finds the master keys. A ring that cannot be read is a reason to close, never to work without. */
export interface Keys {
  /** The keys as they stand now. */
  ring(): Decision<Keyring, KeyFault>;
}

/** How long a file of keys is believed without a look at it, in milliseconds. */
const LOOK_AGAIN = 1000;

/**
 * The keys of this process. `CRM_KEYS` is fixed as long as the process lives; `CRM_KEYS_FILE` (the demo's own secrets) is
 * read again when it changes, so that a rotation reaches a running server within a second.
 *
 * @param env the host's environment.
 * @param now the time in milliseconds, for tests.
 */
export function keysOf(env: Readonly<Record<string, unknown>>, now: () => number = Date.now): Keys {
  const file = typeof env['CRM_KEYS_FILE'] === 'string' ? env['CRM_KEYS_FILE'] : '';
  const given = textOf(env['CRM_KEYS']);
  let ring = readKeyring(given);
  let seen = '';
  let looked = -Infinity;

  function look(): void {
    if (!file || now() - looked < LOOK_AGAIN) return;
    looked = now();
    const stamp = stampOf(file);
    if (!stamp || stamp === seen) return;
    const stored = keysIn(file);
    // A file that is being replaced is read at the next look.
    if (stored === undefined) return;
    seen = stamp;
    ring = readKeyring(stored);
  }

  return {
    ring() {
      look();
      return ring;
    },
  };
}

/** The host reads a setting with commas in it as a list. */
function textOf(setting: unknown): string | undefined {
  if (Array.isArray(setting)) return setting.join(',');
  return typeof setting === 'string' ? setting : undefined;
}

function stampOf(file: string): string | null {
  try {
    const { mtimeMs, ino, size } = statSync(file);
    return `${mtimeMs}/${ino}/${size}`;
  } catch {
    return null;
  }
}

function keysIn(file: string): string | undefined {
  try {
    const { CRM_KEYS } = JSON.parse(readFileSync(file, 'utf8')) as { CRM_KEYS?: string };
    return CRM_KEYS;
  } catch {
    return undefined;
  }
}
