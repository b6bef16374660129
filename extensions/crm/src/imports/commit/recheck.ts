import type { Row } from '../../platform/api/host.ts';
import { blindIndexes } from '../../privacy/index.ts';
import { mayReach, type Place } from '../../segments/index.ts';
import { importedLines } from '../check/find-imported.ts';
import type { Match } from '../rules/judge-row.ts';
import { ROOT } from '../rules/row-key.ts';
import { contradictsContact } from '../rules/same-contact.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { rowsById } from './columns.ts';
import { CHOSEN, WRITTEN, type OpenLine, type Work } from './import-record.ts';

/** What became of a line since it was judged: somebody else entered or imported the same row meanwhile (F32). */
export type Late = { verdict: 'known'; item: string } | { verdict: 'suspect' } | { verdict: 'error'; line: number };

/**
 * Looks once more for what the dry run looked for, inside the transaction that writes: of two imports of one file at once the
 * second finds the rows of the first. What this import has written itself does not count, so that it ends the same however
 * often it was interrupted.
 */
export async function recheck(work: Work, lines: readonly OpenLine[]): Promise<Map<string, Late>> {
  const late = new Map<string, Late>();
  await refuseTwice(work, lines, late);
  const open = lines.filter(({ staged }) => staged.matched_by !== CHOSEN);
  const fresh = open.filter(({ staged }) => staged.verdict === 'new');
  if (fresh.length) await findImported(work, fresh, late);
  const keysOf = KEYS_OF[work.record.kind];
  if (!keysOf) return late;
  // A line of another contact goes where the line of its company goes.
  const leading = open.filter(({ staged }) => staged.company_line === null);
  if (!leading.length) return late;
  for (const { staged, matches, uscc } of await writtenHere(work, await keysOf(work, leading))) {
    // A name alone against another credit code was a suspicion already when the dry run judged it.
    const same = matches.filter(({ by, uscc: stored }) => by !== 'name' || !(stored && uscc && stored !== uscc));
    // Where another row has the key of an update by now, nobody could say which of the two is meant.
    const isLate =
      staged.verdict === 'update' ? same.some(({ id, by }) => by === staged.matched_by && id !== staged.item) : same.length > 0;
    if (isLate && !late.has(staged.id)) late.set(staged.id, { verdict: 'suspect' });
  }
  return late;
}

/**
 * Whether the row that a line updates bears the key by which it was found, at this moment: somebody may have renamed it, or
 * given the contact another number, since the dry run.
 */
export function bearsItsKey({ ring, record }: Work, { staged, content }: OpenLine, stored: Row | null): boolean {
  const { matched_by: key } = staged;
  if (!stored || !key || key === CHOSEN) return true;
  const said: Row = content.values[ROOT[record.kind]] ?? {};
  if (typeof said[key] === 'string' && said[key] !== stored[key]) return false;
  if (record.kind !== 'contacts') return true;
  const customer = customerOf({ content });
  return stored['customer'] === customer && !contradictsContact(said, stored, (mask, value) => blindIndexes(ring, mask, value));
}

const customerOf = ({ content }: Pick<OpenLine, 'content'>): string | undefined =>
  content.lookups.find(({ target }) => target === 'customer')?.ids[0];

/** Two lines never change one row: nobody could say which of them was meant, nor take one of them back. */
async function refuseTwice({ database, record }: Work, lines: readonly OpenLine[], late: Map<string, Late>): Promise<void> {
  const updates = lines.filter(({ staged }) => staged.verdict === 'update' && staged.item && staged.company_line === null);
  if (!updates.length) return;
  const done: { item: string; line: number }[] = await database(IMPORT_ROWS)
    .where({ import: record.id, state: 'done' })
    .whereNull('company_line')
    .whereIn('verdict', [...WRITTEN])
    .whereIn(
      'item',
      updates.map(({ staged }) => staged.item!),
    )
    .select('item', 'line');
  const first = new Map(done.map(({ item, line }) => [item, line]));
  for (const { staged } of updates) {
    const earlier = first.get(staged.item!);
    if (earlier !== undefined) late.set(staged.id, { verdict: 'error', line: earlier });
    else first.set(staged.item!, staged.line);
  }
}

