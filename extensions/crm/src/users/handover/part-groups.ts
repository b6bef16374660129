import { among } from '../../platform/api/among.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { JOURNAL, type Entry, type HandoverRow } from './record.ts';

const CUSTOMERS = 'crm_customers';

interface Linked {
  id: string;
  parent: string;
  owner: string;
}

/** Whose a customer will be when all is done: what the journal still has in store for it, else whose it is. */
async function finallyOf(
  database: Knex,
  { id, state }: HandoverRow,
  customers: readonly { id: string; owner: string }[],
): Promise<Map<string, string>> {
  const isUndo = state === 'undoing';
  const planned: { item: string; before: string; after: string }[] = await database(JOURNAL)
    .where({ handover: id, collection: CUSTOMERS, field: 'owner', state: isUndo ? 'done' : 'planned' })
    .andWhere(
      among(
        database,
        'item',
        customers.map((one) => one.id),
      ),
    )
    .select('item', 'before', 'after');
  const owners = new Map(customers.map((one) => [one.id, one.owner]));
  for (const { item, before, after } of planned) {
    const [was, will] = isUndo ? [after, before] : [before, after];
    if (owners.get(item) === was) owners.set(item, will);
  }
  return owners;
}

/**
 * Organisations that end with another owner than their parent let go of it, as in every change of owner (design.md 2); those
 * that go along with it stay together, whichever comes first.
 *
 * @returns what was let go, for the undo.
 */
export async function partGroups(database: Knex, handover: HandoverRow, ids: readonly string[], to: string): Promise<Entry[]> {
  const linked: Linked[] = await database(CUSTOMERS)
    .whereNotNull('parent')
    .andWhere((some) => void some.where(among(database, 'id', ids)).orWhere(among(database, 'parent', ids)))
    .orderBy('id')
    .select('id', 'parent', 'owner');
  if (!linked.length) return [];
  const parents: { id: string; owner: string }[] = await database(CUSTOMERS)
    .where(
      among(
        database,
        'id',
        linked.map(({ parent }) => parent),
      ),
    )
    .select('id', 'owner');
  const mine = new Set(ids);
  const finals = await finallyOf(database, handover, [...linked, ...parents]);
  for (const id of mine) finals.set(id, to);
  const apart = linked.filter(({ id, parent }) => finals.get(id) !== finals.get(parent));
  await updateLogged(
    database,
    CUSTOMERS,
    (rows) =>
      rows.where(
        among(
          database,
          'id',
          apart.map(({ id }) => id),
        ),
      ),
    { parent: null },
  );
  return apart.map(({ id, parent }) => ({
    ...{ rule: null, collection: CUSTOMERS, item: id, field: 'parent', before: parent, after: null, state: 'done' as const },
  }));
}
