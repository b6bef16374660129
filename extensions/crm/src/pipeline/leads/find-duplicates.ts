import { toLegalName } from '../../kernel/text/legal-name.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { blindIndexes, indexColumn, sealedFieldsOf } from '../../privacy/index.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import type { Found, MatchedBy } from './contract.ts';
import type { Means } from './rules/plan-conversion.ts';

const MOST = 50;

interface Match extends Place {
  id: string;
  name: string;
  by: MatchedBy[];
}

/**
 * The customers of a segment that have a key in common with a lead (DQ-5): the name in its stored form, a number or an address by
 * its keyed index. Whoever may not read one is told only that there is one.
 */
export async function findDuplicates(
  database: Knex,
  ring: Keyring,
  actor: Actor,
  { segment, name, means }: { segment: string; name: string; means: Means },
): Promise<Found> {
  const matches = new Map<string, Match>();
  const note = (by: MatchedBy, rows: readonly (Place & { id: string; name: string })[]): void => {
    for (const { id, name: called, segment: at, owner } of rows) {
      const match = matches.get(id) ?? { id, name: called, segment: at, owner, by: [] };
      if (!match.by.includes(by)) match.by.push(by);
      matches.set(id, match);
    }
  };
  const customers = () =>
    database('crm_customers')
      .where({ segment })
      .whereNot({ status: 'merged' })
      .orderBy('id')
      .limit(MOST)
      .select('id', 'name', 'segment', 'owner');

  note('name', await customers().where({ name: toLegalName(name) }));
  for (const { field, mask } of sealedFieldsOf('crm_contacts')) {
    const value = means[field as keyof Means];
    if (!value || (field !== 'phone' && field !== 'email')) continue;
    const indexes = blindIndexes(ring, mask, value);
    const bearers = database('crm_contacts').where({ segment }).whereIn(indexColumn(field), indexes).select('customer');
    note(field, await customers().whereIn('id', bearers));
    if (field === 'phone')
      note('phone', await customers().where((own) => void own.whereIn('phone_index', indexes).orWhere({ phone: value })));
  }
  const all = [...matches.values()];
  const readable = all.filter((match) => mayReach(actor, match));
  return { duplicates: readable.map(({ id, name: called, by }) => ({ id, name: called, by })), elsewhere: readable.length < all.length };
}
