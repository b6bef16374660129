import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { rowsBelow, writeNotes } from '../segments/index.ts';
import type { MovingPorts } from './ports.ts';
import { CUSTOMERS } from './transfer-row.ts';

interface Former extends Record<string, unknown> {
  segment: string;
  owner: string | null;
}

/** Where rows stood before a write that names their owner; null of one that does not, so that no older note is taken for its. */
const formers = writeNotes<{ former: Former | null }>();

/** A customer or lead that is given to a colleague by its owner field leaves the former owner's files too, as by a transfer (Q1). */
export const letGoStep = ({ letGo }: MovingPorts): WriteStep => ({
  name: 'transfers/let-go',
  collections: [CUSTOMERS, 'crm_leads'],
  async beforeUpdate(payload, keys, { collection, database }) {
    for (const key of keys) formers.note(collection, String(key), { former: null });
    if (!('owner' in payload)) return;
    const rows: (Former & { id: string })[] = await database(collection)
      .whereIn('id', [...keys])
      .select('id', 'segment', 'owner');
    for (const { id, segment, owner } of rows) formers.note(collection, id, { former: { segment, owner } });
  },
  async afterWrite({ collection, item, action, database }) {
    const former = action === 'update' ? formers.of(collection, item)?.former : null;
    if (!former?.owner) return;
    const row = await database(collection).where({ id: item }).first('segment', 'owner');
    if (!row || row.owner === former.owner) return;
    const rows = await rowsBelow(database, collection, item);
    await letGo(database, { from: former, to: { segment: row.segment } }, rows.set(collection, new Set([item])));
  },
});
