import { finding, type Finding } from './finding.ts';

/** What the commands `npm run backup` and `npm run keys` left in the installation's memory (bin/lib/vault, bin/lib/keys). */
export interface SafeCopies {
  /** When the last backup was read back and found good; null: never. */
  backupAt: string | null;
  /** Master keys that values may be sealed with, by id, each with its fingerprint. */
  keys: Readonly<Record<string, string>>;
  /** The same of the key export that a person has put away. */
  confirmed: Readonly<Record<string, string>>;
}

const HOUR_MS = 3_600_000;

/**
 * A lost key is lost data, and so is a lost disk: somebody must have a good backup of the last day and the keys elsewhere (SEC-1, F44).
 *
 * @param mostHours how old the last good backup may be.
 */
export function checkSafeCopies({ backupAt, keys, confirmed }: SafeCopies, mostHours: number, now: Date): Finding[] {
  const hours = backupAt === null ? null : Math.floor((now.getTime() - Date.parse(backupAt)) / HOUR_MS);
  const unsafe = Object.keys(keys).filter((id) => confirmed[id] !== keys[id]);
  return [
    ...(hours === null ? [finding('backup_missing', 'backup')] : []),
    ...(hours !== null && !(hours < mostHours) ? [finding('backup_old', 'backup', { hours, most: mostHours })] : []),
    ...(unsafe.length || !Object.keys(keys).length ? [finding('key_export_missing', 'keys', { ids: unsafe.join(', ') || '—' })] : []),
  ];
}
