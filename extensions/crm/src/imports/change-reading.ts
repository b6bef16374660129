import type { z } from 'zod';
import type { Actor } from '../platform/api/actor.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { findSubject } from '../privacy/index.ts';
import { emptyStaging } from './check/read-import.ts';
import { NO_COUNTS } from './check/stage-file.ts';
import { changeChoices, changeColumns, changeMapping } from './choices.ts';
import type { changeRequest } from './contract.ts';
import type { ImportPorts } from './ports.ts';
import { importRefusal } from './refuse.ts';
import { IMPORTS } from './staging.ts';
import { readingOf, withoutAttempts, withReading, type ImportRow } from './store/import-row.ts';

/**
 * Changes how a file is read, before anything of it is imported: the import is uploaded again, so to say, and a reading that
 * is under way notices and stops. Nobody but the importer does it; two changes at once are made one after the other, and each
 * keeps what the other said.
 */
export async function changeReading(
  { context: { database }, clock, uploads }: ImportPorts,
  ring: Keyring,
  actor: Actor,
  row: ImportRow,
  change: z.infer<typeof changeRequest>,
): Promise<void> {
  const { language } = actor;
  if (row.owner !== actor.user) throw forbidden();
  if (row.status !== 'uploaded' && row.status !== 'checked') throw importRefusal('not_open', language);
  const subject = await findSubject(database, ring, { collection: IMPORTS, item: row.id });
  if (!subject.accepted || !(await uploads.has(row.id))) throw importRefusal('file_gone', language);
  const { mapping, columns: _columns, ...choices } = change;
  await database.transaction(async (transaction) => {
    // As it stands now: what another window or the reading has changed since stays.
    const now: ImportRow | undefined = await transaction(IMPORTS).where({ id: row.id }).forUpdate().first();
    if (now?.status !== 'uploaded' && now?.status !== 'checked') throw importRefusal('not_open', language);
    const reading = readingOf(now, subject.value);
    // The sheet that was found stays the one that is read, whatever else is said of it.
    const found = choices.sheet === undefined && reading.found?.sheet;
    const next = {
      ...reading,
      choice: { ...(found ? { sheet: found } : {}), ...changeChoices(reading.choice, choices, language) },
      choices: changeMapping(reading, row.kind, mapping, language),
      byColumn: changeColumns(reading, row.kind, change, language),
      fault: null,
    };
    const before = new Date(now.date_updated ?? 0).getTime();
    await transaction(IMPORTS)
      .where({ id: row.id })
      .update({
        ...NO_COUNTS,
        status: 'uploaded',
        settings: withReading(withoutAttempts(now.settings), subject.value, next),
        date_updated: new Date(Math.max(clock.now().getTime(), before + 1)),
      });
    await emptyStaging(transaction, row.id);
  });
}
