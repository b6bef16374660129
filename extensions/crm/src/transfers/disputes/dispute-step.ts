import { forbidden } from '../../platform/api/refusal.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { saysSomething } from '../../privacy/index.ts';
import { transferRefusal } from '../refuse.ts';
import { DISPUTES } from '../transfer-row.ts';

/** A claim says something, and what becomes of it comes by its routes alone (CUS-13). */
export const disputeStep: WriteStep = {
  name: 'transfers/disputes',
  collections: [DISPUTES],
  beforeUpdate(_payload, _keys, { accountability }) {
    if (accountability) throw forbidden();
  },
  async afterWrite({ action, database, item, actor }) {
    if (action !== 'create') return;
    const row = await database(DISPUTES).where({ id: item }).first('claim');
    if (!saysSomething(String(row.claim))) throw transferRefusal('claim_needed', actor?.language);
  },
};
