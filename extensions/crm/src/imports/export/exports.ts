import { setTimeout as wait } from 'node:timers/promises';
import { newSubject, requireRing } from '../../privacy/index.ts';
import { isFull } from '../store/is-full.ts';
import { callerRows, type CallerRows } from './caller-rows.ts';
import { EXPORTS, type ExportRow } from './export-row.ts';
import { choose, makeFile, type Chosen, type ExportOrder, type ExportPorts } from './make-export.ts';
import { ExportStopped, recordBegun, recordDone, recordEnd } from './record-export.ts';
import { exportRefusal, faultIn } from './refuse.ts';
import { rowOf } from './row-of-order.ts';
import { recordStarted } from './start-approved.ts';
import { giveBack, leaseOf, watchOf, type Watch } from './watch-export.ts';

/** How long an answer waits for the end of an export; what takes longer goes on without it. */
const FOREGROUND_MS = 2500;
/** How long whoever stops one waits until nothing of it is left. */
const STOPPING_MS = 2000;

/** The exports of this process. */
export interface Exports {
  ports: ExportPorts;
  /**
   * Begins one and gives its row: done, where that took a moment, or running. What is refused within that moment is thrown,
   * and leaves no row where it was refused before a file was begun.
   */
  begin(order: ExportOrder): Promise<ExportRow>;
  /** The same for one that was approved: its row stands already, and is begun once (SEC-5). */
  start(order: ExportOrder, approved: ExportRow): Promise<ExportRow>;
  /** Stops one that runs, on whichever node; false where it runs no more. */
  stop(id: string): Promise<boolean>;
  /** Ends what processes that died have left: it is told, and made again by whoever wants it (F33). */
  resume(): Promise<void>;
  /** The process ends, and every export in it. */
  shutDown(): void;
}

export function createExports(ports: ExportPorts): Exports {
  const { context, clock, files } = ports;
  const { database, logger } = context;
  const running = new Map<string, { watch: Watch; run: Promise<unknown> }>();
  const told = (what: string) => (error: unknown) => logger.error(`crm: ${what}: ${(error as Error).name}`);

  /** Whatever ended it: no file, no key, and a row that says so. Gives what its maker is told. */
  async function clear(order: ExportOrder, { id }: ExportRow, { halt }: Watch, thrown: unknown): Promise<unknown> {
    const error: unknown = halt.signal.aborted ? halt.signal.reason : thrown;
    await files.remove(id);
    if (error instanceof ExportStopped) return null;
    const { language } = order.actor;
    const fault = isFull(error) ? { reason: 'no_space' as const, values: {} } : faultIn(error);
    if (!fault || fault.reason === 'no_space')
      logger.error(`crm: export ${id} was not made: ${String((error as { code?: unknown }).code)}`);
    await recordEnd(database, id, 'failed', fault ?? { reason: 'failed', values: {} });
    return fault ? exportRefusal(fault.reason, language, fault.values) : error;
  }

  /**
   * From the row to the result. Killed before the last line, it leaves a row that `resume` ends and a file whose key was never
   * stored; after it, everything.
   */
  async function finish(order: ExportOrder, row: ExportRow, rows: CallerRows, choosing: Promise<Chosen>, watch: Watch): Promise<unknown> {
    try {
      const chosen = await choosing;
      watch.progress.total = chosen.ids.length;
      const { subject, row: key } = newSubject(requireRing(ports.keys, order.actor.language), EXPORTS, row.id, clock.now());
      const making = { order, row, subject, rows, signal: watch.halt.signal };
      const segments = await makeFile(ports, making, chosen, (done) => (watch.progress.done = done));
      await rows.stillMay();
      const fields = chosen.table.columns.map(({ field }) => field);
      const expires_at = new Date(clock.now().getTime() + ports.settings.keptMs);
      await watch.rest();
      watch.goOn();
      await recordDone(database, watch.lease, row, { expires_at, fields, segments, key });
      return null;
    } catch (error) {
      return await clear(order, row, watch, error);
    }
  }

  /** Rows of somebody who has no export at work, by whoever holds the right to it: their process died. */
  async function giveUp(owner: string): Promise<void> {
    const left: string[] = await database(EXPORTS).where({ status: 'running', owner }).pluck('id');
    for (const id of left)
      if (!running.has(id) && (await recordEnd(database, id, 'failed', { reason: 'interrupted', values: {} }))) await files.remove(id);
  }

  /**
   * @param approved how many rows somebody else agreed to.
   * @param open writes down that it runs, before the first byte of a file is made.
   */
  async function launch(order: ExportOrder, approved: number | null, open: () => Promise<ExportRow>): Promise<ExportRow> {
    const { actor } = order;
    const lease = leaseOf(database, clock, actor.user);
    if (!(await lease.take())) throw exportRefusal('running', actor.language);
    const watch = watchOf(database, lease);
    const free = () =>
      watch
        .rest()
        .then(() => giveBack(database, lease, actor.user))
        .catch(told('the right to export was not given back'));
    const moment = wait(FOREGROUND_MS, null, { ref: false });
    let row: ExportRow;
    let run: Promise<unknown>;
    try {
      await giveUp(actor.user);
      const rows = callerRows(context, { ...order, goOn: () => watch.goOn() }, order.collection);
      const choosing = choose(ports, order, rows, approved);
      // What somebody agreed to is used up by its beginning: not before it is sure that there are no more rows than that.
      await (approved === null ? Promise.race([choosing, moment]) : choosing);
      row = await open();
      watch.id = row.id;
      run = finish(order, row, rows, choosing, watch)
        .catch(told(`export ${row.id}`))
        .finally(() => {
          running.delete(row.id);
          return free();
        });
    } catch (error) {
      watch.halt.abort(new ExportStopped());
      await free();
      throw error;
    }
    running.set(row.id, { watch, run });
    const error = await Promise.race([run, moment]);
    if (error) throw error as Error;
    return database(EXPORTS).where({ id: row.id }).first();
  }

  return {
    ports,

    begin: (order) =>
      launch(order, null, async () => {
        const row = await rowOf(ports, order);
        await recordBegun(database, row);
        return row;
      }),

    start: (order, approved) =>
      launch(order, approved.approved_rows, async () => {
        const row = await recordStarted(database, approved, clock.now());
        if (!row) throw exportRefusal('not_approved', order.actor.language);
        return row;
      }),

    async stop(id) {
      if (!(await recordEnd(database, id, 'stopped', null))) return false;
      const here = running.get(id);
      here?.watch.halt.abort(new ExportStopped());
      await Promise.race([here?.run, wait(STOPPING_MS, null, { ref: false })]);
      return true;
    },

    async resume() {
      const left: string[] = await database(EXPORTS).where({ status: 'running' }).distinct().pluck('owner');
      for (const owner of left) {
        const lease = leaseOf(database, clock, owner);
        // Held meanwhile, so that nothing which is begun now is taken for lost.
        if (!(await lease.take())) continue;
        await giveUp(owner).finally(() => giveBack(database, lease, owner));
      }
    },

    shutDown() {
      for (const { watch } of running.values()) watch.halt.abort(exportRefusal('interrupted', null));
    },
  };
}
