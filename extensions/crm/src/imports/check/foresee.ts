import type { Knex, Row } from '../../platform/api/host.ts';
import { rowsById } from '../commit/columns.ts';
import type { JudgedLine, Judging } from '../commit/import-record.ts';
import { dealsOf, type LookUps } from '../commit/look-ups.ts';
import { planContact } from '../commit/plan-contact.ts';
import { planLine } from '../commit/plan-line.ts';
import { contactsStanding } from '../commit/write-contacts.ts';
import type { Match, SealedKey, Verdict } from '../rules/judge-row.ts';
import type { ReadRow } from '../rules/read-row.ts';
import { ROOT } from '../rules/row-key.ts';
import type { ImportKind } from '../rules/targets.ts';

type Stored = Row & { id: string };

/** What of a line's verdict stays when the rules of the commit are asked. */
export type Foresee = (read: ReadRow, verdict: Verdict, crowded: readonly SealedKey[]) => Verdict;

/**
 * Asks of lines what the commit will ask: where their rows stand and whose they are, which fields the importer may send, what the
 * form refuses of days and deals (IMP-1). What would only come out while it is written is said before.
 *
 * @param matchesOf the stored rows that a line may be written over.
 */
export async function foreseer(
  {
    database,
    kind,
    judging,
    people,
    customers,
  }: { database: Knex; kind: ImportKind; judging: Judging } & Pick<LookUps, 'people' | 'customers'>,
  reads: readonly ReadRow[],
  matchesOf: (read: ReadRow) => readonly Match[],
): Promise<Foresee> {
  const ids = reads.flatMap((read) => matchesOf(read).map(({ id }) => id));
  const stored = await rowsById(database, ROOT[kind], ids);
  const contacts = await contactsStanding(database, kind === 'customers' ? [...stored.keys()] : [], { hold: false });
  const named = (key: string): ReadonlySet<string> =>
    new Set(reads.flatMap(({ lookups }) => lookups.flatMap((lookup) => (lookup.target.key === key ? (lookup.ids ?? []) : []))));
  const lookUps: LookUps = {
    people,
    customers,
    deals: await dealsOf(database, kind, [...customers.keys()]),
    industry: named('industry'),
    region: named('region'),
    tags: named('tags'),
  };

  return (read, verdict, crowded) => {
    if (verdict.verdict !== 'new' && verdict.verdict !== 'update') return verdict;
    const row = verdict.verdict === 'update' ? stored.get(verdict.id) : null;
    const standing = (row && contacts.get(row.id)) ?? [];
    // Another contact of a company is written to wherever its first line goes.
    const isJoining = verdict.company_line !== undefined;
    if (row === undefined && !isJoining) return verdict;
    const line = lineOf(read, verdict);
    const contact = kind === 'customers' ? read.values['crm_contacts'] : undefined;
    const outcome = isOpen(contact, standing, crowded)
      ? 'suspect'
      : isJoining
        ? planContact(judging, line, contact ?? {}, standing)
        : planLine(judging, line, lookUps, row ?? null, standing);
    if (Array.isArray(outcome)) return { verdict: 'error', faults: outcome };
    // Of another contact of a company the commit says so, and keeps what it follows.
    if (outcome !== 'suspect' || isJoining) return verdict;
    const { id, by, name } = verdict as Extract<Verdict, { verdict: 'update' }>;
    return { verdict: 'suspect', matches: [{ id, by, name }] };
  };
}

/** Of too many numbers that look alike nobody is told whether one is the stored contact's: a person decides (SEC-5). */
const isOpen = (contact: Row | undefined, standing: readonly Stored[], crowded: readonly SealedKey[]): boolean =>
  contact !== undefined &&
  crowded.some((key) => contact[key] && standing.some((row) => row['name'] === contact['name'] && row[`${key}_index`]));

const lineOf = ({ values, lookups, masked }: ReadRow, verdict: Extract<Verdict, { verdict: 'new' | 'update' }>): JudgedLine => ({
  staged: {
    verdict: verdict.verdict,
    matched_by: verdict.verdict === 'update' ? verdict.by : null,
    company_line: verdict.company_line ?? null,
  },
  content: { values, lookups: lookups.map(({ target, text, ids = [] }) => ({ target: target.key, text, ids })), masked },
});
