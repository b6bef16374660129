import type { RowFault } from './row-fault.ts';
import { maskedFault, type MaskedCell } from './take-masks.ts';

/** By which key a stored row was found. The order is their strength (DQ-5). */
export const MATCH_KEYS = ['number', 'uscc', 'name', 'phone', 'email'] as const;
export type MatchKey = (typeof MATCH_KEYS)[number];
/** Those of them that stand sealed, and that somebody could try out behind their masks (SEC-5). */
const SEALED_KEYS = ['phone', 'email'] as const satisfies readonly MatchKey[];
export type SealedKey = (typeof SEALED_KEYS)[number];

/** A stored row that the importer can see and that has a key in common with a row of the file. */
export interface Match {
  id: string;
  by: MatchKey;
  /** By what a person knows it. */
  name: string;
  /** Its credit code, where it has one. */
  uscc?: string | null;
  /** A contact of that name below the very customer that the line names, and whether its number or mail is another one. */
  below?: { contradicts: boolean };
}

export interface Candidate {
  line: number;
  faults: readonly RowFault[];
  /** The credit code of the row in the file. */
  uscc?: string | null;
  /** People share names: for them a name alone is no key. */
  isPerson?: boolean;
  /** Cells with masks, which say nothing of a new row. */
  masked?: readonly MaskedCell[];
  matches: readonly Match[];
  /** An earlier line of the file with the same key, and what this one says beside it. */
  earlier?: Earlier | null;
  /** Of this very row an import has been made before (the same file, the same row). */
  imported?: { id: string } | null;
}

/** A line of the file that had the key of a later one first. */
export type Earlier = { line: number } & (
  | { says: 'same' }
  /** The first column in which the two differ, where it is one. */
  | { says: 'other'; at: { column: number | null; target: string; name: string } | null }
  /** The same company with one more contact; where that company goes, if it stands already. */
  | { says: 'contact'; over: { id: string; by: MatchKey; name: string } | null }
);

/** What becomes of a row of the file; shown before anything is written (IMP-1). */
export type Verdict =
  | { verdict: 'error'; faults: readonly RowFault[] }
  /** The same file brought this row before, or an earlier line says the same: it is imported once. */
  | { verdict: 'known'; id: string | null; line: number | null }
  | { verdict: 'update'; id: string; by: MatchKey; name: string; company_line?: number }
  /** Probably the same as a stored row; the user decides. */
  | { verdict: 'suspect'; matches: readonly Match[] }
  | { verdict: 'new'; company_line?: number };

/**
 * Judges one row of an import. Own number and credit code are keys; a name is one unless codes contradict it or it is a
 * person's; a contact's name is one below its customer, unless its number or mail is another one; a telephone or mail alone
 * only raises a suspicion (DQ-5). Rows that the importer cannot see are no matches. A line
 * that brings one more contact of a company goes where the line goes that brought the company first.
 */
export function judgeRow(candidate: Candidate): Verdict {
  const verdict = judgeByKeys(candidate);
  const { masked = [] } = candidate;
  return verdict.verdict === 'new' && masked.length ? { verdict: 'error', faults: masked.map(maskedFault) } : verdict;
}

function judgeByKeys({ line, faults, uscc, isPerson = false, matches, earlier, imported }: Candidate): Verdict {
  if (faults.length) return { verdict: 'error', faults };
  if (imported) return { verdict: 'known', id: imported.id, line: null };
  if (earlier) return judgeRepeat(earlier);
  const strong = matches.filter((match) => isKey(match, uscc, isPerson));
  const coded = strong.filter(({ by }) => by === 'uscc' || by === 'number');
  // That the row of the code has the name too says nothing more; only a name of others does.
  const others = strong.filter(({ by, id }) => by === 'name' && !coded.some((one) => one.id === id));
  if (new Set([...coded, ...others].map(({ id }) => id)).size > 1) {
    const [first] = coded;
    return first && others.length
      ? { verdict: 'error', faults: [whole('keys_disagree', { other: first.name, line })] }
      : { verdict: 'suspect', matches };
  }
  const best = MATCH_KEYS.map((key) => strong.find(({ by }) => by === key)).find(Boolean);
  if (best) return { verdict: 'update', id: best.id, by: best.by, name: best.name };
  return matches.length ? { verdict: 'suspect', matches } : { verdict: 'new' };
}

function judgeRepeat(earlier: Earlier): Verdict {
  const { line } = earlier;
  if (earlier.says === 'same') return { verdict: 'known', id: null, line };
  if (earlier.says === 'contact')
    return earlier.over ? { verdict: 'update', ...earlier.over, company_line: line } : { verdict: 'new', company_line: line };
  if (!earlier.at) return { verdict: 'error', faults: [whole('twice_in_file', { line })] };
  const { column, target, name } = earlier.at;
  return { verdict: 'error', faults: [{ column, target, reason: 'twice_in_file', values: { line, column: name } }] };
}

function isKey({ by, uscc: stored, below }: Match, typed: string | null | undefined, isPerson: boolean): boolean {
  if (SEALED_KEYS.some((key) => key === by)) return false;
  if (below) return !below.contradicts;
  return by !== 'name' || (!isPerson && !(stored && typed && stored !== typed));
}

const whole = (reason: RowFault['reason'], values: RowFault['values']): RowFault => ({
  column: null,
  target: null,
  reason,
  ...(values ? { values } : {}),
});
