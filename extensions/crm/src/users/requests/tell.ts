import type { Knex } from '../../platform/api/host.ts';
import { notify } from '../../platform/api/notify.ts';
import { NOTICES, type NoticeName } from './locale/notices.ts';

/** Puts a note into people's inboxes, in the transaction of what it tells. It names nobody: it may go out by mail (SEC-1). */
export const tell = (
  database: Knex,
  people: readonly (string | null)[],
  notice: NoticeName,
  values: Record<string, string> = {},
): Promise<void> => notify(database, people, NOTICES[notice], values);
