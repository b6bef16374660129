import { loadActor, type Actor } from '../../platform/api/actor.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { steppingBack } from '../../platform/api/step-back.ts';
import { changeHandover, finishGiving, finishUndo } from './finish.ts';
import { giveFields } from './give-fields.ts';
import { giveChunk, nextRoots, setAside, type Ending, type Work } from './give-chunk.ts';
import type { HandoverPorts } from './ports.ts';
import { addTo, countsOf, HANDOVERS, JOURNAL, loadHandover, placesOf, type HandoverRow } from './record.ts';
import { reachesAll, reachesSome, scopeOf, type Scope } from './rules/parties.ts';

/**
 * Whoever asked, with what they reach at this moment, as long as they may: a job of somebody who was frozen or moved stops at its next
 * step (ACC-9). A hand-over goes on where they still answer for rows; an undo all over or not at all, so that it can be begun again.
 */
async function askerOf(database: Knex, handover: HandoverRow): Promise<{ actor: Actor; scope: Scope } | null> {
  const isUndo = handover.state === 'undoing';
  const user = isUndo ? handover.undone_by : handover.user_created;
  const actor = user ? await loadActor(database, { user } as Accountability) : null;
  const scope = actor?.active ? scopeOf(actor) : null;
  if (!actor || !scope) return null;
  return (isUndo ? reachesAll : reachesSome)(scope, placesOf(handover)) ? { actor, scope } : null;
}

/** What is not begun yet stays: a hand-over ends with what went, an undo can be begun again. */
async function stop(work: Ending): Promise<void> {
  const { database, handover, counts } = work;
  if (handover.state === 'undoing') {
    await changeHandover(database, handover.id, { state: 'done', counts: JSON.stringify(counts) });
    return;
  }
  const planned = () => database(JOURNAL).where({ handover: handover.id, state: 'planned' });
  const left: { collection: string; rows: unknown }[] = await planned().groupBy('collection').select('collection').count({ rows: '*' });
  for (const { collection, rows } of left) addTo(counts.left, collection, Number(rows));
  await planned().update({ state: 'left' });
  await finishGiving(work);
}

/**
 * One step of a hand-over or its undo, as one transaction: some roots with their trees, or some single fields, or the end. Only as long
 * as the lease is ours, on the hand-over as it stands at this moment.
 *
 * @param isRefused sets them aside instead: the database does not take them, however often it is tried.
 * @returns how many were looked at; null when all is done.
 */
export async function oneStep(ports: HandoverPorts, id: string, lease: Lease, most: number, isRefused = false): Promise<number | null> {
  const found = await loadHandover(ports.context.database, id);
  if (!found) return null;
  const user = found.state === 'undoing' ? found.undone_by : found.user_created;
  const reason = found.reason ?? `hand-over ${id}`;
  // Where there is one connection for all, the host could not read it during the transaction.
  const schema = await ports.context.getSchema();
  return withOrigin({ kind: 'job', user, actingFor: user, reason }, () =>
    steppingBack(ports.context.database, async (database) => {
      if (!(await lease.renew(database))) return null;
      const handover: HandoverRow | undefined = await database(HANDOVERS).where({ id }).forNoKeyUpdate().first();
      if (!handover || (handover.state !== 'running' && handover.state !== 'undoing')) return null;
      const ending: Ending = { database, ports, handover, counts: countsOf(handover) };
      const asker = await askerOf(database, handover);
      if (!asker) {
        await stop(ending);
        return null;
      }
      const work: Work = { ...ending, ...asker, schema };
      const roots = await nextRoots(work, most);
      if (roots.length) await (isRefused ? setAside : giveChunk)(work, roots);
      const done = roots.length || (await giveFields(work, most, isRefused));
      if (!done) {
        await (handover.state === 'undoing' ? finishUndo : finishGiving)(work);
        return null;
      }
      await database(HANDOVERS)
        .where({ id })
        .update({ counts: JSON.stringify(work.counts) });
      return done;
    }),
  );
}
