import { say } from '../../platform/api/say.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Subject } from '../../privacy/index.ts';
import { REST_TEXTS } from '../locale/column-texts.ts';
import { markedCell } from '../rules/damaged-text.ts';
import type { ColumnPlan } from '../rules/guess-mapping.ts';
import { toSafeCell } from '../rules/safe-cell.ts';
import type { Words } from '../rules/words.ts';
import { IMPORT_ROWS } from '../staging.ts';
import type { ImportRow } from '../store/import-row.ts';
import { csvLine } from './csv-line.ts';
import { COLUMNS, faultView, namesFor, openLine, type Named, type OpenedLine, type StagedRow } from './row-view.ts';

const PAGE = 200;
/** After the commit a good row that still waits was not imported either. */
const NOT_IMPORTED: readonly string[] = ['error', 'suspect'];
const WAITING: readonly string[] = ['error', 'suspect', 'new', 'update'];

/**
 * The rows that were not imported, as they stand in the file, each with the reason and its line: to be corrected and
 * imported again (IMP-1). The two columns come first, so that content beside the headings stays where it was. Every text
 * that a program could run is made harmless, and reading it back gives what stood there (F21).
 */
export async function* restFile(
  database: Knex,
  actor: Actor,
  { row, subject, plan, words }: { row: ImportRow; subject: Subject; plan: readonly ColumnPlan[]; words: Words },
): AsyncGenerator<string> {
  const { language } = actor;
  const headers = [REST_TEXTS.reason, REST_TEXTS.line].map((text) => say(text, language));
  yield `\uFEFF${csvLine([...headers, ...plan.map(({ header }) => toSafeCell(header))])}`;
  const verdicts = row.status === 'uploaded' || row.status === 'checked' ? NOT_IMPORTED : WAITING;
  for (let after = 0; ;) {
    const page: StagedRow[] = await database(IMPORT_ROWS)
      .where({ import: row.id })
      .whereIn('state', ['staged', 'skipped'])
      .whereIn('verdict', verdicts)
      .andWhere('line', '>', after)
      .orderBy('line')
      .limit(PAGE)
      .select(...COLUMNS);
    if (!page.length) return;
    after = page.at(-1)!.line;
    const lines = page.map((one) => openLine(subject, one));
    const named = await namesFor(database, actor, row, lines);
    const showing = { kind: row.kind, plan, clear: true, language, words };
    yield lines
      .map((line) => {
        return csvLine([toSafeCell(reasonOf(line, named, showing)), String(line.row.line), ...cellsOf(line)]);
      })
      .join('');
  }
}

/** The cells of a line; what a spreadsheet has spoilt is marked, so that it does not come back as if it were good (F31). */
function cellsOf({ content }: OpenedLine): string[] {
  const { cells = [], faults = [] } = content ?? {};
  const width = Math.max(cells.length, ...faults.map(({ column }) => (column ?? -1) + 1));
  return Array.from({ length: width }, (_, at) => {
    const reasons = faults.flatMap(({ column, reason }) => (column === at ? [reason] : []));
    return toSafeCell(markedCell(cells[at] ?? '', reasons));
  });
}

function reasonOf(line: OpenedLine, named: Named, showing: Parameters<typeof faultView>[1]): string {
  const { language } = showing;
  if (line.row.verdict === 'suspect') {
    const names = named.suspectsOf(line).map(({ name }) => name);
    return say(REST_TEXTS.suspect, language, { names: [...new Set(names)].join(language === 'zh-CN' ? '、' : ', ') || '…' });
  }
  if (line.row.verdict !== 'error') {
    const company = line.row.company_line;
    return company === null ? say(REST_TEXTS.left, language) : say(REST_TEXTS.companyLeft, language, { line: company });
  }
  return (line.content?.faults ?? [])
    .map((fault) => {
      const { header, name, message } = faultView(fault, showing);
      return `${header ?? name ?? say(REST_TEXTS.row, language)}${language === 'zh-CN' ? '：' : ': '}${message}`;
    })
    .join(language === 'zh-CN' ? '' : ' ');
}
