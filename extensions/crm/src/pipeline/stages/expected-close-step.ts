import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import type { WriteContext, WriteStep } from '../../platform/api/write-pipeline.ts';
import { mayReach } from '../../segments/index.ts';
import { movesOpportunities } from '../reach.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { isExpectedInPast } from '../rules/expected-close.ts';
import { idOf } from './judge-move.ts';
import { loadStages } from './load-stages.ts';

const OPPORTUNITIES = 'crm_opportunities';
const FIELD = 'expected_close_on';

/** Whoever plans open business plans it ahead (SAL-2); said only of rows that the caller reaches. */
export function expectedCloseStep(clock: Clock): WriteStep {
  const refuse = ({ actor }: WriteContext) =>
    fieldRefusal({ collection: OPPORTUNITIES, field: FIELD, reason: 'close_in_past' }, actor?.language);

  return {
    name: 'pipeline/expected-close',
    collections: [OPPORTUNITIES],
    async beforeCreate(payload, context) {
      const { accountability, database, actor } = context;
      if (!accountability || !payload[FIELD]) return;
      const today = await dayIn(database, payload['segment'] ?? actor?.homeSegment, clock.now());
      if (isExpectedInPast({ sent: payload[FIELD], stands: null, outcome: 'open', today })) throw refuse(context);
    },
    async beforeUpdate(payload, keys, context) {
      const { database, actor } = context;
      if (!actor || !movesOpportunities(actor) || !payload[FIELD]) return;
      const rows: Row[] = await database(OPPORTUNITIES).whereIn('id', [...keys]);
      if (rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row as never))) return;
      const stages = await loadStages(database);
      for (const row of rows) {
        const stage = idOf(payload['stage'] ?? row['stage']);
        const outcome = stages.find(({ id }) => id === stage)?.outcome ?? 'open';
        const today = await dayIn(database, row['segment'], clock.now());
        if (isExpectedInPast({ sent: payload[FIELD], stands: fromStoredDay(row[FIELD]), outcome, today })) throw refuse(context);
      }
    },
  };
}
