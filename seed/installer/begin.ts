import { isBusy } from '../../extensions/crm/src/platform/api/busy.ts';
import { createCollection } from './collections.ts';
import { loadState } from './foreign.ts';
import type { InstallHost } from './host-door.ts';
import type { HostModel } from '../../schema-snapshots/host-model.ts';
import { createLeaseRow } from './lease.ts';
import { readStanding } from './standing.ts';
import { InstallState, PRODUCT, PRODUCT_KEY, STATE_COLLECTION, writeStateRow } from './state.ts';

const TRIES = 40;
const PAUSE_MS = 500;

/** Makes the table of our own memory, mark and lease row included, before anything else: all or nothing. */
export async function beginState(host: InstallHost, model: HostModel): Promise<void> {
  const wanted = model.collections.find(({ collection }) => collection === STATE_COLLECTION);
  if (!wanted) throw new Error(`the model has no ${STATE_COLLECTION}`);
  for (let tried = 1; ; tried += 1) {
    const standing = await readStanding(host);
    try {
      await createCollection({ host, state: new InstallState(), standing }, wanted, async (trx) => {
        await writeStateRow(trx, PRODUCT_KEY, JSON.stringify(PRODUCT));
        await createLeaseRow(trx);
      });
      return;
    } catch (error) {
      // Another process made it between our look and our work.
      const after = await readStanding(host);
      if (await loadState(host, after, new InstallState())) return;
      if (tried >= TRIES || !isBusy(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
