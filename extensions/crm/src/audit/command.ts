import type { Language } from '../platform/api/actor.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { say } from '../platform/api/say.ts';
import type { Head } from './head.ts';
import { FAULT_TEXTS, PLACES, WORDS } from './locale/verify.ts';
import type { Fault, Verification } from './rules/finding.ts';
import { readAuditSettings } from './settings.ts';
import { verifyLog } from './verify.ts';

export interface AuditOptions {
  json?: boolean;
  lang?: string;
  head?: string;
}

const MOST_LINES = 200;

function headIn(text: string): Head | null {
  const [, number, hash] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  return number && hash ? { number: Number(number), hash } : null;
}

function sayFault(fault: Fault, language: Language): string {
  const values: Record<string, string | number> = { block: fault.block ?? '–' };
  if ('where' in fault) values['where'] = say(PLACES[fault.where], language);
  if ('row' in fault) values['row'] = fault.row;
  return say(FAULT_TEXTS[fault.kind], language, values);
}

function report({ entries, blocks, head, unsealed, faults }: Verification, language: Language, write: (line: string) => void): void {
  const values = { entries, blocks, faults: faults.length };
  write(say(faults.length ? WORDS.bad : WORDS.good, language, values));
  for (const fault of faults.slice(0, MOST_LINES)) write(`  ${sayFault(fault, language)}`);
  if (faults.length > MOST_LINES) write(`  … ${faults.length - MOST_LINES}`);
  const tail = { count: unsealed.count, since: unsealed.since ?? '' };
  write(say(unsealed.count ? WORDS.unsealed : WORDS.nothing_unsealed, language, tail));
  if (head) write(say(WORDS.head, language, { head: `${head.number}:${head.hash}` }));
}

/**
 * `npm run audit -- verify`: 0 when the log is whole, 1 when it is not or cannot be judged (SEC-3).
 *
 * @param withKept adds what older master keys signed with, when they themselves are gone.
 */
export async function runAudit(
  { database, env }: HostContext,
  keys: Keys,
  [what]: readonly string[],
  options: AuditOptions,
  write: (line: string) => void,
  withKept: (database: Knex, ring: Keyring) => Promise<Keyring>,
): Promise<number> {
  const language: Language = options.lang?.toLowerCase().startsWith('en') ? 'en-US' : 'zh-CN';
  const given = options.head ? headIn(options.head) : null;
  const ring = keys.ring();
  const problem = what !== 'verify' ? WORDS.unknown : options.head && !given ? WORDS.bad_head : !ring.accepted ? WORDS.no_keys : null;
  if (problem || !ring.accepted) {
    write(say(problem ?? WORDS.no_keys, language));
    return 1;
  }
  const { dataDir } = readAuditSettings(env);
  const verification = await verifyLog({ database, ring: await withKept(database, ring.value), dataDir, given });
  if (options.json) write(JSON.stringify(verification, null, 2));
  else report(verification, language, write);
  return verification.faults.length ? 1 : 0;
}
