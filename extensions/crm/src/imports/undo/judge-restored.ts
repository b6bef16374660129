import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Row } from '../../platform/api/host.ts';
import { belongsTo, mayReach, type Place } from '../../segments/index.ts';
import { rowsById } from '../commit/columns.ts';
import type { Work } from '../commit/import-record.ts';
import { loadPeople } from '../commit/look-ups.ts';
import { MOVING } from '../commit/settle-moved.ts';
import type { Restored } from './write-back.ts';

/**
 * Which former states of rows can still be put back, by the rules of a form. A row below another one stands where that stands
 * now: its former place is none any more, and nowhere to go where the other was merged or has left the segment. Nobody who
 * has left is given a tree.
 */
export async function judgeRestored<One extends Restored>(
  work: Work,
  collection: string,
  restored: readonly One[],
): Promise<{ possible: One[]; refused: One[] }> {
  const links = parentsOf(collection);
  const moved = new Set(restored.filter(({ values }) => MOVING.some((field) => field in values)));
  const hangs = ({ stored, values }: One) => links.filter(({ field }) => ({ ...stored, ...values })[field]);
  const parents = new Map<string, Awaited<ReturnType<typeof rowsById>>>();
  for (const { to, field } of links) {
    const ids = [...moved].flatMap(({ stored, values }) => ({ ...stored, ...values })[field] ?? []).map(String);
    if (ids.length) parents.set(field, await rowsById(work.database, to, ids));
  }
  const given = [...moved].filter((one) => !hangs(one).length && one.values['owner']);
  const people = given.length ? await loadPeople(work.database, work.record.segment, { hold: true }) : new Map();

  const isHeld = (parent: Row | undefined): boolean =>
    parent !== undefined &&
    parent['status'] !== 'merged' &&
    parent['segment'] === work.record.segment &&
    mayReach(work.actor, parent as unknown as Place);
  const isPossible = (one: One): boolean => {
    const row = { ...one.stored, ...one.values };
    const above = hangs(one);
    if (above.length) return above.every(({ field }) => isHeld(parents.get(field)?.get(String(row[field]))));
    const person = people.get(String(row['owner']));
    return !one.values['owner'] || Boolean(person && belongsTo(person, String(row['segment'])));
  };
  const possible: One[] = [];
  const refused: One[] = [];
  for (const one of restored) {
    if (!moved.has(one)) possible.push(one);
    else if (!isPossible(one)) refused.push(one);
    else possible.push(hangs(one).length ? { ...one, values: withoutPlace(one.values) } : one);
  }
  return { possible, refused };
}

const withoutPlace = ({ segment: _segment, owner: _owner, ...values }: Row): Row => values;

/** The fields by which a row hangs below another one of a tree. */
const parentsOf = (collection: string): { field: string; to: string }[] =>
  (COLLECTIONS[collection]?.parents ?? []).map((field) => ({ field, to: COLLECTIONS[collection]!.fields[field]!.relation!.to }));
