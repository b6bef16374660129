import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostContext } from '../../platform/api/host.ts';
import type { Certificate } from './certificate.ts';
import { signatureOf } from './seal.ts';

/** A certificate as the instance keeps it: who brought it, when, and signed with the instance's own secret. */
export interface StoredCertificate {
  certificate: Certificate;
  received_at: string;
  received_from: string;
  signature: string;
}

const secretOf = (env: HostContext['env']): string => (typeof env['SECRET'] === 'string' ? env['SECRET'] : '');

const KEY = 'certificate:last';
const FOLDER = 'certificates';

/** Keeps the certificate as the last one, and as a file of its own where a data folder is given. */
export async function storeCertificate(
  { database, env }: HostContext,
  certificate: Certificate,
  user: string,
  now: Date,
): Promise<StoredCertificate> {
  const signature = signatureOf(certificate.hash, secretOf(env));
  const stored: StoredCertificate = { certificate, received_at: now.toISOString(), received_from: user, signature };
  const row = { value: JSON.stringify(stored), hash: certificate.hash };
  const updated = await database('crm_install_state').where({ key: KEY }).update(row);
  if (!updated) await database('crm_install_state').insert({ id: crypto.randomUUID(), key: KEY, ...row });

  const dataDir = env['CRM_DATA_DIR'];
  if (typeof dataDir === 'string' && dataDir) {
    const folder = join(dataDir, FOLDER);
    await mkdir(folder, { recursive: true });
    const name = `${certificate.finished_at.replaceAll(/[:.]/g, '-')}-${certificate.hash.slice(0, 12)}.json`;
    await writeFile(join(folder, name), JSON.stringify(stored, null, 2));
  }
  return stored;
}

/** The last certificate, or null where none was ever made. */
export async function lastCertificate({ database, env }: HostContext): Promise<(StoredCertificate & { genuine: boolean }) | null> {
  const row = await database('crm_install_state').where({ key: KEY }).first('value');
  if (!row?.value) return null;
  const stored = JSON.parse(row.value) as StoredCertificate;
  return { ...stored, genuine: stored.signature === signatureOf(stored.certificate.hash, secretOf(env)) };
}
