import type { Planted } from './hosts.ts';

/** Columns that both ways write in the same form: what is sealed, counted or stamped is ours alone. */
const COLUMNS = ['name', 'industry', 'needs', 'grade', 'address', 'segment', 'owner'].map((name) => `customer.${name}`);
const OF_CONTACT = { person: 'contact.name', position: 'contact.position', place: 'contact.segment', whose: 'contact.owner' };

/**
 * The host's import decodes its file piece by piece: a sign that lies over the end of one becomes two of these. Once seen, in
 * one row of 2,300; such rows are not compared.
 */
export const DAMAGED = '\uFFFD';

/**
 * The fast way leaves the rows that the slow one leaves (budgets.md): the customers of the bare host stand in ours too, each
 * with its contact.
 */
export async function requireSameRows({ host: ours }: Planted, { host: bare }: Planted, rows: number): Promise<void> {
  const read = (host: Planted['host']) =>
    host
      .database('crm_customers as customer')
      .join('crm_contacts as contact', 'contact.customer', 'customer.id')
      .select(...COLUMNS, OF_CONTACT)
      .orderBy(['customer.name', 'contact.name']);
  const stored = new Map((await read(ours)).map((row) => [row.name, JSON.stringify(row)]));
  const slow = await read(bare);
  const different = slow.filter((row) => stored.get(row.name) !== JSON.stringify(row) && !JSON.stringify(row).includes(DAMAGED));
  if (slow.length < rows || different.length)
    throw new Error(`${different.length} of ${slow.length} rows differ: ${JSON.stringify(different[0])} ${stored.get(different[0]?.name)}`);
}
