import type { z } from 'zod';
import type { Language } from '../platform/api/actor.ts';
import type { changeRequest } from './contract.ts';
import { importRefusal } from './refuse.ts';
import { columnName } from './rules/cell-text.ts';
import { DELIMITERS, type Delimiter } from './rules/find-delimiter.ts';
import { isSmuggled } from './rules/read-header.ts';
import { ENCODINGS, type Encoding } from './rules/survey-encoding.ts';
import { targetOf, type ImportKind } from './rules/targets.ts';
import type { Reading } from './store/import-row.ts';

type Choice = Reading['choice'];
type Language_ = Language | null | undefined;

const LONGEST_SHEET = 64;
const LONGEST_SHOWN = 64;
/** A column of a spreadsheet more than any table has. */
const MOST_HEADINGS = 300;

function encodingOf(value: string, language: Language_): Encoding {
  const plain = value.trim().toLowerCase();
  const found =
    ENCODINGS.find((one) => one === plain || one.replace('-', '') === plain) ?? (plain === 'gbk' || plain === 'gb2312' ? 'gb18030' : null);
  if (!found) throw importRefusal('bad_choice', language, { field: 'encoding', allowed: ENCODINGS.join(', ') });
  return found;
}

function delimiterOf(value: string, language: Language_): Delimiter {
  const found = DELIMITERS.find((one) => one === value) ?? (/^(?:\\t|tab)$/iu.test(value) ? '\t' : null);
  if (!found) throw importRefusal('bad_choice', language, { field: 'delimiter', allowed: ', tab ; | ，' });
  return found;
}

/** What a form says about how its file is to be read; an empty field says nothing. */
export function readChoices(fields: ReadonlyMap<string, string>, language: Language_): Choice {
  const [encoding, delimiter, sheet] = ['encoding', 'delimiter', 'sheet'].map((name) => fields.get(name));
  return {
    ...(encoding ? { encoding: encodingOf(encoding, language) } : {}),
    ...(delimiter ? { delimiter: delimiterOf(delimiter, language) } : {}),
    ...(sheet ? { sheet: sheet.slice(0, LONGEST_SHEET) } : {}),
  };
}

/** The choice after a change; null takes one back. */
export function changeChoices(choice: Choice, change: z.infer<typeof changeRequest>, language: Language_): Choice {
  const next: Choice = { ...choice };
  const { encoding, delimiter, sheet, header_line } = change;
  if (encoding !== undefined) delete next.encoding;
  if (delimiter !== undefined) delete next.delimiter;
  if (sheet !== undefined) delete next.sheet;
  if (header_line !== undefined) delete next.header_line;
  return {
    ...next,
    ...(encoding ? { encoding: encodingOf(encoding, language) } : {}),
    ...(delimiter ? { delimiter: delimiterOf(delimiter, language) } : {}),
    ...(sheet ? { sheet } : {}),
    ...(header_line ? { header_line } : {}),
  };
}

/** What the user says about single columns, added to what was said before; another table has other columns. */
export function changeColumns(
  reading: Reading,
  kind: ImportKind,
  { columns = {}, mapping, encoding, delimiter, sheet, header_line }: z.infer<typeof changeRequest>,
  language: Language_,
): Reading['byColumn'] {
  const isOther = [encoding, delimiter, sheet, header_line].some((one) => one !== undefined);
  const choices = new Map(isOther ? [] : reading.byColumn);
  for (const [column, target] of meantByHeading(reading, mapping)) choices.set(column, target);
  for (const [name, target] of Object.entries(columns)) {
    const column = Number(name);
    if (column >= (reading.found?.plan.length ?? 0)) throw importRefusal('unknown_header', language, { header: columnName(column) });
    if (target !== null && !targetOf(kind, target)) throw importRefusal('unknown_target', language, { header: columnName(column), target });
    choices.set(column, target);
  }
  return [...choices];
}

/**
 * A heading that is no name, such as `Revenue [CNY]`, is never taken at its word; what is said of it is said of the columns that
 * bear it in this file, and not remembered for others (F28).
 */
function meantByHeading({ found }: Reading, mapping: unknown): [column: number, target: string | null][] {
  const said = new Map(Object.entries((mapping ?? {}) as Record<string, string | null>));
  const named = (found?.plan ?? []).filter(({ header }) => said.has(header) && isSmuggled(header));
  return named.map(({ column, header }) => [column, said.get(header) ?? null]);
}

/**
 * What the user says about headings, added to what was said before. Headings come from a file of anybody, so they are
 * never names of properties: `__proto__` is a heading like any other (F28).
 */
export function changeMapping(reading: Reading, kind: ImportKind, mapping: unknown, language: Language_): Reading['choices'] {
  if (mapping === undefined) return reading.choices;
  const entries: [string, unknown][] =
    typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping) ? Object.entries(mapping) : [];
  const isObject = typeof mapping === 'object' && mapping !== null && !Array.isArray(mapping);
  if (!isObject || entries.length > MOST_HEADINGS)
    throw importRefusal('bad_choice', language, { field: 'mapping', allowed: '{heading: target | null}' });
  const headings = new Set(reading.found?.plan.map(({ header }) => header));
  const choices = new Map(reading.choices);
  for (const [header, target] of entries) {
    const shown = header.slice(0, LONGEST_SHOWN);
    if (!headings.has(header)) throw importRefusal('unknown_header', language, { header: shown });
    if (target !== null && (typeof target !== 'string' || !targetOf(kind, target)))
      throw importRefusal('unknown_target', language, {
        header: shown,
        target: typeof target === 'string' ? target.slice(0, LONGEST_SHOWN) : '?',
      });
    choices.set(header, target);
  }
  return [...choices];
}
