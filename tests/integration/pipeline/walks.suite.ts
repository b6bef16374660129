import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Board } from './board.ts';

const OPEN = ['initial_contact', 'needs_analysis', 'proposal', 'negotiation'];
const KEYS = [...OPEN, 'won', 'lost'];
const PATHS = ['form', 'keys', 'batch', 'nested', 'graphql', 'route'] as const;

interface Try {
  path: (typeof PATHS)[number];
  to: string;
  fields: string[];
  /** What the same write takes away; what it writes comes first. */
  emptied: string[];
  reason: boolean;
}

/** The rule again, as slow and plain as it can be told: where it stands, what it has, what a try makes of it. */
interface Model {
  at: string;
  /** Where it stood when it was lost. */
  lostFrom: string;
  has: Set<string>;
  entries: string[];
}

const ASKS: Record<string, string[]> = { needs_analysis: ['needs', 'amount'], proposal: ['expected_close_on'], lost: ['lost_reason'] };

/** What is asked for where it stands, and on the way there. */
const keptAt = (at: string, lostFrom: string): string[] => {
  const passed = OPEN.slice(0, OPEN.indexOf(at === 'lost' ? lostFrom : at) + 1);
  return [...passed, ...(at === 'lost' ? [at] : [])].flatMap((key) => ASKS[key] ?? []);
};

function attempt(model: Model, one: Try): Model {
  const gone = one.emptied.filter((field) => !one.fields.includes(field));
  const has = new Set([...model.has, ...one.fields].filter((field) => !gone.includes(field)));
  const to = one.to === model.at ? { ...model, has } : moved(model, one, has);
  const isKept = keptAt(to.at, to.lostFrom).every((field) => !model.has.has(field) || has.has(field));
  return isKept ? to : model;
}

function moved(model: Model, { to, reason }: Try, had: Set<string>): Model {
  const [from, target] = [OPEN.indexOf(model.at), OPEN.indexOf(to)];
  const complete = (ASKS[to] ?? []).every((field) => had.has(field));
  // The next loss has a reason of its own.
  const has = new Set([...had].filter((field) => from >= 0 || field !== 'lost_reason'));
  const went = (): Model => ({ at: to, lostFrom: from < 0 ? model.lostFrom : model.at, has, entries: [...model.entries, to] });
  if (from < 0) return target >= 0 && target <= OPEN.indexOf(model.lostFrom) && reason && complete ? went() : model;
  if (to === 'lost') return complete ? went() : model;
  // Nothing is ever signed in these walks.
  if (to === 'won') return model;
  if (target === from + 1) return complete ? went() : model;
  return target < from && reason ? went() : model;
}

const VALUES: Record<string, unknown> = { needs: '要', amount: 5, expected_close_on: '2099-02-01', lost_reason: '价' };

/** SAL-2, SAL-3: whatever is tried, by whatever path, the stage and the history are those of the model. */
export function walks(board: () => Board, runs: number): void {
  describe('random walks', () => {
    const rep = () => board().stage.world.as.repA1;
    const send = async (id: string, { path, to, fields, emptied, reason }: Try): Promise<void> => {
      const more = Object.fromEntries([...emptied.map((field) => [field, null]), ...fields.map((field) => [field, VALUES[field]])]);
      const row = { stage: board().ids[to], ...more, ...(reason ? { stage_reason: '因' } : {}) };
      const items = '/items/crm_opportunities';
      if (path === 'form') await rep().request('PATCH', `${items}/${id}`, row);
      else if (path === 'keys') await rep().request('PATCH', items, { keys: [id], data: row });
      else if (path === 'batch') await rep().request('PATCH', items, [{ id, ...row }]);
      else if (path === 'route') await board().move(id, { stage: to, fields: more, ...(reason ? { reason: '因' } : {}) });
      else if (path === 'nested')
        await board().stage.patch('crm_customers', board().customer, {
          opportunities: { create: [], update: [{ id, ...row }], delete: [] },
        });
      else
        await rep().graphql(
          'mutation ($id: ID!, $row: update_crm_opportunities_input!) { update_crm_opportunities_item(id: $id, data: $row) { id } }',
          { id, row },
        );
    };
    const tries = fc.array(
      fc.record({
        path: fc.constantFrom(...PATHS),
        to: fc.constantFrom(...KEYS),
        fields: fc.subarray(Object.keys(VALUES)),
        emptied: fc.oneof({ weight: 2, arbitrary: fc.constant<string[]>([]) }, { weight: 1, arbitrary: fc.subarray(Object.keys(VALUES)) }),
        reason: fc.boolean(),
      }),
      { minLength: 4, maxLength: 10 },
    );

    test('SAL-2, SAL-3, F36: one entry for each move and none for what was refused, by every path', async () => {
      await fc.assert(
        fc.asyncProperty(tries, async (walk) => {
          const id = await board().start();
          let model: Model = { at: 'initial_contact', lostFrom: 'initial_contact', has: new Set(), entries: ['initial_contact'] };
          for (const one of walk) {
            await send(id, one);
            model = attempt(model, one);
            const row = await board().read(id);
            expect(row['stage'], JSON.stringify(one)).toBe(board().ids[model.at]);
            expect([row['stage_reason'], row['closed_on'] === null]).toEqual([null, OPEN.includes(model.at)]);
            expect(Object.keys(VALUES).filter((field) => row[field] !== null)).toEqual(
              Object.keys(VALUES).filter((field) => model.has.has(field)),
            );
          }
          const history = await board().history(id);
          expect(history.map(({ to_stage }) => to_stage)).toEqual(model.entries.map((key) => board().ids[key]));
          expect(history.slice(1).map(({ from_stage }) => from_stage)).toEqual(history.slice(0, -1).map(({ to_stage }) => to_stage));
          expect(history.every(({ lasted_seconds }, index) => (index === 0) === (lasted_seconds === null))).toBe(true);
        }),
        { numRuns: runs, seed: 20261123 },
      );
    });
  });
}
