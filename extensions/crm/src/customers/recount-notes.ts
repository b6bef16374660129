import { COLLECTIONS } from '../kernel/collections.ts';
import { isFullLegalName, type CustomerKind } from '../kernel/text/legal-name.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { decideStatus, requirementFor, toMissingWords, type RequiredSet } from './rules/required-set.ts';

type CustomerRow = Row & { id: string; name: string; kind: CustomerKind; class: string; segment: string; status: string };

interface Notes {
  /** The name may not be the full legal one (CUS-6, Q20); never more than a hint. */
  name_hint: string | null;
  /** What a draft still lacks to be active (Q19); empty for all others. */
  missing: string[];
}

const CHUNK = 1000;

/** JSON columns come as text from SQLite. */
export const toList = (value: unknown): string[] =>
  typeof value === 'string' ? (JSON.parse(value) as string[]) : ((value as string[] | null) ?? []);

const CONTACT_SWITCHES = Object.entries(COLLECTIONS['crm_contacts']!.fields).flatMap(([name, { type }]) =>
  type === 'boolean' ? [name] : [],
);

/** Switches come as 0 and 1 from SQLite, and a 0 would count as filled in. */
const withSwitches = (contact: Row): Row => ({
  ...contact,
  ...Object.fromEntries(CONTACT_SWITCHES.map((name) => [name, Boolean(contact[name])])),
});

/**
 * What the form tells about a customer in words: `name_hint` and `missing`. Their rules have no SQL form, so customers
 * are read in chunks and only those that differ are written, equal ones together.
 *
 * @returns how many customers changed.
 */
export async function recountNotes(
  database: Knex,
  inScope: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  sets: readonly RequiredSet[],
): Promise<number> {
  let changed = 0;
  for (let last = ''; ;) {
    const query = inScope(database('crm_customers').select('crm_customers.*')).orderBy('crm_customers.id').limit(CHUNK);
    const rows: CustomerRow[] = await (last ? query.where('crm_customers.id', '>', last) : query);
    changed += await writeNotes(database, rows, await takeNotes(database, rows, sets));
    if (rows.length < CHUNK) return changed;
    last = rows.at(-1)!.id;
  }
}

async function takeNotes(database: Knex, rows: readonly CustomerRow[], sets: readonly RequiredSet[]): Promise<Notes[]> {
  const drafts = rows.filter(({ status }) => status === 'draft').map(({ id }) => id);
  const contacts: Row[] = drafts.length ? await database('crm_contacts').whereIn('customer', drafts) : [];
  const tagged: string[] = drafts.length ? await database('crm_customers_tags').whereIn('customer', drafts).pluck('customer') : [];
  const contactsOf = Map.groupBy(contacts, ({ customer }) => customer);
  const hasTag = new Set(tagged);
  return rows.map((row) => ({
    name_hint: isFullLegalName(row.name, row.kind) ? null : 'not_legal_name',
    missing:
      row.status === 'draft'
        ? toMissingWords(
            decideStatus({
              customer: row,
              contacts: (contactsOf.get(row.id) ?? []).map(withSwitches),
              tags: hasTag.has(row.id) ? 1 : 0,
              requirement: requirementFor(sets, row),
            }).missing,
          )
        : [],
  }));
}

async function writeNotes(database: Knex, rows: readonly CustomerRow[], notes: readonly Notes[]): Promise<number> {
  const different = new Map<string, string[]>();
  for (const [index, row] of rows.entries()) {
    const stored = JSON.stringify([row['name_hint'] ?? null, toList(row['missing'])]);
    const right = JSON.stringify([notes[index]!.name_hint, notes[index]!.missing]);
    if (stored !== right) different.set(right, [...(different.get(right) ?? []), row.id]);
  }
  let changed = 0;
  for (const [right, ids] of different) {
    const [hint, missing] = JSON.parse(right) as [string | null, string[]];
    changed += await database('crm_customers')
      .whereIn('id', ids)
      .update({ name_hint: hint, missing: missing.length ? JSON.stringify(missing) : null });
  }
  return changed;
}
