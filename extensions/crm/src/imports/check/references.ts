import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { roleOf } from '../../kernel/roles.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { belongsTo } from '../../segments/index.ts';
import type { ImportPlace } from '../rules/importer.ts';
import { lookupOf, splitTags, type Lookup, type Named } from '../rules/lookup.ts';
import type { ReadLookup } from '../rules/read-row.ts';
import type { RowFault } from '../rules/row-fault.ts';
import type { Target } from '../rules/targets.ts';

/** What a cell means that names a person, an industry, a region or tags: their keys, or why it names none. */
export type Resolve = (lookup: ReadLookup) => { ids: string[] } | { fault: RowFault };

/**
 * Loads whatever the columns of a table may name, once for the whole file: people of the segment, reference data in force
 * today, tags that are switched on (IMP-1, CUS-6).
 */
export async function loadReferences(
  database: Knex,
  targets: readonly Target[],
  { place, now, timeZone }: { place: ImportPlace; now: Date; timeZone: string },
): Promise<Resolve> {
  const has = (role: Target['role'], field?: string) =>
    targets.some((target) => target.role === role && (!field || target.field === field));
  const today = toBusinessDate(now, timeZone);
  const lists = {
    owner: has('owner') ? lookupOf(await people(database, place)) : null,
    industry: has('reference', 'industry') ? lookupOf(await inForce(database, 'crm_industries', today, namesOfIndustry)) : null,
    region: has('reference', 'region') ? lookupOf(await inForce(database, 'crm_regions', today, namesOfRegion)) : null,
    tags: has('tags') ? lookupOf((await database('crm_tags').where({ active: true }).select('id', 'name')).map(named)) : null,
  };

  return ({ column, target, text }) => {
    const list = lists[target.role === 'reference' ? (target.field as 'industry' | 'region') : (target.role as 'owner' | 'tags')];
    const ids: string[] = [];
    for (const name of target.role === 'tags' ? splitTags(text, (name) => list?.find(name).state === 'found') : [text]) {
      const found = (list as Lookup).find(name);
      if (found.state === 'found') ids.push(found.id);
      else
        return { fault: { column, target: target.key, reason: reasonOf(target, found.state), values: { value: name.slice(0, LONGEST) } } };
    }
    return { ids };
  };
}

const LONGEST = 64;

const reasonOf = ({ role }: Target, state: 'unknown' | 'ambiguous'): RowFault['reason'] =>
  state === 'ambiguous' ? 'ambiguous_reference' : role === 'owner' ? 'owner_elsewhere' : 'unknown_reference';

const named = ({ id, name }: Row): Named => ({ id: String(id), names: [String(name)] });

/** Who may own rows of the segment; for a rep that is the rep alone. Group staff work in none (Q21). */
async function people(database: Knex, { segment, ownOnly }: ImportPlace): Promise<Named[]> {
  const query = database('directus_users').where({ status: 'active' });
  const users: Row[] = await (ownOnly ? query.where({ id: ownOnly }) : query).select(
    ...['id', 'role', 'email', 'first_name', 'last_name', 'crm_segment', 'crm_employee_no'],
  );
  const managing: string[] = await database('crm_user_segments').where({ crm_segment: segment }).pluck('crm_user');
  const managers = new Set(managing);
  return users
    .filter((user) =>
      belongsTo(
        {
          user: String(user['id']),
          role: roleOf(user['role'] as string | null),
          admin: false,
          active: true,
          homeSegment: (user['crm_segment'] as string | null) ?? null,
          managedSegments: managers.has(String(user['id'])) ? [segment] : [],
        },
        segment,
      ),
    )
    .map((user) => ({ id: String(user['id']), names: namesOfPerson(user) }));
}

function namesOfPerson({ email, first_name, last_name, crm_employee_no }: Row): string[] {
  const [first, last] = [first_name, last_name].map((name) => (typeof name === 'string' ? name : ''));
  return [`${last}${first}`, `${first}${last}`, ...[email, crm_employee_no].map((name) => (typeof name === 'string' ? name : ''))];
}

async function inForce(
  database: Knex,
  table: string,
  today: string,
  namesOf: (row: Row, above: Row | undefined) => string[],
): Promise<Named[]> {
  const rows: Row[] = await database(table).select('*');
  const byId = new Map(rows.map((row) => [row['id'], row]));
  return rows
    .filter(({ valid_from, valid_to }) => {
      const [from, to] = [fromStoredDay(valid_from), fromStoredDay(valid_to)];
      return (from === null || from <= today) && (to === null || to > today);
    })
    .map((row) => ({ id: String(row['id']), names: namesOf(row, byId.get(row['parent'])) }));
}

const texts = (row: Row, ...fields: string[]): string[] =>
  fields.map((field) => row[field]).filter((value): value is string => typeof value === 'string' && value !== '');

/** A division is also called by the letter of its section and by its code before its name: `C26`, `26化学…`. */
const namesOfIndustry = (row: Row, above: Row | undefined): string[] => {
  const [code = ''] = texts(row, 'code');
  const full = `${typeof above?.['code'] === 'string' ? above['code'] : ''}${code}`;
  return [
    ...texts(row, 'code', 'name', 'name_en'),
    full,
    ...texts(row, 'name', 'name_en').flatMap((name) => [`${code}${name}`, `${full}${name}`]),
  ];
};

/** `浙江省 杭州市` is also known as `浙江杭州` and `杭州`; a short name that two regions share finds neither. */
const namesOfRegion = (row: Row): string[] => {
  const names = texts(row, 'code', 'name', 'full_name');
  return [...names, ...texts(row, 'name', 'full_name').map((name) => name.split(' ').map(shortRegion).join(''))];
};

const shortRegion = (name: string): string =>
  name.replace(/(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|盟|省|市)$/u, '');
