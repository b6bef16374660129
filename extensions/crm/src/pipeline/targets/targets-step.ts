import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { fieldRefusal } from '../refuse-field.ts';

const TARGETS = 'crm_targets';

/** A person has one target for a segment and a period: attainment is counted against it (KPI-1). */
export const targetsStep: WriteStep = {
  name: 'pipeline/targets',
  collections: [TARGETS],
  async afterWrite({ database, item, action, actor }) {
    const row = action === 'delete' ? null : await database(TARGETS).where({ id: item }).first('user', 'period', 'segment');
    if (!row) return;
    // Two people who set one target at once come one after the other.
    await database('directus_users').where({ id: row.user }).forNoKeyUpdate().first('id');
    const { user, period, segment } = row;
    if (await database(TARGETS).where({ user, period, segment }).whereNot({ id: item }).first('id'))
      throw fieldRefusal({ collection: TARGETS, field: 'period', reason: 'target_twice' }, actor?.language);
  },
};
