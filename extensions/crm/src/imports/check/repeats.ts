import type { Knex } from '../../platform/api/host.ts';
import type { Subject } from '../../privacy/index.ts';
import type { Earlier, MatchKey, Verdict } from '../rules/judge-row.ts';
import type { ReadRow } from '../rules/read-row.ts';
import { matchKeys, ROOT } from '../rules/row-key.ts';
import { compareCompanies, companyTold, type CompanyTold } from '../rules/same-company.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS, openPart, type StagedContent } from '../staging.ts';
import { earlierLines } from './earlier-lines.ts';
import { inChunks } from './scope.ts';

/** A line that is judged, with the digest of everything that it says. */
export interface Said {
  read: ReadRow;
  content: string;
}

/** What stands twice in a file; lines are asked for and noted in their order. */
export interface Repeats {
  /** Looks up what the earlier lines say that a slice repeats. */
  prepare(slice: readonly Said[]): Promise<void>;
  /** What a line says beside the earlier line that it repeats; null where it is the first of its kind. */
  find(said: Said): Earlier | null;
  /** A line with an error leads nobody: the next one of its kind takes its place. */
  note(said: Said, earlier: Earlier | null, verdict: Verdict): void;
}

type Over = { id: string; by: MatchKey; name: string } | null;

/** An earlier line that brings a company: what it says, and over which row it goes. */
interface Company {
  told: CompanyTold;
  over: Over;
}

/** @param columnOf where a target stands in the file. */
export function repeatsOf(
  { database, subject, kind }: { database: Knex; subject: Subject; kind: ImportKind },
  columnOf: (target: string) => { column: number | null; name: string },
): Repeats {
  const lines = earlierLines();
  let companies = new Map<number, Company>();

  /** What a line is known by within its file: strong keys where it has any, else everything it says. */
  function keysOf({ read, content }: Said): string[] {
    const isPerson = isOfPerson(kind, read);
    const keys = matchKeys(kind, read).filter(({ by }) => by === 'number' || by === 'uscc' || (by === 'name' && !isPerson));
    return keys.length && kind !== 'contacts' ? keys.map(({ by, value }) => `${by} ${value}`) : [`all ${content}`];
  }

  const meet = (said: Said) =>
    keysOf(said)
      .map((key) => lines.find(key, said.content))
      .find(Boolean) ?? null;

  async function prepare(slice: readonly Said[]): Promise<void> {
    companies = new Map();
    if (kind !== 'customers') return;
    const met = slice.flatMap((said) => meet(said)?.line ?? []);
    const staged = await inChunks<number, Staged>([...new Set(met)], (part) =>
      database(IMPORT_ROWS)
        .where({ import: subject.item })
        .whereIn('line', part)
        .select('id', 'line', 'verdict', 'matched_by', 'item', 'content'),
    );
    for (const row of staged) {
      const content = openPart<StagedContent>(subject, row.id, 'content', row.content ?? '');
      if (!content.accepted) throw new Error(`Line ${row.line} of import ${subject.item} does not open: ${content.reason}`);
      const { values, lookups } = content.value;
      const told = companyTold(values, new Map(lookups.map(({ target, ids }) => [target, ids])));
      companies.set(row.line, { told, over: row.item ? { id: row.item, by: row.matched_by ?? 'name', name: nameIn(told) } : null });
    }
  }

  function find(said: Said): Earlier | null {
    const met = meet(said);
    if (!met) return null;
    const { line } = met;
    if (met.same) return { line, says: 'same' };
    const first = companies.get(line);
    if (!first) return { line, says: 'other', at: null };
    const told = toldBy(said.read);
    const repeat = compareCompanies(first.told, told);
    if (repeat.says === 'same') return { line, says: 'same' };
    if (repeat.says === 'other') return { line, says: 'other', at: { ...columnOf(repeat.target), target: repeat.target } };
    const other = lines.find(contactKey(line, told), spelt(told));
    if (!other) return { line, says: 'contact', over: first.over };
    if (other.same) return { line: other.line, says: 'same' };
    return { line: other.line, says: 'other', at: { ...columnOf('contact.name'), target: 'contact.name' } };
  }

  function note(said: Said, earlier: Earlier | null, verdict: Verdict): void {
    if (verdict.verdict === 'error' || earlier?.says === 'same') return;
    const { line } = said.read;
    if (earlier?.says === 'contact') {
      const told = toldBy(said.read);
      lines.note(contactKey(earlier.line, told), line, spelt(told));
    }
    if (earlier) return;
    for (const key of keysOf(said)) lines.note(key, line, said.content);
    if (kind !== 'customers') return;
    const told = toldBy(said.read);
    companies.set(line, { told, over: overOf(verdict, told) });
  }

  return { prepare, find, note };
}

interface Staged {
  id: string;
  line: number;
  verdict: string;
  matched_by: MatchKey | null;
  item: string | null;
  content: string | null;
}

/** People share names: a name alone is no key of theirs. */
export const isOfPerson = (kind: ImportKind, { values }: ReadRow): boolean =>
  kind === 'contacts' || (kind === 'customers' && values[ROOT[kind]]?.['kind'] === 'person');

const toldBy = ({ values, lookups }: ReadRow): CompanyTold =>
  companyTold(values, new Map(lookups.map(({ target, ids = [] }) => [target.key, ids])));

const nameIn = ({ company }: CompanyTold): string => (typeof company['name'] === 'string' ? company['name'] : '');

/** One person of a company is known by the name. */
const contactKey = (line: number, { contact }: CompanyTold): string => `contact ${line} ${String(contact['name'])}`;

const spelt = ({ contact }: CompanyTold): string =>
  JSON.stringify(Object.entries(contact).sort(([one], [other]) => (one < other ? -1 : 1)));

function overOf(verdict: Verdict, told: CompanyTold): Over {
  if (verdict.verdict === 'update') return { id: verdict.id, by: verdict.by, name: verdict.name };
  return verdict.verdict === 'known' && verdict.id ? { id: verdict.id, by: 'name', name: nameIn(told) } : null;
}
