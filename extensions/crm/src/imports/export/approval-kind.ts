import type { ApprovalKind, ApprovalRow, AskedLine } from '../../approvals/index.ts';
import { labelsOf } from '../../audit/labels.ts';
import { loadActor, type Language } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { eraseSubjects } from '../../privacy/index.ts';
import { ASKED_TEXTS } from '../locale/export-asked-texts.ts';
import { askedOf, EXPORTS, type ExportRow } from './export-row.ts';
import { standingOf } from './standing.ts';
import { fingerprintOf } from './wish.ts';

export const EXPORT_OVER_LIMIT = 'export_over_limit';

/** What is said of it beside the row itself. */
export interface AskedRows {
  rows: number;
  /** The most that the maker may take out at once, and what is left of the day. */
  most: number;
  left: number;
}

const rowOf = (database: Knex, id: string): Promise<ExportRow | undefined> => database(EXPORTS).where({ id }).first();

/** Ends what was asked for and not begun; what exactly it was can be read no more. */
export async function endAsked(
  database: Knex,
  id: string,
  { from, to, fault = null }: { from: ExportRow['status']; to: ExportRow['status']; fault?: string | null },
): Promise<void> {
  await updateLogged(database, EXPORTS, (rows) => rows.where({ id, status: from }), { status: to, wish: null, fault });
  await eraseSubjects(database, EXPORTS, [id]);
}

async function linesOf(database: Knex, { item, asked }: ApprovalRow, language: Language): Promise<AskedLine[]> {
  const row = await rowOf(database, item);
  if (!row) return [];
  const { name, fields: names = {} } = (await labelsOf(database, [row.collection], language))[row.collection] ?? {};
  const { ids, filter, search, fields } = askedOf(row);
  const number = (value: unknown) => Number(value ?? 0).toLocaleString(language);
  const words = (list: readonly string[]) => list.map((field) => names[field] ?? field).join(language === 'zh-CN' ? '、' : ', ');
  const line = (text: keyof typeof ASKED_TEXTS, value: string): AskedLine => ({ label: say(ASKED_TEXTS[text], language), value });
  const chosen = [
    ids === null ? null : say(ASKED_TEXTS.byName, language, { count: number(ids) }),
    filter.length ? say(ASKED_TEXTS.byFilter, language, { fields: words(filter) }) : null,
    search ? say(ASKED_TEXTS.bySearch, language) : null,
  ].filter((part) => part !== null);
  return [
    line('list', name ?? row.collection),
    line('rows', number(asked['rows'])),
    line('limit', say(ASKED_TEXTS.limits, language, { most: number(asked['most']), left: number(asked['left']) })),
    line('chosen', chosen.join(' · ') || say(ASKED_TEXTS.all, language)),
    line('columns', fields.length ? words(fields) : say(ASKED_TEXTS.usual, language)),
    line('format', row.format.toUpperCase()),
    line('masks', say(ASKED_TEXTS.masked, language)),
  ];
}

/**
 * More rows than somebody may take out (SEC-5, IMP-5): bound to exactly this export, which its maker begins once and in time. The
 * approval is about no record of anybody: it stands where the export stands, and is its maker's (docs/adr/0027).
 */
export const exportKind = (clock: Clock, startMs: number): ApprovalKind => ({
  kind: EXPORT_OVER_LIMIT,
  async fingerprint(database, { item }) {
    const row = await rowOf(database, item);
    const maker = row && (await loadActor(database, { user: row.owner } as Accountability));
    return row && maker ? fingerprintOf(row, standingOf(maker)) : 'gone';
  },
  async approved(database, { item }) {
    const start_by = new Date(clock.now().getTime() + startMs);
    await updateLogged(database, EXPORTS, (rows) => rows.where({ id: item, status: 'asked' }), { status: 'approved', start_by });
  },
  rejected: (database, { item }) => endAsked(database, item, { from: 'asked', to: 'rejected' }),
  withdrawn: (database, { item }) => endAsked(database, item, { from: 'asked', to: 'stopped' }),
  lines: linesOf,
});
