import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { steppingBack } from '../../platform/api/step-back.ts';
import { belongsTo, loadPerson } from '../../segments/index.ts';
import { changeHandover } from './finish.ts';
import type { HandoverPorts } from './ports.ts';
import { HANDOVERS, placesOf, type HandoverRow } from './record.ts';
import { handoverRefusal } from './refuse.ts';
import { decideUndo, UNDER_WAY, UNDO_DAYS } from './rules/undo-window.ts';

/**
 * Begins to take a hand-over back; asked again for one that is taken back it changes nothing (N5).
 *
 * @returns whether there is something to do.
 */
export async function beginUndo(ports: HandoverPorts, actor: Actor, id: string): Promise<boolean> {
  return steppingBack(ports.context.database, async (database) => {
    const { from } = await database(HANDOVERS).where({ id }).first('from');
    await database('directus_users').where({ id: from }).forNoKeyUpdate().first('id');
    const handover: HandoverRow = await database(HANDOVERS).where({ id }).forNoKeyUpdate().first();
    const until = handover.undo_until === null ? null : new Date(handover.undo_until);
    const decided = decideUndo(handover.state, until, ports.clock.now());
    if (decided === 'not_done' || decided === 'undo_over') throw handoverRefusal(decided, actor.language, { days: UNDO_DAYS });
    if (decided === 'again') return handover.state === 'undoing';
    const person = await loadPerson(database, from);
    // Of several segments each row is judged where it stands.
    const places = [person?.homeSegment, ...(person?.managedSegments ?? []), GROUP_SEGMENT_ID];
    const isBack = (place: string | null) => place === null || belongsTo({ ...person!, active: true }, place);
    const stillWorks = person?.role && places.includes(handover.segment) && placesOf(handover).some(isBack);
    if (!stillWorks) throw handoverRefusal('from_elsewhere', actor.language);
    const other = await database(HANDOVERS)
      .where({ from })
      .whereNot({ id })
      .whereIn('state', [...UNDER_WAY])
      .first('id');
    if (other) throw handoverRefusal('running', actor.language);
    await changeHandover(database, id, { state: 'undoing', undone_by: actor.user });
    return true;
  });
}
