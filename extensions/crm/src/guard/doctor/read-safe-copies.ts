import type { Knex } from '../../platform/api/host.ts';
import type { SafeCopies } from './rules/safe-copies.ts';

const STATE = 'crm_install_state';

interface Notes {
  backup?: { at?: string };
  'key-export'?: { confirmed?: Record<string, string> };
  'master-keys'?: Record<string, { fingerprint: string; retired?: boolean }>;
}

/** Reads what the server's commands noted about backups and keys; a note that cannot be read counts as none. */
export async function readSafeCopies(database: Knex): Promise<SafeCopies> {
  const rows: { key: string; value: string | null }[] = await database(STATE)
    .whereIn('key', ['backup', 'key-export', 'master-keys'])
    .select('key', 'value');
  const notes = Object.fromEntries(rows.map(({ key, value }) => [key, parse(value)])) as Notes;
  const keys = Object.entries(notes['master-keys'] ?? {}).filter(([, { retired }]) => !retired);
  return {
    backupAt: notes.backup?.at ?? null,
    keys: Object.fromEntries(keys.map(([id, { fingerprint }]) => [id, fingerprint])),
    confirmed: notes['key-export']?.confirmed ?? {},
  };
}

function parse(value: string | null): unknown {
  try {
    return JSON.parse(value ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
