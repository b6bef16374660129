import type { Accountability, HostServices, Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { blindIndexes } from './blind-index.ts';
import { readableMatches, readableRows } from './readable.ts';
import { toMask } from './rules/mask.ts';
import { indexColumn, sealedFieldsOf, type SealedField } from './rules/sealed-fields.ts';

/** A host's list of ids in a filter stays short, and so does what one look-up tells. */
const MOST_FOUND = 100;
const PAGE = 1000;

/** Where the people of a customer stand: who looks for a customer by number means theirs too. */
const THROUGH = { crm_customers: { collection: 'crm_contacts', link: 'customer' } } as const;

/** Who looks, and in what. */
export interface Lookup {
  database: Knex;
  schema: SchemaOverview;
  accountability: Accountability;
  ring: Keyring;
  collection: string;
  term: { mask: 'phone' | 'email'; value: string };
}

type FindBearers = (lookup: Lookup) => Promise<string[]>;

/**
 * The rows among the caller's own that bear a number or address (Q7, F16). The host is asked, with the caller's rights, for
 * the rows that show the mask of what was typed; which of these bear it, their indexes say. So neither what is found nor how
 * long it takes depends on rows of others, however many bear the same. Only who reads a collection without a row rule is
 * served from the index at once: for them there are no others.
 *
 * @param readsAll whether the caller's role reads every row of a collection.
 */
export function bearersFinder(
  services: HostServices,
  readsAll: (accountability: Accountability, collection: string) => boolean,
): FindBearers {
  const read = readableRows(services);
  const find = readableMatches(services);

  return async (lookup) => {
    const found = await bearing(lookup, lookup.collection, 'id');
    if (lookup.collection in THROUGH) {
      const { collection: people, link } = THROUGH[lookup.collection as keyof typeof THROUGH];
      found.push(...(await bearing(lookup, people, link)));
    }
    const rows = await read(lookup, lookup.collection, [...new Set(found)], []);
    return rows.slice(0, MOST_FOUND).map((row) => String(row['id']));
  };

  /** What stands in `column` of the bearers in one collection. */
  async function bearing(lookup: Lookup, collection: string, column: string): Promise<string[]> {
    const all = readsAll(lookup.accountability, collection);
    const found: string[] = [];
    for (const declared of sealedFieldsOf(collection)) {
      if (declared.mask !== lookup.term.mask) continue;
      const place = { declared, column };
      found.push(...(all ? await fromIndex(lookup, place) : await amongReadable(lookup, place)));
    }
    return found;
  }

  async function amongReadable(lookup: Lookup, { declared, column }: Place): Promise<string[]> {
    const { mask, value } = lookup.term;
    const { collection, field, when } = declared;
    // Where every value is sealed none of them is asked for in clear: at `trace` the host logs what it asks for.
    const filter: Row = { [field]: { _in: [toMask(mask, value), ...(when ? [value] : [])] } };
    const found: string[] = [];
    for (let page = 1; found.length < MOST_FOUND; page += 1) {
      const rows = await find(lookup, collection, { filter, fields: ['id', column, field], limit: PAGE, page });
      const masked = rows.filter((row) => row[field] !== value).map((row) => String(row['id']));
      const bearers = new Set(await bearersOf(lookup, declared).whereIn('id', masked).pluck('id'));
      found.push(...rows.filter((row) => row[field] === value || bearers.has(row['id'])).map((row) => String(row[column])));
      if (rows.length < PAGE) break;
    }
    return found;
  }
}

async function fromIndex(lookup: Lookup, { declared, column }: Place): Promise<string[]> {
  const found: string[] = await bearersOf(lookup, declared).orderBy('id').limit(MOST_FOUND).pluck(column);
  if (!declared.when) return found;
  // A company's number stands readable, without an index (SEC-1).
  const readable = lookup.database(declared.collection).where({ [declared.field]: lookup.term.value });
  return [...found, ...(await readable.orderBy('id').limit(MOST_FOUND).pluck(column))];
}

const bearersOf = ({ database, ring, term }: Lookup, { collection, field }: SealedField): Knex.QueryBuilder =>
  database(collection).whereIn(indexColumn(field), blindIndexes(ring, term.mask, term.value));

interface Place {
  declared: SealedField;
  column: string;
}
