import type { Knex } from '../../platform/api/host.ts';
import type { Keyring } from '../../platform/api/keyring.ts';
import { toMask } from '../../privacy/index.ts';
import type { TableRow } from '../rules/file-fault.ts';
import { refusedColumns, type ColumnPlan } from '../rules/guess-mapping.ts';
import type { ImportPlace } from '../rules/importer.ts';
import { judgeRow, type Match, type Verdict } from '../rules/judge-row.ts';
import { rowReader, type ReadLookup, type ReadRow } from '../rules/read-row.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { matchKeys, ROOT } from '../rules/row-key.ts';
import { targetOf, type ImportKind, type Target } from '../rules/targets.ts';
import type { Words } from '../rules/words.ts';
import { rowKeys, type StagedLine } from '../staging.ts';
import { crowdedNumbers } from './crowded-numbers.ts';
import { earlierLines } from './earlier-lines.ts';
import { findCustomers } from './find-customers.ts';
import { findImported } from './find-imported.ts';
import { findMatches } from './find-matches.ts';
import { loadReferences } from './references.ts';

/** What lines of a file are held against. */
export interface CheckSetting {
  database: Knex;
  ring: Keyring;
  kind: ImportKind;
  place: ImportPlace;
  plan: readonly ColumnPlan[];
  words: Words;
  now: Date;
  timeZone: string;
}

/** Judges the next lines of the file, in their order. */
export type CheckLines = (rows: readonly TableRow[]) => Promise<StagedLine[]>;

/**
 * The dry run (IMP-1): reads lines by the form's own rules, finds whom and what they name, what is stored already and what
 * stands twice in the file, and gives each its verdict. It writes nothing.
 */
export async function lineChecker(setting: CheckSetting): Promise<CheckLines> {
  const { database, ring, kind, place, plan, words, now, timeZone } = setting;
  const targets = plan.flatMap((column): Target[] => {
    const target = 'target' in column ? targetOf(kind, column.target) : null;
    return target ? [target] : [];
  });
  const readLine = rowReader({ kind, plan, words, now, timeZone });
  const resolve = await loadReferences(database, targets, { place, now, timeZone });
  const refused = refusedColumns(plan).map(({ column }): RowFault => ({ column, target: null, reason: 'segment_column' }));
  const earlier = earlierLines();
  const isCrowded = crowdedNumbers();

  /** What the line is known by within its file: strong keys where it has any, else everything it says. */
  function judgeWithin(read: ReadRow, content: string): { line: number; same: boolean } | null {
    const isPerson = isOfPerson(kind, read);
    const keys = matchKeys(kind, read).filter(({ by }) => by === 'number' || by === 'uscc' || (by === 'name' && !isPerson));
    const names = keys.length && kind !== 'contacts' ? keys.map(({ by, value }) => `${by} ${value}`) : [`all ${content}`];
    return names.map((name) => earlier.meet(name, read.line, content)).find(Boolean) ?? null;
  }

  /** Every number is counted, whether it is somebody's or nobody's: the answer must not tell. */
  function told(read: ReadRow, matches: readonly Match[]): readonly Match[] {
    const phone = read.values[ROOT[kind]]?.['phone'];
    if (typeof phone !== 'string' || !isCrowded(toMask('phone', phone))) return matches;
    return matches.filter(({ by }) => by !== 'phone');
  }

  return async (rows) => {
    const reads = rows.map((row) => readLine(row));
    const findCustomer = await findCustomers(
      database,
      place,
      reads.flatMap(({ lookups }) => lookups),
    );
    for (const read of reads) {
      read.faults.push(...refused);
      read.lookups = read.lookups.map((lookup) => settle(read, lookup, lookup.target.role === 'customer' ? findCustomer : resolve));
    }
    const good = reads.filter(({ faults }) => !faults.length);
    const digests = new Map(good.map((read) => [read, rowKeys(ring, kind, place.segment, read)]));
    const matchesOf = await findMatches(database, ring, { kind, place }, good);
    const imported = await findImported(database, { kind, place }, [...digests.values()].flat());

    return reads.map((read, at): StagedLine => {
      const keys = digests.get(read);
      const known = keys?.map((key) => imported.get(key)).find(Boolean);
      const verdict: Verdict = judgeRow({
        line: read.line,
        faults: read.faults,
        uscc: (read.values[ROOT[kind]]?.['uscc'] as string | undefined) ?? null,
        isPerson: isOfPerson(kind, read),
        matches: keys ? told(read, matchesOf(read)) : [],
        earlier: keys ? judgeWithin(read, keys[0]!) : null,
        imported: known ? { id: known } : null,
      });
      return { key: keys?.[0], read, cells: rows[at]!.cells, verdict };
    });
  };
}

const isOfPerson = (kind: ImportKind, { values }: ReadRow): boolean =>
  kind === 'contacts' || (kind === 'customers' && values[ROOT[kind]]?.['kind'] === 'person');

function settle(read: ReadRow, lookup: ReadLookup, find: (lookup: ReadLookup) => { ids: string[] } | { fault: RowFault }): ReadLookup {
  const found = find(lookup);
  if ('ids' in found) return { ...lookup, ids: found.ids };
  read.faults.push(found.fault);
  return lookup;
}
