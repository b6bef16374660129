import type { Actor } from '../../platform/api/actor.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { informPlanner } from '../../platform/api/statistics.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import type { ImportPorts } from '../ports.ts';
import { inBatch } from '../../privacy/index.ts';
import { mayGoOn, mayUndo } from '../rules/rights.ts';
import { toResults } from '../rules/sample-result.ts';
import { UNDO_DAYS } from '../rules/standing.ts';
import { IMPORTS, SEARCHED_LINES } from '../staging.ts';
import { isCleared } from '../store/import-row.ts';
import { setMarks } from '../sample/marks.ts';
import { undoStep } from '../undo/undo.ts';
import { carefully } from './careful.ts';
import { commitChunk, refuseNext } from './commit-chunk.ts';
import { decideLines, type CommitOptions } from './decide-lines.ts';
import { changeImport, expectsSample, finishImport } from './finish.ts';
import { holdImport, loadImport, subjectOfImport, type ImportRecord, type ImportStatus, type Work } from './import-record.ts';
import { openLinesOf, type Taken } from './open-lines.ts';
import { importRefusal } from '../refuse.ts';
import { createRuns, leaseOf, type Runs, type Step } from './runs.ts';
import { inWork } from './work.ts';

/** From these an import is committed: it was checked, or it stopped on its way. */
const COMMITTABLE: readonly ImportStatus[] = ['checked', 'stopped', 'interrupted', 'imported'];

/** By what the statements of a chunk find what stands already. */
const SEARCHED_ROWS = {
  crm_customers: ['segment', 'status', 'name', 'uscc'],
  crm_contacts: ['customer', 'status'],
  crm_audit: ['collection', 'item', 'block'],
};

export interface Importer {
  ports: ImportPorts;
  runs: Runs;
  /** Decides the lines, and goes on in the background; the promise is the whole run. */
  commit(id: string, actor: Actor, options: CommitOptions): Promise<{ run: Promise<void> }>;
  /** Stops before the next chunk; what is written stays, and committing again goes on. */
  cancel(id: string, actor: Actor): Promise<void>;
  /** Goes on with whatever a process that died has left (F33, design.md 7). */
  resume(): Promise<void>;
}

export function createImporter(ports: ImportPorts): Importer {
  const { context, keys, clock } = ports;
  const { database } = context;
  const runs = createRuns(ports, async (id) => {
    const record = await loadImport(database, id);
    if (record && (record.status === 'importing' || record.status === 'undoing'))
      // Its thirty days begin, as those of one that was stopped.
      await changeImport(database, id, { status: 'interrupted', finished_at: record.finished_at ?? clock.now() });
  });

  return {
    ports,
    runs,

    async commit(id, actor, options) {
      await inBatch(database, async (transaction) => {
        const record = await holdImport(transaction, id);
        if (!record || !mayGoOn(actor, record)) throw forbidden();
        if (record.status === 'importing') return;
        if (isCleared(record)) throw importRefusal('contents_gone', actor.language, { days: UNDO_DAYS });
        if (!COMMITTABLE.includes(record.status) || record.undone_by) throw importRefusal('not_checked', actor.language);
        // What was found so far would be said of other rows.
        const hasBegun = record.sample_state === 'waiting' && record.status !== 'interrupted' && toResults(record.sample_result).length;
        if (hasBegun) throw importRefusal('check_begun', actor.language);
        const fault = await decideLines(transaction, record, actor, options);
        if (fault) throw importRefusal(fault.reason, actor.language, { line: fault.line });
        if (!(await openLinesOf(transaction, id).first('own.id'))) throw importRefusal('nothing_to_import', actor.language);
        const isSampled = await expectsSample(transaction, id);
        const ring = keys.ring();
        if (isSampled && record.rows_done && ring.accepted)
          await setMarks(transaction, record, await subjectOfImport(transaction, ring.value, id));
        // One that was sent back waits for its importer; one that was accepted is checked again with the rows that come now.
        const isReturned = record.sample_state === 'returned';
        const signature = isReturned ? {} : { sample_errors: null, sample_checked_by: null, sample_checked_at: null };
        const state = !isSampled ? 'not_needed' : isReturned ? 'returned' : 'waiting';
        await changeImport(transaction, id, { status: 'importing', sample_state: state, ...signature });
      });
      return { run: runs.start(id, importStep(ports, id)) };
    },

    async cancel(id, actor) {
      await inBatch(database, async (transaction) => {
        const record = await holdImport(transaction, id);
        if (!record || !mayUndo(actor, record)) throw forbidden();
        if (record.status !== 'importing') throw importRefusal('not_running', actor.language);
        await finishImport({ database: transaction, keys }, record, clock.now(), 'stopped');
      });
    },

    async resume() {
      const left: ImportRecord[] = await database(IMPORTS).whereIn('status', ['importing', 'undoing']).orderBy('id');
      for (const { id, status } of left) {
        if (runs.isRunning(id) || (await leaseOf(ports, id).isHeld())) continue;
        context.logger.info(`crm: import ${id} goes on where it was interrupted`);
        void runs.start(id, status === 'importing' ? importStep(ports, id) : undoStep(ports, id));
      }
    },
  };
}

/** One chunk of an import, as long as the importer may and nobody has stopped it. */
function importStep(ports: ImportPorts, id: string): Step {
  let held: Lease | null = null;
  let rows = 0;
  let from = 0;
  const inform = informPlanner(ports.context.database, { ...SEARCHED_LINES, ...SEARCHED_ROWS });

  async function doing(write: (work: Work) => Promise<Taken>): Promise<boolean> {
    const owner = (await loadImport(ports.context.database, id))?.owner;
    if (!owner || !held) return false;
    const taken = await inWork(ports, { id, user: owner, lease: held }, async (work, record, database) => {
      if (record.status !== 'importing') return null;
      // Rights are looked at again before each chunk: whoever was frozen or moved meanwhile imports nothing more (F2).
      if (!work || !mayGoOn(work.actor, record)) {
        await finishImport({ database, keys: ports.keys }, record, ports.clock.now(), 'stopped');
        return null;
      }
      const written = await write(work);
      rows = record.rows_done + written.lines;
      if (!written.lines) await finishImport({ database, keys: ports.keys }, record, work.now, 'imported');
      return written;
    });
    // Not before the transaction has ended: what is undone is done again.
    from = taken?.from ?? from;
    return Boolean(taken?.lines);
  }

  const step = carefully(
    (most) => doing((work) => commitChunk(work, { most, from })),
    () => doing((work) => refuseNext(work, from)),
  );
  return async (lease, isCrowded) => {
    held = lease;
    const left = await step(isCrowded);
    await inform(rows, left === 'done');
    return left;
  };
}
