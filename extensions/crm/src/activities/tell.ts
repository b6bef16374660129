import type { Knex } from '../platform/api/host.ts';
import { notify } from '../platform/api/notify.ts';
import { NOTICES } from './locale/notices.ts';

/** Puts a note about an activity into somebody's inbox; it opens the activity. */
export const tell = (database: Knex, person: string, notice: keyof typeof NOTICES, activity: string): Promise<void> =>
  notify(database, [person], NOTICES[notice], {}, { collection: 'crm_activities', item: activity });
