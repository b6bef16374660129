import { toLegalName } from '../../kernel/text/legal-name.ts';
import { toPlain } from '../../kernel/text/plain.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Place } from '../../segments/index.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { ReadLookup } from '../rules/read-row.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { inChunks, rowsOfKind } from './scope.ts';

/** What cells that name customers mean, and where these stand. */
export interface NamedCustomers {
  find(lookup: ReadLookup): { ids: string[] } | { fault: RowFault };
  places: ReadonlyMap<string, Place & { id: string }>;
}

const toCode = (text: string): string => toPlain(text).toUpperCase();
const CODE = /^[0-9A-Z]{18}$/u;
const LONGEST = 64;

/** Finds the customers that cells name, by their name or credit code, among those that the importer can see. */
export async function findCustomers(database: Knex, place: ImportPlace, lookups: readonly ReadLookup[]): Promise<NamedCustomers> {
  const texts = lookups.filter(({ target }) => target.role === 'customer').map(({ text }) => text);
  const names = [...new Set(texts.map(toLegalName))];
  const codes = [...new Set(texts.map(toCode).filter((code) => CODE.test(code)))];
  const byKey = new Map<string, string[]>();
  const places = new Map<string, Place & { id: string }>();
  const note = (key: string, id: string): void => {
    const known = byKey.get(key);
    if (known) known.push(id);
    else byKey.set(key, [id]);
  };
  const noteAll = async (field: 'name' | 'uscc', values: string[]): Promise<void> => {
    const rows = await inChunks<string, Place & { id: string; key: string }>(values, (part) =>
      rowsOfKind(database, 'customers', place).whereIn(field, part).select('id', 'segment', 'owner', `${field} as key`),
    );
    for (const { id, key, segment, owner } of rows) {
      note(`${field} ${key}`, id);
      places.set(id, { id, segment, owner });
    }
  };
  await noteAll('name', names);
  await noteAll('uscc', codes);

  const find: NamedCustomers['find'] = ({ column, target, text }) => {
    const ids = byKey.get(`uscc ${toCode(text)}`) ?? byKey.get(`name ${toLegalName(text)}`) ?? [];
    if (ids.length === 1) return { ids };
    const reason = ids.length ? 'ambiguous_customer' : 'unknown_customer';
    return { fault: { column, target: target.key, reason, values: { value: text.slice(0, LONGEST) } } };
  };
  return { find, places };
}
