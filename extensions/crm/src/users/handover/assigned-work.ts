import { among } from '../../platform/api/among.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { askAgain, openAgain } from '../../segments/index.ts';
import { JOURNAL, setStates, type Entry, type JournalRow } from './record.ts';

const ACTIVITIES = 'crm_activities';
const ANSWER = ['assignment', 'declined_reason'] as const;

interface Answer {
  id: string;
  assignment: string | null;
  declined_reason: string | null;
}

const answersOf = (database: Knex, ids: readonly string[]): Promise<Answer[]> =>
  database(ACTIVITIES)
    .where(among(database, 'id', ids))
    .orderBy('id')
    .select('id', ...ANSWER);

/** Asks work that was answered of the next owner, and notes what the former one had said. */
export async function askNextOwner(database: Knex, to: string, ids: readonly string[]): Promise<{ entries: Entry[]; again: string[] }> {
  const before = (await answersOf(database, ids)).filter(({ assignment }) => assignment !== null);
  if (!before.length) return { entries: [], again: [] };
  const again = await askAgain(database, to, (rows) => rows.where(among(database, 'id', ids)));
  const after = new Map((await answersOf(database, again)).map((one) => [one.id, one]));
  const entries = before
    .filter(({ id }) => after.has(id))
    .flatMap((one) =>
      ANSWER.filter((field) => one[field] !== after.get(one.id)![field]).map((field) => ({
        ...{ rule: null, collection: ACTIVITIES, item: one.id, field, state: 'done' as const },
        ...{ before: one[field], after: after.get(one.id)![field] },
      })),
    );
  return { entries, again };
}

/**
 * Gives work back with the answer that it had; where the successor has answered since, that is kept and told, and the former
 * owner is asked anew. @returns what has to be counted anew.
 */
export async function giveAnswersBack(
  database: Knex,
  handover: string,
  to: string,
  ids: readonly string[],
): Promise<{ again: string[]; kept: number }> {
  const noted: JournalRow[] = await database(JOURNAL)
    .where({ handover, collection: ACTIVITIES, state: 'done' })
    .whereIn('field', [...ANSWER])
    .andWhere(among(database, 'item', ids))
    .orderBy('id');
  const now = new Map((await answersOf(database, ids)).map((one) => [one.id, one]));
  const byItem = Map.groupBy(noted, ({ item }) => item);
  const back = new Set<string>();
  const kept: string[] = [];
  for (const [item, fields] of byItem) {
    const isAsLeft = fields.every(({ field, after }) => now.get(item)?.[field as 'assignment'] === after);
    if (!isAsLeft) {
      kept.push(...fields.map(({ id }) => id));
      continue;
    }
    back.add(item);
    const values = Object.fromEntries(fields.map(({ field, before }) => [field, before]));
    await updateLogged(database, ACTIVITIES, (rows) => rows.where({ id: item }), values);
    await setStates(
      database,
      fields.map(({ id }) => id),
      'undone',
    );
  }
  await setStates(database, kept, 'kept');
  const others = ids.filter((id) => !back.has(id) && (now.get(id)?.assignment ?? null) !== null);
  if (!others.length) return { again: [...back], kept: kept.length };
  const asked = await askAgain(database, to, (rows) => rows.where(among(database, 'id', others)));
  return { again: [...asked, ...back], kept: kept.length };
}

export { openAgain };
