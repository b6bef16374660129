import { changeLog } from '../../platform/api/change-log.ts';
import { eraseSubjects } from '../../privacy/index.ts';
import type { ImportPorts } from '../ports.ts';
import { IMPORTS } from '../staging.ts';
import { emptyStaging } from './read-import.ts';

/**
 * Takes an import out of the world of which nothing was imported: its row, its lines, its key, its file. One that has begun
 * meanwhile stays whole.
 *
 * @returns whether it is gone.
 */
export async function discardImport({ context: { database }, uploads }: ImportPorts, id: string): Promise<boolean> {
  const isGone = await database.transaction((transaction) =>
    changeLog().around(transaction, IMPORTS, [id], async () => {
      const gone = await transaction(IMPORTS).where({ id }).whereIn('status', ['uploaded', 'checked']).delete();
      if (!gone) return false;
      await emptyStaging(transaction, id);
      await eraseSubjects(transaction, IMPORTS, [id]);
      return true;
    }),
  );
  if (isGone) await uploads.remove(id);
  return isGone;
}
