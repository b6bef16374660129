import { createHash } from 'node:crypto';
import type { EventContext, HostContext, Row, SchemaOverview } from '../platform/api/host.ts';
import { originOfWrite, withOrigin } from '../platform/api/origin.ts';
import type { Changes } from './changes.ts';

interface Register {
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/**
 * What was uploaded: its size and its checksum, so that content which stands somewhere can be told from content which was
 * replaced. The host knows both only after the row is committed, so this follows at once; that a file was made or
 * replaced stands in the log by then.
 */
export function registerUploads({ action }: Register, { database, services, logger }: HostContext, changes: Changes): void {
  async function checksumOf(file: string, schema: SchemaOverview): Promise<string> {
    const { stream } = await new services.AssetsService({ schema, knex: database }).getAsset(file);
    const hash = createHash('sha256');
    for await (const part of stream) hash.update(part);
    return hash.digest('hex');
  }

  action('files.upload', async ({ key }, { accountability, schema }) => {
    if (!schema) return;
    const item = String(key).toLowerCase();
    const log = async () => {
      const sha256 = await checksumOf(item, schema).catch((error: unknown) => {
        logger.error(`crm: an uploaded file could not be read for its checksum: ${String(error)}`);
        return null;
      });
      await changes.happened(database, 'directus_files', item, { action: 'uploaded', facts: { sha256 } }, schema);
    };
    const origin = { user: accountability?.user ?? null, ip: accountability?.ip ?? null, userAgent: accountability?.userAgent ?? null };
    await withOrigin(originOfWrite(origin), log).catch((error: unknown) => logger.error(`crm: an upload was not logged: ${String(error)}`));
  });
}
