import { updateMany } from '../../platform/api/bulk-rows.ts';
import type { Row } from '../../platform/api/host.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { ROOT } from '../rules/row-key.ts';
import type { ImportKind } from '../rules/targets.ts';
import { IMPORT_ROWS, IMPORTS, openPart, sealPart, type StagedContent } from '../staging.ts';
import { rowsById } from './columns.ts';
import { Journal } from './image.ts';
import type { OpenLine, StagedRow, Work } from './import-record.ts';
import { loadLookUps, takeDeal } from './look-ups.ts';
import { nextLinesOf, taken, type Take, type Taken } from './open-lines.ts';
import { planLine, type LinePlan } from './plan-line.ts';
import { bearsItsKey, recheck, type Late } from './recheck.ts';
import { contactsStanding } from './write-contacts.ts';
import { writeCustomers } from './write-customers.ts';
import { leadingLines, writeJoining } from './write-joining.ts';
import { writeContactLines, writeOthers } from './write-others.ts';

const WRITERS: Record<ImportKind, (work: Work, plans: readonly LinePlan[], journal: Journal) => Promise<Map<string, string>>> = {
  customers: writeCustomers,
  contacts: writeContactLines,
  leads: writeOthers,
  activities: writeOthers,
  orders: writeOthers,
};

/** What is written back to a staged line. */
type Outcome = Partial<Pick<StagedRow, 'verdict' | 'state' | 'item' | 'content' | 'image_before' | 'image_after'>>;

/**
 * Writes the next lines of an import, whole or not at all: rows, keys of subjects, what follows from them, entries of the log,
 * the journal for the undo and the progress, in one transaction (F33).
 *
 * @returns what was taken; no lines when nothing is left.
 */
export async function commitChunk(work: Work, take: Take): Promise<Taken> {
  const staged = await nextLinesOf(work.database, work.record.id, take);
  if (!staged.length) return taken(staged, take);
  const outcomes = new Map<string, Outcome>();
  for (const line of staged) if (line.verdict === 'known') outcomes.set(line.id, { state: 'done' });
  const lines = openLines(
    work,
    staged.filter(({ verdict }) => verdict !== 'known'),
  );
  const late = await recheck(work, lines);
  const left = lines.filter((line) => !setAside(work, line, late.get(line.staged.id), outcomes));
  const [joining, first] = [left.filter(isJoining), left.filter((line) => !isJoining(line))];
  await writeLines(work, first, outcomes);
  if (joining.length) await joinLines(work, joining, staged, outcomes);
  await writeBack(work, staged, outcomes);
  return taken(staged, take);
}

const isJoining = ({ staged }: OpenLine): boolean => staged.company_line !== null;

/** Turns the next line into one with an error: the database did not take it, whatever the rules said. */
export async function refuseNext(work: Work, from: number): Promise<Taken> {
  const take = { most: 1, from };
  const staged = await nextLinesOf(work.database, work.record.id, take);
  for (const line of openLines(work, staged)) await writeBack(work, staged, new Map([[line.staged.id, refused(work, line, [UNSTORABLE])]]));
  return taken(staged, take);
}

const UNSTORABLE: RowFault = { column: null, target: null, reason: 'unstorable' };

const refused = ({ subject }: Work, { staged, content }: OpenLine, faults: readonly RowFault[]): Outcome => ({
  verdict: 'error',
  content: sealPart(subject, staged.id, 'content', { ...content, faults }),
});

function openLines(work: Work, staged: readonly StagedRow[]): OpenLine[] {
  return staged.map((line) => {
    const content = openPart<StagedContent>(work.subject, line.id, 'content', line.content ?? '');
    if (!content.accepted) throw new Error(`Line ${line.line} of import ${work.record.id} does not open: ${content.reason}`);
    return { staged: line, content: content.value };
  });
}

