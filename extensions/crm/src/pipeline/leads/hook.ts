import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { LEADS, toSettled, type LeadRow, type Noted } from './lead-row.ts';
import type { LeadPorts } from './ports.ts';
import { isLeftUnallocated } from './rules/left-unallocated.ts';
import { advance, knownOf } from './rules/lead-status.ts';
import { settleLead } from './settle-lead.ts';

/** Before anybody is made the owner (SAL-9). */
const suppliedStep: WriteStep = {
  name: 'leads/supplied',
  collections: [LEADS],
  beforeCreate(payload, { actor }) {
    return actor && isLeftUnallocated(actor, payload) ? { ...payload, owner: null } : undefined;
  },
};

/** What comes before segment and owner are stamped. */
export const leadFirstSteps: readonly WriteStep[] = [suppliedStep];

/** What this slice does with every write of leads and of what is done on them, in order. */
export function leadSteps(ports: LeadPorts): readonly WriteStep[] {
  const notes = writeNotes<Row & Noted>();
  return [
    {
      name: 'leads/settle',
      collections: [LEADS],
      async beforeUpdate(payload, keys, { database }) {
        const [names, joins] = ['owner' in payload, 'customer' in payload];
        const rows: LeadRow[] = await database(LEADS).whereIn('id', [...keys]);
        for (const row of rows) notes.note(LEADS, row.id, { ...placeOf(row), known: knownOf(row), names, joins });
      },
      async afterWrite(change) {
        if (change.action !== 'delete') await settleLead(change, ports, notes.of(LEADS, change.item) ?? null);
      },
    },
    {
      name: 'leads/worked',
      collections: ['crm_activities'],
      async afterWrite({ database, item, action }) {
        if (action === 'delete') return;
        const row = await database('crm_activities').where({ id: item }).whereNotNull('done_at').whereNotNull('lead').first('lead');
        if (row) await followWorked(database, [row.lead as string]);
      },
    },
  ];
}

const placeOf = ({ status, owner, customer, region, grade, source }: LeadRow) => ({ status, owner, customer, region, grade, source });

/** Leads on which something was done are followed from now on (SAL-1); their last activity is counted by now. */
async function followWorked(database: Knex, ids: readonly string[]): Promise<void> {
  const leads: LeadRow[] = await database(LEADS)
    .whereIn('id', ids)
    .whereIn('status', ['qualified', 'allocated'])
    .orderBy('id')
    .forNoKeyUpdate();
  for (const lead of leads) {
    const status = advance(lead);
    if (status === lead.status) continue;
    await updateLogged(database, LEADS, (rows) => rows.where({ id: lead.id, status: lead.status }), {
      status,
      settled: toSettled({ status, owner: lead.owner }),
    });
  }
}
