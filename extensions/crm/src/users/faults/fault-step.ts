import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Row } from '../../platform/api/host.ts';
import { Refusal, SAID } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import { FAULTS, tellOfFault, tellOfSolution, type FaultRow } from './fault-row.ts';
import { FAULT_REFUSALS } from './locale/texts.ts';
import { decideFault, type FaultReason, type FaultState } from './rules/fault-course.ts';

const notes = writeNotes<Row & { state: FaultState }>();

function refusalFor(reason: FaultReason, actor: Actor | null): Refusal {
  const { field, text } = FAULT_REFUSALS[reason];
  const message = say(text, actor?.language);
  const extensions = { collection: FAULTS, field, type: SAID, reason, validation_message: message };
  return new Refusal({ code: 'FAILED_VALIDATION', status: 400, message, extensions });
}

async function afterChange(clock: Clock, { database, item, actor }: AfterWrite): Promise<void> {
  const row: FaultRow | undefined = await database(FAULTS).where({ id: item }).first();
  const before = notes.of(FAULTS, item)?.state;
  if (!row || !before) return;
  const decision = decideFault({ from: before, to: row.state, answer: row.answer });
  if (!decision.accepted) throw refusalFor(decision.reason, actor);
  if (decision.value === 'none') return;
  const isSolved = decision.value === 'solved';
  const end = isSolved ? { solved_at: clock.now(), solved_by: actor?.user ?? null } : { solved_at: null, solved_by: null };
  await database(FAULTS).where({ id: item }).update(end);
  if (isSolved) await tellOfSolution(database, row);
}

/** The course of a fault (OPS-1): reported as new by whoever has it, then step by step; the server says when it was solved and by whom. */
export const faultStep = (clock: Clock): WriteStep => ({
  name: 'users/faults: the course of a fault',
  collections: [FAULTS],
  beforeCreate: (payload, { actor }) => (actor && 'state' in payload ? { ...payload, state: 'new_fault' } : payload),
  async beforeUpdate(_payload, keys, { database }) {
    const rows: FaultRow[] = await database(FAULTS)
      .whereIn('id', [...keys])
      .select('id', 'state');
    for (const { id, state } of rows) notes.note(FAULTS, id, { state: state });
  },
  async afterWrite(change) {
    const { action, database, item } = change;
    if (action === 'update') await afterChange(clock, change);
    if (action !== 'create') return;
    const row: FaultRow | undefined = await database(FAULTS).where({ id: item }).first();
    if (row) await tellOfFault(database, row);
  },
});