/** The same row of a file, brought by another import that ran at the same time; one that the importer cannot see is imported anew (ORG-2). */
async function findImported({ database, record, actor }: Work, lines: readonly OpenLine[], late: Map<string, Late>): Promise<void> {
  const keys = lines.flatMap(({ staged }) => (staged.row_key ? [staged.row_key] : []));
  const rows = (await importedLines(database, keys)).filter((row) => row.import !== record.id);
  if (!rows.length) return;
  const standing = await rowsById(
    database,
    rows[0]!.collection,
    rows.map(({ item }) => item),
  );
  const seen = rows.filter(({ item }) => {
    const row = standing.get(item);
    return row && row['status'] !== 'merged' && mayReach(actor, row as unknown as Place);
  });
  const known = new Map(seen.map(({ row_key, item }) => [row_key, item]));
  for (const { staged } of lines) {
    const item = staged.row_key ? known.get(staged.row_key) : undefined;
    if (item) late.set(staged.id, { verdict: 'known', item });
  }
}

interface Keyed extends OpenLine {
  uscc: string | null;
  matches: Match[];
}

type Known = Place & { id: string; name: string; uscc: string | null };

async function customersOf({ database, record, actor }: Work, lines: readonly OpenLine[]): Promise<Keyed[]> {
  const valuesOf = ({ content }: OpenLine): Row => content.values['crm_customers'] ?? {};
  const all = (field: string) => lines.map((line) => valuesOf(line)[field]).filter((text) => typeof text === 'string');
  const rows: Known[] = await database('crm_customers')
    .where({ segment: record.segment })
    .whereNot({ status: 'merged' })
    .andWhere((same) => void same.whereIn('name', all('name')).orWhereIn('uscc', all('uscc')))
    .select('id', 'name', 'uscc', 'segment', 'owner');
  const found = rows.filter((row) => mayReach(actor, row));
  return lines.map((line) => {
    const { name, uscc } = valuesOf(line);
    const matches = found.flatMap((row): Match[] => [
      ...(uscc && row.uscc === uscc ? [{ id: row.id, by: 'uscc' as const, name: row.name, uscc: row.uscc }] : []),
      ...(row.name === name ? [{ id: row.id, by: 'name' as const, name: row.name, uscc: row.uscc }] : []),
    ]);
    return { ...line, uscc: (uscc as string | undefined) ?? null, matches };
  });
}

async function ordersOf({ database, record, actor }: Work, lines: readonly OpenLine[]): Promise<Keyed[]> {
  const numberOf = ({ content }: OpenLine) => content.values['crm_orders']?.['number'] as string | undefined;
  const found: (Place & { id: string; number: string })[] = await database('crm_orders')
    .where({ segment: record.segment })
    .whereIn(
      'number',
      lines.flatMap((line) => numberOf(line) ?? []),
    )
    .select('id', 'number', 'segment', 'owner');
  const reached = found.filter((row) => mayReach(actor, row));
  return lines.map((line) => ({
    ...line,
    uscc: null,
    matches: reached.flatMap(({ id, number }): Match[] => (number === numberOf(line) ? [{ id, by: 'number', name: number }] : [])),
  }));
}

async function contactsOf({ database, record, actor }: Work, lines: readonly OpenLine[]): Promise<Keyed[]> {
  const nameOf = ({ content }: OpenLine): unknown => content.values['crm_contacts']?.['name'];
  const found: (Place & { id: string; name: string; customer: string })[] = await database('crm_contacts')
    .where({ segment: record.segment })
    .whereNot({ status: 'archived' })
    .whereIn('customer', [...new Set(lines.flatMap((line) => customerOf(line) ?? []))])
    .select('id', 'name', 'customer', 'segment', 'owner');
  const reached = Map.groupBy(
    found.filter((row) => mayReach(actor, row)),
    ({ customer, name }) => `${customer} ${name}`,
  );
  return lines.map((line) => {
    const same = reached.get(`${customerOf(line)} ${String(nameOf(line))}`) ?? [];
    return { ...line, uscc: null, matches: same.map(({ id, name }): Match => ({ id, by: 'name', name })) };
  });
}

const KEYS_OF: Partial<Record<ImportKind, (work: Work, lines: readonly OpenLine[]) => Promise<Keyed[]>>> = {
  customers: customersOf,
  contacts: contactsOf,
  orders: ordersOf,
};

/** Without what this import has written itself. */
async function writtenHere({ database, record }: Work, keyed: readonly Keyed[]): Promise<Keyed[]> {
  const ids = keyed.flatMap(({ matches }) => matches.map(({ id }) => id));
  if (!ids.length) return [];
  const own = new Set<string>(await database(IMPORT_ROWS).where({ import: record.id }).whereIn('item', ids).pluck('item'));
  return keyed.map((line) => ({ ...line, matches: line.matches.filter(({ id }) => !own.has(id)) }));
}
