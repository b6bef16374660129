import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { toMask, type Subject } from '../../privacy/index.ts';
import type { Judging } from '../commit/import-record.ts';
import { loadPeople } from '../commit/look-ups.ts';
import type { TableRow } from '../rules/file-fault.ts';
import { refusedColumns, type ColumnPlan } from '../rules/guess-mapping.ts';
import type { ImportPlace } from '../rules/importer.ts';
import { judgeRow, type Match, type SealedKey, type Verdict } from '../rules/judge-row.ts';
import { rowReader, type ReadLookup, type ReadRow } from '../rules/read-row.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { matchKeys, ROOT } from '../rules/row-key.ts';
import { targetOf, type ImportKind, type Target } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import { rowKeys, type StagedLine } from '../staging.ts';
import { findCustomers } from './find-customers.ts';
import { findImported } from './find-imported.ts';
import { findMatches } from './find-matches.ts';
import { findNamedContacts, type NamedContact } from './find-named-contacts.ts';
import { foreseer } from './foresee.ts';
import { loadReferences } from './references.ts';
import { isOfPerson, repeatsOf, type Said } from './repeats.ts';
import type { Tried } from './tried-numbers.ts';

/** What lines of a file are held against. */
export interface CheckSetting {
  database: Knex;
  ring: Keyring;
  /** The key of the import: of lines that are staged already, what they say is opened with it. */
  subject: Subject;
  kind: ImportKind;
  place: ImportPlace;
  plan: readonly ColumnPlan[];
  words: Words;
  now: Date;
  timeZone: string;
  tried: Tried;
  /** Who brings the file, and by which rights and rules it will be written. */
  judging: Judging;
}

/** So much of a heading a message names. */
const LONGEST_NAME = 64;

/** Judges the next lines of the file, in their order. */
export type CheckLines = (rows: readonly TableRow[]) => Promise<StagedLine[]>;

/**
 * The dry run (IMP-1): reads lines by the form's own rules, finds whom and what they name, what is stored already and what
 * stands twice in the file, and gives each its verdict, by the rules by which the commit will write. It writes nothing.
 */
export async function lineChecker(setting: CheckSetting): Promise<CheckLines> {
  const { database, ring, subject, kind, place, plan, words, now, timeZone, tried, judging } = setting;
  const targets = plan.flatMap((column): Target[] => {
    const target = 'target' in column ? targetOf(kind, column.target) : null;
    return target ? [target] : [];
  });
  const readLine = rowReader({ kind, plan, words, now, timeZone });
  const resolve = await loadReferences(database, targets, { place, now, timeZone });
  const refused = refusedColumns(plan).map(({ column }): RowFault => ({ column, target: null, reason: 'segment_column' }));
  const repeats = repeatsOf({ database, subject, kind }, (target) => {
    const column = plan.find((one) => 'target' in one && one.target === target);
    return { column: column?.column ?? null, name: column?.header.slice(0, LONGEST_NAME) || target };
  });

  const people = await loadPeople(database, place.segment);

  /** Every number and mailbox is counted, whether it is somebody's or nobody's: the answer must not tell. */
  function crowdedIn(read: ReadRow): SealedKey[] {
    const isCrowded = ({ by, value }: { by: SealedKey; value: string }) => tried.isCrowded(by, toMask(by, value), value);
    const sealed = matchKeys(kind, read).flatMap(({ by, value }) => (by === 'phone' || by === 'email' ? [{ by, value }] : []));
    return sealed.filter(isCrowded).map(({ by }) => by);
  }

  return async (rows) => {
    const reads = rows.map((row) => readLine(row));
    const customers = await findCustomers(
      database,
      place,
      reads.flatMap(({ lookups }) => lookups),
    );
    for (const read of reads) {
      read.faults.push(...refused);
      read.lookups = read.lookups.map((lookup) => settle(read, lookup, lookup.target.role === 'customer' ? customers.find : resolve));
    }
    const good = reads.filter(({ faults }) => !faults.length);
    const digests = new Map(good.map((read) => [read, rowKeys(ring, kind, place.segment, read)]));
    const matchesOf = await findMatches(database, ring, { kind, place }, good);
    const namedContacts = await findNamedContacts(database, ring, place, kind === 'contacts' ? good.map(namedContact) : []);
    const told = (read: ReadRow, crowded: readonly SealedKey[]): Match[] => [
      ...(kind === 'contacts' ? namedContacts(namedContact(read), crowded) : []),
      ...matchesOf(read).filter(({ by }) => !crowded.some((one) => one === by)),
    ];
    const foresee = await foreseer({ database, kind, judging, people, customers: customers.places }, good, (read) => told(read, []));
    await repeats.prepare(good.map((read): Said => ({ read, content: digests.get(read)![0]! })));
    const imported = await findImported(database, { kind, place }, [...digests.values()].flat());

    return reads.map((read, at): StagedLine => {
      const keys = digests.get(read);
      const known = keys?.map((key) => imported.get(key)).find(Boolean);
      const said: Said | null = keys ? { read, content: keys[0]! } : null;
      const earlier = said && repeats.find(said);
      const crowded = keys ? crowdedIn(read) : [];
      const judged = judgeRow({
        line: read.line,
        faults: read.faults,
        uscc: (read.values[ROOT[kind]]?.['uscc'] as string | undefined) ?? null,
        isPerson: isOfPerson(kind, read),
        masked: read.masked,
        matches: keys ? told(read, crowded) : [],
        earlier,
        imported: known ? { id: known } : null,
      });
      const verdict: Verdict = foresee(read, judged, crowded);
      if (said) repeats.note(said, earlier, verdict);
      return { key: keys?.[0], read, cells: rows[at]!.cells, verdict };
    });
  };
}

const namedContact = ({ values, lookups }: ReadRow): NamedContact => ({
  customer: lookups.find(({ target }) => target.role === 'customer')?.ids?.[0],
  contact: values['crm_contacts'] ?? {},
});

function settle(read: ReadRow, lookup: ReadLookup, find: (lookup: ReadLookup) => { ids: string[] } | { fault: RowFault }): ReadLookup {
  const found = find(lookup);
  if ('ids' in found) return { ...lookup, ids: found.ids };
  read.faults.push(found.fault);
  return lookup;
}
