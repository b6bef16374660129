import type { LeadPorts } from '../pipeline/leads/index.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext, Knex } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import type { Words } from './rules/words.ts';
import type { ImportSettings } from './settings.ts';
import type { UploadFolder } from './store/upload-folder.ts';

/** What imports need of the world, from the upload to the undo; `entries/` provides it. */
export interface ImportPorts {
  context: Pick<HostContext, 'database' | 'getSchema' | 'logger' | 'env'>;
  keys: Keys;
  clock: Clock;
  leads: LeadPorts;
  /** What follows elsewhere from activities that a table has brought, inside its transaction. */
  afterActivities(database: Knex, activities: readonly string[]): Promise<void>;
  words: Words;
  settings: ImportSettings;
  uploads: UploadFolder;
}
