import { createHash, randomUUID } from 'node:crypto';
import type { Knex } from '../platform/api/host.ts';
import { sealedColumn } from './rules/sealed-fields.ts';

const PREFIX = 'damaged:';
const STATE = 'crm_install_state';

const hashOf = (cipher: string) => createHash('sha256').update(cipher).digest('hex');

/** Flags a value that does not open for repair: the doctor names it until somebody has entered it again. */
export async function flagDamaged(
  database: Knex,
  place: { collection: string; item: string; field: string },
  cipher: string,
): Promise<void> {
  const key = `${PREFIX}${place.collection}/${place.item}/${place.field}`;
  await database(STATE)
    .insert({ id: randomUUID(), key, hash: hashOf(cipher) })
    .onConflict('key')
    .merge({ hash: hashOf(cipher) });
}

/** The flagged values that still stand as they were; flags of repaired ones are taken down. */
export async function damagedValues(database: Knex): Promise<string[]> {
  const flags = await database(STATE).where('key', 'like', `${PREFIX}%`).orderBy('key').select('key', 'hash');
  const damaged: string[] = [];
  for (const { key, hash } of flags) {
    const [collection = '', item = '', field = ''] = String(key).slice(PREFIX.length).split('/');
    const row = await database(collection).where({ id: item }).first(sealedColumn(field));
    const cipher: unknown = row?.[sealedColumn(field)];
    if (typeof cipher === 'string' && hashOf(cipher) === hash) damaged.push(`${collection}/${item}/${field}`);
    else await database(STATE).where({ key }).delete();
  }
  return damaged;
}
