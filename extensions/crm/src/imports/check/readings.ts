import type { ImportPorts } from '../ports.ts';
import { IMPORTS } from '../staging.ts';
import { hasEnded, type ImportRow } from '../store/import-row.ts';
import { discardImport } from './discard-import.ts';
import { readImport, whereOf } from './read-import.ts';
import { triedNumbers } from './tried-numbers.ts';

/** The readings of this process. */
export interface Readings {
  /** Reads an import as soon as there is room; settles when it has been read, or ended with its fault in the row. */
  start(id: string): Promise<void>;
  /** Takes up what nobody reads any more: readings of processes that were killed (F33). */
  resume(): Promise<void>;
  /** Uploads that belong to nothing, or to what is done, go (F30), and so does what nobody has imported for a month. */
  sweep(): Promise<void>;
}

/** So many files are read at once; the rest waits its turn. */
const AT_ONCE = 2;
const DAY_MS = 86_400_000;
/** An upload that has no row yet may still be coming in. */
const COMING_IN_MS = DAY_MS / 12;
/** How long a file is kept for being read again in another way; its rows stay. */
const KEPT_MS = 14 * DAY_MS;
/** How long a process may be silent before its files are taken for lost with it. */
const GIVEN_UP_MS = 600_000;
/** What nobody has imported for so long goes with everything in it: it holds people, and serves nothing (PIPL art. 19). */
const FORGOTTEN_MS = 30 * DAY_MS;
const AT_A_SWEEP = 50;
const OPEN: readonly string[] = ['uploaded', 'checked'];

export function readingsOf(ports: ImportPorts): Readings {
  const { context, clock, settings, uploads } = ports;
  const mine = new Map<string, Promise<void>>();
  const waiting: (() => void)[] = [];
  const numbers = triedNumbers();
  let running = 0;

  async function inTurn(work: () => Promise<void>): Promise<void> {
    if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  }

  function start(id: string): Promise<void> {
    const before = mine.get(id) ?? Promise.resolve();
    const reading = before
      .then(() => inTurn(() => readImport(ports, numbers, id)))
      .catch((error: unknown) => context.logger.error(`crm: an import was not read: ${whereOf(error)}`))
      .finally(() => {
        if (mine.get(id) === reading) mine.delete(id);
      });
    mine.set(id, reading);
    return reading;
  }

  return {
    start,
    async resume() {
      const now = clock.now().getTime();
      const rows: Pick<ImportRow, 'id' | 'settings' | 'date_updated'>[] = await context
        .database(IMPORTS)
        .where({ status: 'uploaded' })
        .andWhere('date_updated', '<', new Date(now - settings.leaseMs))
        .select('id', 'settings', 'date_updated');
      for (const row of rows) {
        if (hasEnded(row) || mine.has(row.id)) continue;
        // Its file may lie with another node, which may come back.
        const silent = now - new Date(row.date_updated ?? 0).getTime();
        if (silent > GIVEN_UP_MS || (await uploads.has(row.id))) void start(row.id);
      }
    },
    async sweep() {
      const folders = await uploads.list();
      const rows: Pick<ImportRow, 'id' | 'status'>[] = folders.length
        ? await context
            .database(IMPORTS)
            .whereIn(
              'id',
              folders.map(({ id }) => id),
            )
            .select('id', 'status')
        : [];
      const status = new Map(rows.map((row) => [row.id, row.status]));
      const now = clock.now().getTime();
      for (const { id, changed } of folders) {
        const known = status.get(id);
        const isLeft = known === undefined ? now - changed > COMING_IN_MS : !OPEN.includes(known) || now - changed > KEPT_MS;
        if (isLeft && !mine.has(id)) await uploads.remove(id);
      }
      const forgotten: string[] = await context
        .database(IMPORTS)
        .whereIn('status', OPEN)
        .andWhere('date_updated', '<', new Date(now - FORGOTTEN_MS))
        .limit(AT_A_SWEEP)
        .pluck('id');
      for (const id of forgotten) if (!mine.has(id)) await discardImport(ports, id);
    },
  };
}