/** Notes what became of a line since it was judged; whether that ends it. */
function setAside(work: Work, line: OpenLine, late: Late | undefined, outcomes: Map<string, Outcome>): boolean {
  const { id } = line.staged;
  if (late?.verdict === 'known') outcomes.set(id, { verdict: 'known', state: 'done', item: late.item });
  if (late?.verdict === 'suspect') outcomes.set(id, { verdict: 'suspect' });
  if (late?.verdict === 'error')
    outcomes.set(id, refused(work, line, [{ column: null, target: null, reason: 'twice_in_file', values: { line: late.line } }]));
  return late !== undefined;
}

/** Lines that bring another contact of a company, after those that bring the companies. */
async function joinLines(
  work: Work,
  lines: readonly OpenLine[],
  staged: readonly StagedRow[],
  outcomes: Map<string, Outcome>,
): Promise<void> {
  const journal = new Journal();
  const leading = new Map(staged.map((row) => [row.line, { ...row, ...outcomes.get(row.id) }]));
  const joined = await writeJoining(work, lines, leading, journal);
  const images = await journal.images(work);
  for (const line of lines) {
    const one = joined.get(line.staged.id);
    if (!one) continue;
    if (one === 'suspect') outcomes.set(line.staged.id, { verdict: 'suspect' });
    else if ('faults' in one) outcomes.set(line.staged.id, refused(work, line, one.faults));
    else outcomes.set(line.staged.id, { ...one, state: 'done', ...images.get(line.staged.id) });
  }
}

async function writeLines(work: Work, left: readonly OpenLine[], outcomes: Map<string, Outcome>): Promise<void> {
  const refuse = (line: OpenLine, faults: readonly RowFault[]) => outcomes.set(line.staged.id, refused(work, line, faults));
  const named = Map.groupBy(
    left.flatMap(({ content }) => content.lookups),
    ({ target }) => target,
  );
  const lookUps = await loadLookUps(work, (target) => (named.get(target) ?? []).flatMap(({ ids }) => ids));
  const updated = left.flatMap(({ staged }) => (staged.verdict === 'update' && staged.item ? [staged.item] : []));
  const stored = await rowsById(work.database, ROOT[work.record.kind], updated, { hold: true });
  const contacts = await contactsStanding(work.database, work.record.kind === 'customers' ? [...stored.keys()] : []);
  const leads = await leadingLines(work, left);
  const plans: LinePlan[] = [];
  for (const line of left) {
    const { item, line: number } = line.staged;
    const row = (item && stored.get(item)) || null;
    const plan = planLine(work, line, lookUps, row, contacts.get(item ?? ''), leads.has(number));
    if (Array.isArray(plan)) refuse(line, plan);
    else if (plan === 'suspect' || !bearsItsKey(work, line, row)) outcomes.set(line.staged.id, { verdict: 'suspect' });
    else {
      plans.push(plan);
      takeDeal(lookUps, plan);
    }
  }
  if (!plans.length) return;
  const journal = new Journal();
  const written = await WRITERS[work.record.kind](work, plans, journal);
  const images = await journal.images(work);
  for (const plan of plans) {
    const item = written.get(plan.staged.id);
    if (item) outcomes.set(plan.staged.id, { state: 'done', item, ...images.get(plan.staged.id) });
    else refuse(plan, [{ column: null, target: null, reason: 'out_of_reach' }]);
  }
}

/** Every column that a line may get back, so that all lines go in one statement. */
const WRITTEN_BACK = ['verdict', 'state', 'item', 'content', 'image_before', 'image_after'] as const;

async function writeBack({ database, record }: Work, staged: readonly StagedRow[], outcomes: ReadonlyMap<string, Outcome>): Promise<void> {
  const changed = WRITTEN_BACK.filter((name) => [...outcomes.values()].some((outcome) => name in outcome));
  const rows = staged.map((line): Row => {
    const standing: Row = { id: line.id };
    for (const name of changed) standing[name] = line[name];
    return { ...standing, ...outcomes.get(line.id) };
  });
  await updateMany(database, IMPORT_ROWS, rows, changed);
  const done = [...outcomes.values()].filter(({ state }) => state === 'done').length;
  await database(IMPORTS).where({ id: record.id }).increment('rows_done', done);
}
