import type { Actor } from '../../platform/api/actor.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import type { ImportPorts } from '../ports.ts';
import { inBatch } from '../../privacy/index.ts';
import { carefully } from '../commit/careful.ts';
import { changeImport } from '../commit/finish.ts';
import { countLines, holdImport, loadImport, WRITTEN, type ImportRecord, type Work } from '../commit/import-record.ts';
import { importRefusal } from '../refuse.ts';
import type { Taken } from '../commit/open-lines.ts';
import type { Runs, Step } from '../commit/runs.ts';
import { inWork } from '../commit/work.ts';
import { mayUndo } from '../rules/rights.ts';
import { needsSample } from '../rules/draw-sample.ts';
import { UNDO_DAYS, undoUntil } from '../rules/standing.ts';
import { freshSample } from '../sample/draw.ts';
import { clearMarks, isUnaccepted } from '../sample/marks.ts';
import { keepNext, undoChunk } from './undo-chunk.ts';

/**
 * Takes an import back, creations and updates alike, in the background (N6). A row that somebody edited since is spared. Asked
 * again for an import that is undone it changes nothing.
 */
export async function undoImport(ports: ImportPorts, runs: Runs, id: string, actor: Actor): Promise<{ run: Promise<void> }> {
  const { context, clock } = ports;
  const isOpen = await inBatch(context.database, async (transaction) => {
    const record = await holdImport(transaction, id);
    if (!record || !mayUndo(actor, record)) throw forbidden();
    if (record.status === 'undone') return false;
    if (record.status === 'undoing') return true;
    const until = undoUntil({ ...record, finished: record.finished_at ? new Date(record.finished_at as string) : null });
    const isLate = until && clock.now() > until;
    if (isLate) throw importRefusal('undo_over', actor.language, { days: UNDO_DAYS });
    if (!['imported', 'stopped', 'interrupted'].includes(record.status) || !record.rows_done)
      throw importRefusal('not_imported', actor.language);
    await changeImport(transaction, id, { status: 'undoing', undone_by: actor.user });
    return true;
  });
  return { run: isOpen ? runs.start(id, undoStep(ports, id)) : Promise.resolve() };
}

/** What stays of a batch that nobody has accepted waits for its check as before, where it is large enough for one (IMP-3). */
async function sampleOfKept({ database, record }: Work, { keys }: ImportPorts): Promise<Partial<ImportRecord>> {
  const kept = await countLines(database, record.id, { state: 'kept' }, WRITTEN);
  if (isUnaccepted(record) && needsSample(kept)) return record.sample_seed ? {} : freshSample(database, record);
  await clearMarks(database, keys, record);
  return { sample_state: 'not_needed' };
}

/** One chunk of an undo, from the last line to the first, in the name of whoever asked for it. */
export function undoStep(ports: ImportPorts, id: string): Step {
  let held: Lease | null = null;
  let from = 0;

  async function doing(take: (work: Work) => Promise<Taken>): Promise<boolean> {
    const user = (await loadImport(ports.context.database, id))?.undone_by;
    if (!user || !held) return false;
    const taken = await inWork(ports, { id, user, lease: held }, async (work, record, database) => {
      if (record.status !== 'undoing') return null;
      if (!work || !mayUndo(work.actor, record)) {
        await changeImport(database, id, { status: 'interrupted' });
        return null;
      }
      const looked = await take(work);
      if (!looked.lines) await changeImport(database, id, { status: 'undone', undone_at: work.now, ...(await sampleOfKept(work, ports)) });
      return looked;
    });
    from = taken?.from ?? from;
    return Boolean(taken?.lines);
  }

  const step = carefully(
    (most) => doing((work) => undoChunk(work, { most, from })),
    () => doing((work) => keepNext(work, from)),
  );
  return (lease, isCrowded) => {
    held = lease;
    return step(isCrowded);
  };
}
